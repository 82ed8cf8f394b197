import type { LineReader } from './line-reader.ts';

const TAB = 9;
const LF = 10;
const BLANK = 32;
const MINUS = 45;
const ZERO = 48;

/** Digits of an integer that 32 bits hold, whatever they are. */
const SHORT_DIGITS = 9;
/** The longest line that is taken for plain, in bytes; `LineReader` judges the others. */
const LINE_LIMIT = 4_096;

/** Which fields of a line are read, and where they go. */
export interface RowPlan {
  /** How many fields are read from the first on. */
  readonly leading: number;
  /** How many fields are passed over to one more that is read; negative for none. */
  readonly gap: number;
  /** Places from one row to the next. */
  readonly stride: number;
}

/**
 * Reads rows of SWF that are as nearly all are: the fields of the plan are integers of up to nine digits.
 *
 * Begins at the cursor of `lines`, and stops before the first line of another kind (a comment, a decimal, a row cut
 * short), at the end of the block, or behind `most` rows. What the plan does not ask for may be any text.
 *
 * The hot loop of a replay: a byte is looked at once, in 32-bit arithmetic, and nothing is made.
 *
 * @returns how many rows were read; the cursor of `lines` stands behind them.
 */
export function readPlainRows(lines: LineReader, rows: Float64Array, most: number, plan: RowPlan): number {
  const { bytes, stop } = lines;
  const { leading, gap, stride } = plan;
  const fields = gap < 0 ? leading : leading + 1;
  let count = 0;
  for (let start = lines.cursor; start < stop && count < most; count++) {
    let at = start;
    let field = 0;
    for (; field < fields; field++) {
      if (field === leading) at = skipTokens(bytes, at, gap);
      let digit = bytes[at]! - ZERO;
      while (digit === BLANK - ZERO || digit === TAB - ZERO) digit = bytes[++at]! - ZERO;
      const negative = digit === MINUS - ZERO;
      if (negative) digit = bytes[++at]! - ZERO;
      const first = at;
      let value = 0;
      while (digit >= 0 && digit <= 9) {
        value = (value * 10 + digit) | 0;
        digit = bytes[++at]! - ZERO;
      }
      const digits = at - first;
      if (digits === 0 || digits > SHORT_DIGITS || digit > BLANK - ZERO) break;
      rows[count * stride + field] = negative ? -value : value;
    }
    if (field < fields) break;
    while (bytes[at] !== LF) at++;
    if (at - start > LINE_LIMIT) break;
    start = at + 1;
    lines.cursor = start;
  }
  lines.line += count;
  return count;
}

/** Gives where the last of `count` tokens ends; at the end of the line, that. */
function skipTokens(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) {
    while (bytes[at] === BLANK || bytes[at] === TAB) at++;
    while (bytes[at]! > BLANK) at++;
  }
  return at;
}
