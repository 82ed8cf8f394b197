const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const BLANK = 32;

/** Digits that a double holds without loss, whatever they are. */
export const EXACT_DIGITS = 15;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Exact in doubles, up to as many decimals. */
export const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, k) => Number(`1e${k}`));
/** Bytes up to which text is put together by hand. */
const SHORT = 24;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Gives the value of a decimal such as `-1`, `2.50`, `.5`, `+5` or `1e5`; NaN for all other text. */
export function parseNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** Gives UTF-8 bytes as text; short ASCII, such as a job's name, without the decoder, which costs four times as much. */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  let at = start;
  for (; at + 3 < end; at += 4) {
    const a = bytes[at]!;
    const b = bytes[at + 1]!;
    const c = bytes[at + 2]!;
    const d = bytes[at + 3]!;
    if ((a | b | c | d) >= 128) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < end; at++) {
    if (bytes[at]! >= 128) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(bytes[at]!);
  }
  return text;
}

/**
 * Reads the blank-separated tokens of one line from its bytes; blanks are all bytes up to 32.
 *
 * Integers of up to 15 digits are summed up digit by digit, decimals of up to 15 digits divided once by a power of ten
 * (correctly rounded, as both are exact); {@link parseNumber} reads the rest.
 */
export class TokenCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;

  seek(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Moves to the next token; false when the line has no more. */
  advance(): boolean {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && bytes[at]! <= BLANK) at++;
    this.at = at;
    return at < end;
  }

  /** Reads the token as a number and moves behind it; NaN when it is none. */
  number(): number {
    const { bytes, end, at: start } = this;
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    let at = first;
    let value = 0;
    while (at < end) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      at++;
    }
    const digits = at - first;
    if (digits === 0 || digits > EXACT_DIGITS || (at < end && bytes[at]! > BLANK)) return this.#unusual(first);
    this.at = at;
    return negative ? -value : value;
  }

  /**
   * Reads as many numbers as `into` has room for, and moves behind the last; the hot loop of a parser.
   *
   * @returns how many there were before the line ended, or -1 when a token was no number.
   */
  numbers(into: Float64Array): number {
    const { bytes, end } = this;
    let at = this.at;
    for (let i = 0; i < into.length; i++) {
      while (at < end && bytes[at]! <= BLANK) at++;
      this.at = at;
      if (at >= end) return i;
      const negative = bytes[at] === MINUS;
      const first = negative ? at + 1 : at;
      at = first;
      let value = 0;
      let digit = bytes[at]! - ZERO;
      while (at < end && digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digit = bytes[++at]! - ZERO;
      }
      if (at > first && at - first <= EXACT_DIGITS && (at >= end || bytes[at]! <= BLANK)) {
        into[i] = negative ? -value : value;
        continue;
      }
      value = this.#unusual(first);
      if (Number.isNaN(value)) return -1;
      into[i] = value;
      at = this.at;
    }
    this.at = at;
    return into.length;
  }

  /** Moves behind the token. */
  skip(): void {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && bytes[at]! > BLANK) at++;
    this.at = at;
  }

  /** Reads the token as text and moves behind it. */
  text(): string {
    const start = this.at;
    this.skip();
    return decode(this.bytes, start, this.at);
  }

  /** Reads what is not a plain integer; `first` is where its digits begin. */
  #unusual(first: number): number {
    const { bytes, at: start } = this;
    this.skip();
    const stop = this.at;
    if (stop - first > EXACT_DIGITS + 1) return parseNumber(decode(bytes, start, stop));
    let value = 0;
    let point = -1;
    for (let at = first; at < stop; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (bytes[at] === POINT && point < 0) point = at;
      else return parseNumber(decode(bytes, start, stop));
    }
    if (point < 0 || stop - first === 1) return parseNumber(decode(bytes, start, stop));
    const decimal = value / POWERS_OF_TEN[stop - point - 1]!;
    return first > start ? -decimal : decimal;
  }
}
