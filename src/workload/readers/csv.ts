import { toSteps } from '../../base/amounts.ts';
import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import { NONE } from '../../base/ids.ts';
import { BATCH_ROWS, type TraceBatch } from '../trace-batch.ts';
import { openAccount, type SourceAccount, type WorkloadContext, type WorkloadSource } from '../workload-source.ts';
import { Admission } from './admission.ts';
import type { Cells } from './cells.ts';
import type { NumberColumn } from './column-finder.ts';
import { type CsvColumns, columnSpecs, describeColumn, findColumns, NumberSlot } from './csv-columns.ts';
import type { ColumnMap, TraceOptions, TraceReader } from './reader.ts';
import { openTable, type TableRecordSource } from './table-records.ts';
import { decode } from './token-cursor.ts';
import { sharedRules, traceSource } from './trace-source.ts';

/** Reads delimited text, a job a record, by a map from columns to the fields of a job. */
export const csv: TraceReader = {
  name: 'csv',
  summary: 'Delimited text: a job a record; `columns` says which column is what',
  options: ['columns', 'delimiter'],
  isOfSingleTasks: true,
  resources: async (_bytes, { columns }) => Object.keys(columns?.demand ?? {}),

  looksLike(head, fileName) {
    const line = decode(head, 0, head.length).trimStart().split('\n', 1)[0]!;
    return /[^\s,;|\t]\s*[,;|\t]/.test(line) || /\.[ct]sv(\.gz)?$/i.test(fileName);
  },

  open: (bytes, options, context) => openMapped('csv', bytes, options, context),
};

/** Reads a Parquet file in the same way. */
export const parquet: TraceReader = {
  name: 'parquet',
  summary: 'Parquet: a job a row; `columns` says which column is what',
  options: ['columns'],
  isOfSingleTasks: true,
  resources: async (_bytes, { columns }) => Object.keys(columns?.demand ?? {}),
  looksLike: () => false,
  looksLikeColumns: () => true,
  open: (bytes, options, context) => openMapped('parquet', bytes, options, context),
};

function openMapped(
  format: 'csv' | 'parquet',
  bytes: ByteSource,
  options: TraceOptions,
  context: WorkloadContext,
): WorkloadSource {
  const { columns, delimiter } = options;
  if (columns === undefined) {
    const kind = format === 'csv' ? 'CSV' : 'Parquet';
    const message = `a ${kind} file needs \`columns\`, which say where \`duration\` and \`demand\` stand`;
    throw new ScenarioError([{ path: 'columns', message }]);
  }
  if (delimiter !== undefined && !/^[\t !#-~]$/.test(delimiter)) {
    const message = `got ${JSON.stringify(delimiter)}, expected one ASCII character other than a quote`;
    throw new ScenarioError([{ path: 'delimiter', message }]);
  }
  const account = openAccount(options.file, format, sharedRules(options));
  const parser = new CsvParser(bytes.name, columns, options, context, account);
  return traceSource(bytes, (source) => parser.rows(source), options, context, account);
}

/** Turns the records of one CSV file into rows. */
class CsvParser {
  readonly #map: ColumnMap;
  readonly #options: TraceOptions;
  readonly #context: WorkloadContext;
  readonly #account: SourceAccount;
  readonly #admission: Admission;
  readonly #file: string;
  readonly #apart: boolean;
  #columns: CsvColumns | undefined;
  /** The numbers of the record, by {@link NumberSlot}. */
  readonly #values: Float64Array;
  /** Whether a demand of it was rounded. */
  #isRounded = false;

  constructor(file: string, map: ColumnMap, options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#file = file;
    this.#map = map;
    this.#options = options;
    this.#context = context;
    this.#account = account;
    this.#admission = new Admission(options, context, account);
    this.#apart = options.as !== 'pool';
    this.#values = new Float64Array(NumberSlot.demand + context.resources.length);
  }

  async *rows(bytes: ByteSource): AsyncGenerator<TraceBatch> {
    const admission = this.#admission;
    const { delimiter } = this.#options;
    const records = await openTable(bytes, this.#context.frameworks, { delimiter });
    try {
      while (await records.more()) while (this.#fillBatch(records)) yield admission.take();
    } finally {
      await records.close();
    }
    if (this.#account.read === 0) {
      const message = records.isEmpty ? 'the file is empty' : 'no data row';
      throw new ScenarioError(message, { file: bytes.name });
    }
    if (admission.batch.jobs > 0) yield admission.take();
  }

  /** Reads on in the block; true when a batch is full, false when the block is used up. */
  #fillBatch(records: TableRecordSource): boolean {
    const admission = this.#admission;
    const { batch } = admission;
    while (batch.jobs < BATCH_ROWS) {
      if (!records.next()) return false;
      if (this.#columns === undefined) {
        this.#columns = this.#findColumns(records);
        for (const [i, number] of this.#columns.numbers.entries()) this.#values[i] = number.constant;
        if (this.#columns.hasHeader) continue;
      }
      this.#account.read++;
      const reason = this.#admit(this.#columns, records.cells, records.line);
      if (reason !== null) admission.skip(reason, records.line);
    }
    return true;
  }

  #findColumns({ cells, line, delimiter }: TableRecordSource): CsvColumns {
    const { frameworkBy } = this.#options;
    const columns = findColumns(this.#map, frameworkBy, this.#context, cells, { file: this.#file, line });
    const { rules } = this.#account;
    rules['framework-by'] = columns.frameworkBy;
    if (delimiter !== '') rules['delimiter'] = delimiter;
    rules['header'] = columns.hasHeader;
    for (const [key, spec] of columnSpecs(this.#map)) rules[`columns.${key}`] = describeColumn(spec);
    return columns;
  }

  /** Adds the record as a job, or gives the reason why not. */
  #admit(columns: CsvColumns, cells: Cells, line: number): string | null {
    const { numbers } = columns;
    const values = this.#values;
    for (let i = 0; i < numbers.length; i++) if (numbers[i]!.isCell) numbers[i]!.read(cells, values, i);
    const { submit, duration, tasks } = NumberSlot;
    for (let i = submit; i <= tasks; i++) if (Number.isNaN(values[i]!)) return fault(numbers[i]!, cells);
    const count = values[tasks]!;
    if (!Number.isInteger(count)) return 'not a whole number: tasks';
    if (count < 1) return 'no tasks';
    const admission = this.#admission;
    const reason =
      this.#readOptional(numbers, cells) ??
      admission.refusal(values[submit]!, values[duration]!, count) ??
      this.#writeDemand(numbers, cells, this.#apart ? 1 : count);
    if (reason !== null) return reason;
    const { batch } = admission;
    const { jobs } = batch;
    batch.submit[jobs] = values[submit]!;
    batch.run[jobs] = values[duration]!;
    batch.estimate[jobs] = values[NumberSlot.estimate]!;
    batch.priority[jobs] = values[NumberSlot.priority]!;
    if (this.#isRounded) admission.noteRounded(line);
    const name = columns.job === null ? this.#account.read : columns.job(cells);
    const framework = columns.framework(cells);
    admission.add(
      name,
      framework === NONE ? this.#context.frameworks.id('unknown') : framework,
      this.#apart ? count : 1,
      line,
    );
    return null;
  }

  /** Takes empty cells for 0 where a number may be left out; gives the reason where there is text. */
  #readOptional(numbers: readonly NumberColumn[], cells: Cells): string | null {
    const values = this.#values;
    for (let i = NumberSlot.estimate; i <= NumberSlot.priority; i++) {
      if (!Number.isNaN(values[i]!)) continue;
      if (!numbers[i]!.isEmpty(cells)) return fault(numbers[i]!, cells);
      values[i] = 0;
    }
    return Number.isFinite(values[NumberSlot.priority]!) ? null : 'out of range';
  }

  /** Writes the demand of one task, or of `times` tasks that are one in a pool; gives the reason where it is none. */
  #writeDemand(numbers: readonly NumberColumn[], cells: Cells, times: number): string | null {
    const { resources } = this.#context;
    const { demand, jobs } = this.#admission.batch;
    const at = jobs * resources.length;
    let isNothing = true;
    this.#isRounded = false;
    for (let r = 0; r < resources.length; r++) {
      const column = numbers[NumberSlot.demand + r]!;
      const quantity = this.#values[NumberSlot.demand + r]!;
      if (Number.isNaN(quantity)) return fault(column, cells);
      if (quantity < 0) return `negative: ${column.key}`;
      const { amount, exact } = toSteps(quantity, resources[r]!, 'demand');
      if (amount * times > Number.MAX_SAFE_INTEGER) return 'out of range';
      demand[at + r] = amount * times;
      if (amount > 0) isNothing = false;
      if (!exact) this.#isRounded = true;
    }
    return isNothing ? 'no demand' : null;
  }
}

function fault(column: NumberColumn, cells: Cells): string {
  return `${column.isEmpty(cells) ? 'missing' : 'not a number'}: ${column.key}`;
}
