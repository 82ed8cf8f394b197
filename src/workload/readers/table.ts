import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import { NONE } from '../../base/ids.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext } from '../workload-source.ts';
import type { Cells } from './cells.ts';
import { JobWriter } from './job-writer.ts';
import type { TraceOptions, TraceReader } from './reader.ts';
import { openTable, type TableRecordSource } from './table-records.ts';
import { decode } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** What a table's reader is given for each file. */
export interface TableTools {
  readonly options: TraceOptions;
  readonly context: WorkloadContext;
  readonly account: SourceAccount;
  readonly writer: JobWriter;
}

/** Turns the records of one file into jobs. */
export interface TableRecords {
  /** Takes one record: gives it to the writer, keeps it, or gives the reason why it is left out. */
  take(row: TableRow): string | null;
  /** Gives the writer what was kept, when there are no more records. */
  finish?(): void;
  /** Does the same where that is many jobs, and yields after each, so that full batches are taken. */
  rest?(): Iterable<void>;
}

/** Which columns a table has. */
export interface TableLayout {
  /** What errors call it. */
  readonly name: string;
  /** Names of the columns that must be there, as in the header, blanks around them left out. */
  readonly columns: readonly string[];
  /** Names of the columns that may be there. */
  readonly optional?: readonly string[];
  /** The columns in their order, or those of so many cells, for files without a header; where left out, there must be one. */
  readonly headless?: readonly string[] | ((cells: number) => readonly string[]);
}

/** A trace format that is a delimited table whose columns have fixed names. */
export interface TableFormat extends TableLayout, Omit<TraceReader, 'open' | 'looksLike' | 'options'> {
  /** Found by the first line where left out. */
  readonly delimiter?: string;
  /** Says whether a first record without a header looks like this format. */
  looksLikeRow?(cells: readonly string[]): boolean;
  /** Columns that `framework-by: user`, `group` or `queue` stands for; `user` for what is meant where nobody says. */
  readonly frameworkBy?: Readonly<Record<string, string>>;
  /** Reads what else belongs to the file before its first record. */
  open(tools: TableTools): TableRecords | Promise<TableRecords>;
}

/** One record of a table, its cells by the names of their columns. */
export class TableRow {
  /** Where it stands in the file, from 1. */
  line = 0;
  cells: Cells;
  readonly #places: ReadonlyMap<string, number>;
  readonly #framework: (cells: Cells) => number;

  constructor(cells: Cells, places: ReadonlyMap<string, number>, framework: (cells: Cells) => number) {
    this.cells = cells;
    this.#places = places;
    this.#framework = framework;
  }

  /** Whether the table has the column. */
  has(column: string): boolean {
    return this.#places.has(column);
  }

  /** NaN where the cell is empty or no number, or there is no such column. */
  number(column: string): number {
    const place = this.#places.get(column);
    return place === undefined ? Number.NaN : this.cells.number(place);
  }

  /** The empty string where there is no such column. */
  text(column: string): string {
    const place = this.#places.get(column);
    return place === undefined ? '' : this.cells.text(place);
  }

  isEmpty(column: string): boolean {
    const place = this.#places.get(column);
    return place === undefined || this.cells.isEmpty(place);
  }

  /** Number of the name of the framework that `framework-by` chooses. */
  framework(): number {
    return this.#framework(this.cells);
  }
}

/** Makes a trace reader of a table format. */
export function tableReader(format: TableFormat): TraceReader {
  const { columns, optional = [], headless, looksLikeRow, open, frameworkBy, delimiter, ...rest } = format;
  return {
    ...rest,
    options: [],
    looksLike(head) {
      const line = decode(head, 0, head.length)
        .replace(/^\uFEFF/, '')
        .trimStart()
        .split(/\r?\n/, 1)[0]!;
      const separator = delimiter ?? (line.includes('\t') ? '\t' : ',');
      const cells = line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      if (columns.every((name) => cells.includes(name))) return true;
      return headless !== undefined && (looksLikeRow?.(cells) ?? false);
    },
    looksLikeColumns: (names) => columns.every((name) => names.includes(name)),
    open(bytes, options, context) {
      const account = openAccount(options.file, format.name, sharedRules(options));
      const rows = (source: ByteSource) => readTable(source, format, { options, context, account });
      return traceSource(bytes, rows, options, context, account);
    },
  };
}

async function* readTable(
  bytes: ByteSource,
  format: TableFormat,
  tools: Omit<TableTools, 'writer'>,
): AsyncGenerator<TraceBatch> {
  const { account, context, options } = tools;
  const writer = new JobWriter(options, context, account);
  const records = await format.open({ ...tools, writer });
  const source = await openTable(bytes, context.frameworks, {
    delimiter: format.delimiter,
    isRagged: true,
    wanted: new Set([...format.columns, ...(format.optional ?? []), frameworkColumn(format, options) ?? '']),
  });
  const rows = new TableRows(bytes.name, source, format, (places) => frameworkOf(format, places, tools));
  try {
    while (await source.more()) {
      for (let row = rows.next(); row !== null; row = rows.next()) {
        account.read++;
        const reason = rows.isWhole ? records.take(row) : 'wrong number of cells';
        if (reason !== null) writer.skip(reason, row.line);
        if (writer.isFull) yield writer.take();
      }
    }
  } finally {
    await source.close();
  }
  rows.finish();
  records.finish?.();
  for (const _ of records.rest?.() ?? []) if (writer.isFull) yield writer.take();
  if (!writer.isEmpty) yield writer.take();
}

/** Walks the records of a table by the names of their columns; the header is found on the way, and is no record. */
export class TableRows {
  /** Records so far. */
  count = 0;
  /** Whether the last record has as many cells as the first. */
  isWhole = true;
  readonly #file: string;
  readonly #source: TableRecordSource;
  readonly #layout: TableLayout;
  readonly #frameworkOf: (places: ReadonlyMap<string, number>) => (cells: Cells) => number;
  #row: TableRow | undefined;
  #width = 0;

  /** `frameworkOf` gives, for the places of the columns, how a record tells its framework. */
  constructor(
    file: string,
    source: TableRecordSource,
    layout: TableLayout,
    frameworkOf: (places: ReadonlyMap<string, number>) => (cells: Cells) => number,
  ) {
    this.#file = file;
    this.#source = source;
    this.#layout = layout;
    this.#frameworkOf = frameworkOf;
  }

  /** Gives the next record of the block, good until the next; null when the block is used up. */
  next(): TableRow | null {
    const source = this.#source;
    if (!source.next()) return null;
    if (this.#row === undefined) {
      const header = readHeader(this.#layout, source.cells, { file: this.#file, line: source.line });
      this.#width = source.cells.count;
      this.#row = new TableRow(source.cells, header.places, this.#frameworkOf(header.places));
      if (header.isRecord) return this.next();
    }
    const row = this.#row;
    row.cells = source.cells;
    row.line = source.line;
    this.count++;
    this.isWhole = row.cells.count === this.#width;
    return row;
  }

  /** Throws a ScenarioError where there was no record. */
  finish(): void {
    if (this.count > 0) return;
    throw new ScenarioError(this.#source.isEmpty ? 'the file is empty' : 'no data row', { file: this.#file });
  }
}

interface Header {
  /** False for a file that begins with data. */
  readonly isRecord: boolean;
  readonly places: ReadonlyMap<string, number>;
}

/** Finds the columns by the first record; throws a ScenarioError for each that is missing. */
function readHeader(format: TableLayout, first: Cells, place: { file: string; line: number }): Header {
  const names = Array.from({ length: first.count }, (_, i) => first.text(i));
  const wanted = [...format.columns, ...(format.optional ?? [])];
  const known = new Map(names.map((name, i) => [name, i] as const).reverse());
  const missing = format.columns.filter((name) => !known.has(name));
  if (missing.length > 0 && format.headless !== undefined && !wanted.some((name) => known.has(name))) {
    const headless = typeof format.headless === 'function' ? format.headless(first.count) : format.headless;
    if (first.count < headless.length) {
      const message = `${first.count} cells, but a ${format.name} file without a header has ${headless.length}`;
      throw new ScenarioError(message, place);
    }
    return { isRecord: false, places: new Map(headless.map((name, i) => [name, i])) };
  }
  if (missing.length === 0) return { isRecord: true, places: known };
  throw new ScenarioError(
    missing.map((name) => {
      const suggestion = didYouMean(name, names);
      const message = `the header has no column \`${name}\`, which a ${format.name} file must have`;
      return { path: '', message, place, ...(suggestion !== undefined && { suggestion }) };
    }),
  );
}

/** Names the column that `framework-by` stands for; undefined where there is none. */
function frameworkColumn({ frameworkBy }: TableFormat, { frameworkBy: by }: TraceOptions): string | undefined {
  return frameworkBy?.[by] ?? (by === 'user' || by === 'none' ? undefined : by);
}

/** Finds the column that tells the framework, and writes down which it is. */
function frameworkOf(
  format: TableFormat,
  places: ReadonlyMap<string, number>,
  { options, context, account }: Omit<TableTools, 'writer'>,
): (cells: Cells) => number {
  const by = options.frameworkBy;
  const column = frameworkColumn(format, options);
  const place = column === undefined ? undefined : places.get(column);
  if (place === undefined) {
    if (column !== undefined && by !== 'user') {
      throw new ScenarioError([{ path: 'framework-by', message: `the file has no column \`${column}\`` }]);
    }
    account.rules['framework-by'] = 'none';
    const all = context.frameworks.id('all');
    return () => all;
  }
  account.rules['framework-by'] = column!;
  return (cells) => {
    const id = cells.nameId(place);
    return id === NONE ? context.frameworks.id('unknown') : id;
  };
}
