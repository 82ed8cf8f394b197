import { decode, parseNumber, TokenCursor } from './token-cursor.ts';
import { WordCache } from './word-cache.ts';

/** The cells of one record of a delimited file, without the blanks around them. */
export interface Cells {
  readonly count: number;
  text(i: number): string;
  /** Text that many records share. */
  word(i: number): string;
  /** NaN where the cell is no number. */
  number(i: number): number;
  isEmpty(i: number): boolean;
}

const BLANK = 32;

/** Cells as they lie in a line without quotes; no string is made before one is asked for. */
export class ByteCells implements Cells {
  count = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #starts = new Int32Array(64);
  readonly #cursor = new TokenCursor();
  readonly #words = new WordCache();

  /** Takes the cells of `bytes[start … end)`, which stay where they are. */
  split(bytes: Uint8Array, start: number, end: number, delimiter: number): void {
    this.#bytes = bytes;
    let starts = this.#starts;
    let count = 0;
    starts[count++] = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== delimiter) continue;
      if (count + 1 === starts.length) starts = this.#widen();
      starts[count++] = at + 1;
    }
    starts[count] = end + 1;
    this.count = count;
  }

  text(i: number): string {
    const start = this.#start(i);
    return decode(this.#bytes, start, this.#end(i, start));
  }

  word(i: number): string {
    const start = this.#start(i);
    return this.#words.word(this.#bytes, start, this.#end(i, start));
  }

  number(i: number): number {
    const start = this.#start(i);
    const end = this.#end(i, start);
    if (start === end) return Number.NaN;
    const cursor = this.#cursor;
    cursor.seek(this.#bytes, start, end);
    const value = cursor.number();
    return cursor.at === end ? value : Number.NaN;
  }

  isEmpty(i: number): boolean {
    const start = this.#start(i);
    return this.#end(i, start) === start;
  }

  /** Where the cell begins, blanks left out. */
  #start(i: number): number {
    const stop = this.#starts[i + 1]! - 1;
    let start = this.#starts[i]!;
    while (start < stop && this.#bytes[start]! <= BLANK) start++;
    return start;
  }

  #end(i: number, start: number): number {
    let end = this.#starts[i + 1]! - 1;
    while (end > start && this.#bytes[end - 1]! <= BLANK) end--;
    return end;
  }

  #widen(): Int32Array<ArrayBuffer> {
    const wider = new Int32Array(this.#starts.length * 2);
    wider.set(this.#starts);
    this.#starts = wider;
    return wider;
  }
}

/** Cells that a CSV parser has taken out of their quotes. */
export class TextCells implements Cells {
  record: readonly string[] = [];

  get count(): number {
    return this.record.length;
  }

  text(i: number): string {
    return this.record[i]!;
  }

  word(i: number): string {
    return this.record[i]!;
  }

  number(i: number): number {
    return parseNumber(this.record[i]!);
  }

  isEmpty(i: number): boolean {
    return this.record[i] === '';
  }
}
