/** The most characters that JavaScript writes for a number: sign, 17 digits, point, and `e-308`. */
export const LONGEST_NUMBER = 25;

/**
 * Numbers below this have doubles less than 10^-6 apart. What rounds to one of them then holds no second number of six
 * decimals, so the one it holds is the shortest text for the double, which is what JavaScript writes.
 */
const MICROS_BELOW = 8_589_934_592;

const MILLION = 1_000_000;
const BILLION = 1_000_000_000;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** The digits of the numbers below a hundred. */
const TENS = Uint8Array.from({ length: 100 }, (_, pair) => ZERO + Math.floor(pair / 10));
const ONES = Uint8Array.from({ length: 100 }, (_, pair) => ZERO + (pair % 10));

/**
 * Writes a number as `String(value)` does and gives where it ends; the bytes must have room for LONGEST_NUMBER.
 *
 * Whole numbers and numbers of at most six decimals, as times in seconds are, are written digit by digit, up to 272
 * years in seconds; others by way of a string.
 */
export function writeNumber(bytes: Uint8Array, from: number, value: number): number {
  if ((value | 0) === value && value >= 0 && value < BILLION) return writeDigits(bytes, from, value, digitsOf(value));
  const size = Math.abs(value);
  if (!(size < MICROS_BELOW)) return writeString(bytes, from, String(value));
  const whole = Math.floor(size);
  const isWhole = whole === size;
  const micros = isWhole ? 0 : Math.round(size * MILLION);
  if (!isWhole && micros / MILLION !== size) return writeString(bytes, from, String(value));
  let at = from;
  if (value < 0) bytes[at++] = MINUS;
  at = writeWhole(bytes, at, whole);
  return isWhole ? at : writeDecimals(bytes, at, micros - whole * MILLION);
}

/** Writes a whole number of at most ten digits. */
function writeWhole(bytes: Uint8Array, from: number, whole: number): number {
  if (whole < BILLION) return writeDigits(bytes, from, whole, digitsOf(whole));
  const billions = Math.floor(whole / BILLION);
  bytes[from] = ZERO + billions;
  return writeDigits(bytes, from + 1, whole - billions * BILLION, 9);
}

/** Writes a point and so many millionths, 1 to 999,999, without zeros at the end. */
function writeDecimals(bytes: Uint8Array, from: number, millionths: number): number {
  let digits = millionths | 0;
  let width = 6;
  for (; digits % 10 === 0; width--) digits = (digits / 10) | 0;
  bytes[from] = POINT;
  return writeDigits(bytes, from + 1, digits, width);
}

/** Writes a number below 10^9 with so many digits, zeros in front; two at a time, as dividing is what takes time. */
function writeDigits(bytes: Uint8Array, from: number, value: number, width: number): number {
  let rest = value | 0;
  let at = from + width;
  while (at - from >= 2) {
    const hundredth = (rest / 100) | 0;
    const pair = rest - 100 * hundredth;
    bytes[--at] = ONES[pair]!;
    bytes[--at] = TENS[pair]!;
    rest = hundredth;
  }
  if (at > from) bytes[from] = ZERO + rest;
  return from + width;
}

function digitsOf(value: number): number {
  if (value < 1_000) return value < 10 ? 1 : value < 100 ? 2 : 3;
  if (value < MILLION) return value < 10_000 ? 4 : value < 100_000 ? 5 : 6;
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
}

function writeString(bytes: Uint8Array, from: number, ascii: string): number {
  for (let i = 0; i < ascii.length; i++) bytes[from + i] = ascii.charCodeAt(i);
  return from + ascii.length;
}
