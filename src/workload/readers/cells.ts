import { grown } from '../../base/grow.ts';
import { NONE } from '../../base/ids.ts';
import type { Interner } from '../../base/interner.ts';
import { closingQuote } from './plain-quotes.ts';
import { decode, EXACT_DIGITS, POWERS_OF_TEN, parseNumber, TokenCursor } from './token-cursor.ts';
import { WordCache } from './word-cache.ts';

/** The cells of one record of a delimited file, without the blanks around them. */
export interface Cells {
  readonly count: number;
  text(i: number): string;
  /** The number of a name that many records share; -1 where the cell is empty. */
  nameId(i: number): number;
  /** NaN where the cell is no number. */
  number(i: number): number;
  isEmpty(i: number): boolean;
}

const LF = 10;
const CR = 13;
const BLANK = 32;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Digits that are summed up in 32 bits. */
const SHORT_DIGITS = 9;

/** Cells as they lie in a line with plain quotes or none; no string is made before one is asked for. */
export class ByteCells implements Cells {
  count = 0;
  #delimiter = 44;
  /** False for a delimiter that numbers are written with. */
  #readsNumbers = true;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Where each cell begins, and where one more would. */
  #starts = new Int32Array(64);
  /** What the columns hold that were asked for a number before; NaN where that is not written plainly. */
  #numbers = new Float64Array(64);
  #isNumber = new Uint8Array(64);
  readonly #cursor = new TokenCursor();
  readonly #words: WordCache;

  /** Names are numbered by `names`. */
  constructor(names: Interner) {
    this.#words = new WordCache(names);
  }

  /** Sets the character that separates cells. */
  set delimiter(text: string) {
    this.#delimiter = text.charCodeAt(0);
    this.#readsNumbers = !/[-.0-9]/.test(text);
  }

  /**
   * Takes the cells of the line that begins at `start`; they stay where they are. Gives where the line feed stands that
   * ends it.
   *
   * The hot loop of reading CSV: a byte is looked at once, and plain numbers (digits, up to 15, perhaps a sign and a
   * point) are read in passing.
   */
  split(bytes: Uint8Array, start: number): number {
    const delimiter = this.#delimiter;
    let starts = this.#starts;
    let isNumber = this.#isNumber;
    let at = start;
    let cell = 0;
    for (;;) {
      starts[cell] = at;
      if (isNumber[cell] === 1) at = this.#readPlain(bytes, at, cell);
      if (bytes[at] === QUOTE) at = closingQuote(bytes, at);
      let byte = bytes[at];
      while (byte !== delimiter && byte !== LF) byte = bytes[++at];
      cell++;
      if (byte === LF) break;
      at++;
      if (cell + 1 < starts.length) continue;
      this.#widen();
      starts = this.#starts;
      isNumber = this.#isNumber;
    }
    starts[cell] = at + 1;
    this.#bytes = bytes;
    this.count = cell;
    return at;
  }

  /** Reads a cell that is a plain number, and gives where it ends; leaves NaN for any other. */
  #readPlain(bytes: Uint8Array, start: number, cell: number): number {
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const first = at;
    let short = 0;
    let digit = bytes[at]! - ZERO;
    for (const most = first + SHORT_DIGITS; digit >= 0 && digit <= 9 && at < most; digit = bytes[++at]! - ZERO) {
      short = (short * 10 + digit) | 0;
    }
    let value = short;
    for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) value = value * 10 + digit;
    let digits = at - first;
    let decimals = 0;
    if (digit === POINT - ZERO) {
      const point = at;
      digit = bytes[++at]! - ZERO;
      for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) value = value * 10 + digit;
      decimals = at - point - 1;
      digits += decimals;
    }
    const byte = bytes[at];
    const isEnd = byte === this.#delimiter || byte === LF || (byte === CR && bytes[at + 1] === LF);
    const isPlain = isEnd && digits > 0 && digits <= EXACT_DIGITS;
    const size = decimals === 0 ? value : value / POWERS_OF_TEN[decimals]!;
    this.#numbers[cell] = isPlain ? (negative ? -size : size) : Number.NaN;
    return at;
  }

  text(i: number): string {
    const start = this.#start(i);
    return decode(this.#bytes, start, this.#end(i, start));
  }

  nameId(i: number): number {
    const start = this.#start(i);
    const end = this.#end(i, start);
    return start === end ? NONE : this.#words.id(this.#bytes, start, end);
  }

  number(i: number): number {
    const known = this.#isNumber[i] === 1 ? this.#numbers[i]! : Number.NaN;
    return Number.isNaN(known) ? this.#unusual(i) : known;
  }

  #unusual(i: number): number {
    this.#numbers[i] = Number.NaN;
    if (this.#readsNumbers) this.#isNumber[i] = 1;
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

  /** Where the cell begins, blanks and an opening quote left out. */
  #start(i: number): number {
    const stop = this.#starts[i + 1]! - 1;
    let start = this.#starts[i]!;
    while (start < stop && this.#bytes[start]! <= BLANK) start++;
    return this.#bytes[start] === QUOTE ? start + 1 : start;
  }

  #end(i: number, start: number): number {
    let end = this.#starts[i + 1]! - 1;
    while (end > start && this.#bytes[end - 1]! <= BLANK) end--;
    return this.#bytes[start - 1] === QUOTE ? end - 1 : end;
  }

  #widen(): void {
    const room = this.#starts.length * 2;
    this.#starts = grown(this.#starts, room);
    this.#numbers = grown(this.#numbers, room);
    this.#isNumber = grown(this.#isNumber, room);
  }
}

/** Cells that a CSV parser has taken out of their quotes. */
export class TextCells implements Cells {
  record: readonly string[] = [];
  readonly #names: Interner;

  constructor(names: Interner) {
    this.#names = names;
  }

  get count(): number {
    return this.record.length;
  }

  text(i: number): string {
    return this.record[i]!;
  }

  nameId(i: number): number {
    const name = this.record[i]!;
    return name === '' ? NONE : this.#names.id(name);
  }

  number(i: number): number {
    return parseNumber(this.record[i]!);
  }

  isEmpty(i: number): boolean {
    return this.record[i] === '';
  }
}
