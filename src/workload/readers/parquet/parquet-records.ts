import type { DecodedArray } from 'hyparquet';
import type { ByteSource } from '../../../base/byte-source.ts';
import { NONE } from '../../../base/ids.ts';
import type { Interner } from '../../../base/interner.ts';
import { type Cells, TextCells } from '../cells.ts';
import { parseNumber } from '../token-cursor.ts';
import { ParquetFile } from './parquet-file.ts';

/**
 * Walks the rows of a Parquet file as records of text and numbers, the names of the columns first, as those of a delimited
 * file are: `while (await records.more()) while (records.next()) { … }`.
 *
 * Missing values are empty cells, values of lists stand behind one another with a blank between, and times are numbers in
 * the unit of their column. Holds one row group in memory.
 */
export class ParquetRecords {
  cells: Cells;
  /** The number of the row, from 1; 0 for the names of the columns. */
  line = -1;
  /** Nothing separates the cells. */
  readonly delimiter = '';
  readonly isEmpty = false;
  readonly #bytes: ByteSource;
  readonly #wanted: ReadonlySet<string> | null;
  readonly #names: Interner;
  #file: ParquetFile | undefined;
  #group = 0;
  #row = 0;
  #rows = 0;
  #values: RowCells | undefined;

  /** Names are numbered by `names`; columns other than those `wanted` are as if they were empty, and are not read. */
  constructor(bytes: ByteSource, names: Interner, wanted: ReadonlySet<string> | null = null) {
    this.#bytes = bytes;
    this.#names = names;
    this.#wanted = wanted;
    this.cells = new TextCells(names);
  }

  /** Reads the next row group; false at the end of the file. */
  async more(): Promise<boolean> {
    if (this.#file === undefined) {
      this.#file = await ParquetFile.open(this.#bytes);
      const header = new TextCells(this.#names);
      header.record = this.#file.names;
      this.cells = header;
      this.#rows = 1;
      return true;
    }
    const { names, groups } = this.#file;
    if (this.#group === groups) return false;
    const read = names.filter((name) => this.#wanted?.has(name) ?? true);
    const columns = await this.#file.readGroup(this.#group, read);
    this.#values = new RowCells(
      names.map((name) => columns[read.indexOf(name)]),
      this.#names,
    );
    this.cells = this.#values;
    this.#row = 0;
    this.#rows = this.#file.rowsOf(this.#group++);
    return true;
  }

  /** Moves to the next row of the group; false when there is none. */
  next(): boolean {
    if (this.#row === this.#rows) return false;
    this.#values?.seek(this.#row);
    this.#row++;
    this.line++;
    return true;
  }

  async close(): Promise<void> {}
}

/** The values of one row, as cells. */
class RowCells implements Cells {
  readonly count: number;
  readonly #columns: readonly Column[];
  readonly #names: Interner;
  #row = 0;

  constructor(columns: readonly (readonly DecodedArray[] | undefined)[], names: Interner) {
    this.count = columns.length;
    this.#columns = columns.map((pieces) => new Column(pieces ?? []));
    this.#names = names;
  }

  /** Moves to a row, which is behind the one before. */
  seek(row: number): void {
    this.#row = row;
  }

  text(i: number): string {
    return textOf(this.#columns[i]!.at(this.#row));
  }

  nameId(i: number): number {
    const name = this.text(i);
    return name === '' ? NONE : this.#names.id(name);
  }

  number(i: number): number {
    const value = this.#columns[i]!.at(this.#row);
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' ? parseNumber(value.trim()) : Number.NaN;
  }

  isEmpty(i: number): boolean {
    return this.text(i) === '';
  }
}

/** One column of a row group, whose values lie in pieces. */
class Column {
  readonly #pieces: readonly DecodedArray[];
  #piece = 0;
  /** Where the piece begins. */
  #start = 0;

  constructor(pieces: readonly DecodedArray[]) {
    this.#pieces = pieces;
  }

  /** Gives the value of a row; rows come in rising order. */
  at(row: number): unknown {
    let piece = this.#pieces[this.#piece];
    while (piece !== undefined && row - this.#start >= piece.length) {
      this.#start += piece.length;
      piece = this.#pieces[++this.#piece];
    }
    return piece?.[row - this.#start];
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
