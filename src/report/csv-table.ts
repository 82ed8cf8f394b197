/** Columns of the tables of a run that hold words; all others hold numbers. */
const WORDS: ReadonlySet<string> = new Set(['job', 'framework', 'role', 'node', 'status']);

/** Words by row, each kept once. */
export interface WordColumn {
  readonly codes: Int32Array;
  readonly words: readonly string[];
}

/** Some rows of a table, as columns; an empty number is NaN, an empty word the empty string. */
export class CsvTable {
  readonly count: number;
  readonly names: readonly string[];
  readonly #numbers: ReadonlyMap<string, Float64Array>;
  readonly #words: ReadonlyMap<string, WordColumn>;

  constructor(
    count: number,
    names: readonly string[],
    numbers: ReadonlyMap<string, Float64Array>,
    words: ReadonlyMap<string, WordColumn>,
  ) {
    this.count = count;
    this.names = names;
    this.#numbers = numbers;
    this.#words = words;
  }

  has(name: string): boolean {
    return this.#numbers.has(name) || this.#words.has(name);
  }

  /** Gives a column of numbers; all NaN where the table has none of this name. */
  numbers(name: string): Float64Array {
    return this.#numbers.get(name) ?? new Float64Array(this.count).fill(Number.NaN);
  }

  /** Gives a column of words; all empty where the table has none of this name. */
  words(name: string): WordColumn {
    return this.#words.get(name) ?? { codes: new Int32Array(this.count), words: [''] };
  }

  word(name: string, row: number): string {
    const { codes, words } = this.words(name);
    return words[codes[row]!]!;
  }
}

/** Says whether a column of this name holds words. */
export function holdsWords(name: string): boolean {
  return WORDS.has(name);
}

/** What to take of a table. */
export interface TableWish {
  /** Says which columns to keep; all where left out. */
  readonly isNeeded?: (name: string) => boolean;
  /** Rows in a table; all in one where left out. */
  readonly rows?: number;
}

/**
 * Reads a CSV table that a run has written, in one table or several of so many rows each.
 *
 * A line that is cut off at the end, as after a crash, is left out. A table without rows is given once, empty.
 */
export async function* readCsvTables(
  chunks: AsyncIterable<Uint8Array>,
  { isNeeded = () => true, rows = Number.POSITIVE_INFINITY }: TableWish = {},
): AsyncGenerator<CsvTable> {
  let builder: TableBuilder | undefined;
  let given = false;
  for await (const cells of records(chunks)) {
    if (builder === undefined) {
      builder = new TableBuilder(cells, isNeeded);
      continue;
    }
    builder.add(cells);
    if (builder.count < rows) continue;
    yield builder.take();
    given = true;
  }
  if (builder !== undefined && (builder.count > 0 || !given)) yield builder.take();
}

/** Splits text into the cells of one record after the other. */
async function* records(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let from = 0;
    // Searched for once, not for each line again up to the end of the chunk.
    let quote = text.indexOf('"');
    for (;;) {
      if (quote >= 0 && quote < from) quote = text.indexOf('"', from);
      const end = lineEnd(text, from, quote);
      if (end < 0) break;
      yield cellsOf(text.slice(from, end));
      from = end + 1;
    }
    rest = text.slice(from);
  }
}

/** Where the record that begins at `from` ends, or -1; a newline within quotes does not end it. The next quote is at `quote`. */
function lineEnd(text: string, from: number, quote: number): number {
  const end = text.indexOf('\n', from);
  if (quote < 0 || end < 0 || quote > end) return end;
  let isQuoted = false;
  for (let i = quote; i < text.length; i++) {
    if (text[i] === '"') isQuoted = !isQuoted;
    else if (text[i] === '\n' && !isQuoted) return i;
  }
  return -1;
}

function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length + 1 : end + 1;
      continue;
    }
    let end = at + 1;
    while (line[end] !== '"' || line[end + 1] === '"') end += line[end] === '"' ? 2 : 1;
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 2;
  }
  return cells;
}

class TableBuilder {
  count = 0;
  readonly #names: readonly string[];
  readonly #kept: readonly { readonly cell: number; readonly name: string }[];
  #numbers = new Map<string, number[]>();
  #words = new Map<string, { codes: number[]; byWord: Map<string, number> }>();

  constructor(names: readonly string[], isNeeded: (name: string) => boolean) {
    this.#kept = names.flatMap((name, cell) => (isNeeded(name) ? [{ cell, name }] : []));
    this.#names = this.#kept.map(({ name }) => name);
    this.#clear();
  }

  add(cells: readonly string[]): void {
    this.count++;
    for (const { cell, name } of this.#kept) {
      const text = cells[cell] ?? '';
      const column = this.#words.get(name);
      if (column === undefined) {
        this.#numbers.get(name)!.push(text === '' ? Number.NaN : Number(text));
        continue;
      }
      let code = column.byWord.get(text);
      if (code === undefined) {
        code = column.byWord.size;
        column.byWord.set(text, code);
      }
      column.codes.push(code);
    }
  }

  /** Gives the rows and begins anew. */
  take(): CsvTable {
    const numbers = new Map([...this.#numbers].map(([name, values]) => [name, Float64Array.from(values)]));
    const words = new Map(
      [...this.#words].map(([name, { codes, byWord }]) => [
        name,
        { codes: Int32Array.from(codes), words: [...byWord.keys()] },
      ]),
    );
    const table = new CsvTable(this.count, this.#names, numbers, words);
    this.#clear();
    return table;
  }

  #clear(): void {
    this.count = 0;
    this.#numbers = new Map();
    this.#words = new Map();
    for (const name of this.#names) {
      if (holdsWords(name)) this.#words.set(name, { codes: [], byWord: new Map() });
      else this.#numbers.set(name, []);
    }
  }
}
