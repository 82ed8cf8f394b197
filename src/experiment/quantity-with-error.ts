import { formatNumber } from '../report/quantity.ts';
import type { Interval } from './statistics/bca-interval.ts';

/** Units of time, and from how many seconds on each is used. */
const TIMES: readonly (readonly [unit: string, seconds: number, from: number])[] = [
  ['d', 86_400, 172_800],
  ['h', 3_600, 7_200],
  ['min', 60, 300],
  ['s', 1, 1],
  ['ms', 0.001, 0],
];

/** What a column or row of values is written in. */
export interface Scale {
  /** Empty where there is none. */
  readonly name: string;
  /** What one of it is in the unit of the metric. */
  readonly size: number;
}

/** Gives the unit in which the smallest of some values that is not 0 is easy to read. */
export function scaleFor(values: readonly (number | null)[], unit: string): Scale {
  if (unit === 'share') return { name: '%', size: 0.01 };
  if (unit !== 's') return { name: '', size: 1 };
  const sizes = values.filter((value) => value !== null && value !== 0).map((value) => Math.abs(value!));
  if (sizes.length === 0) return { name: 's', size: 1 };
  const [name, size] = TIMES.find(([, , from]) => Math.min(...sizes) >= from)!;
  return { name, size };
}

/**
 * Gives a value with the half width of its interval, both to the half width's first two digits: `18.4 ± 1.1`; the value
 * alone where there is no interval, and a dash where there is no value.
 */
export function formatWithError(value: number | null, halfWidth: number | null, { size }: Scale): string {
  if (value === null) return '-';
  return halfWidth === null ? formatNumber(value / size) : withError(value / size, halfWidth / size);
}

/** Gives a ratio with its bounds: `2.96 ± 0.14` where they lie evenly, else `2.96 (2.71 to 3.40)`. */
export function formatBounds({ value, low, high }: Interval): string {
  const halfWidth = (high - low) / 2;
  if (halfWidth === 0) return formatNumber(value);
  const lopsided = Math.abs((high + low) / 2 - value) / halfWidth;
  if (lopsided < 0.2) return withError(value, halfWidth);
  const digits = digitsFor(halfWidth);
  return `${fixed(value, digits)} (${fixed(low, digits)} to ${fixed(high, digits)})`;
}

function withError(value: number, halfWidth: number): string {
  if (halfWidth === 0) return `${formatNumber(value)} ± 0`;
  // What is known to far more digits than anybody reads is shown as it is.
  if (Math.abs(value) > halfWidth * 1e5) return `${formatNumber(value)} ± ${formatNumber(halfWidth)}`;
  const digits = digitsFor(halfWidth);
  return `${fixed(value, digits)} ± ${fixed(halfWidth, digits)}`;
}

/** Decimals that leave two digits of the error, or one of an error above 10. */
function digitsFor(error: number): number {
  const magnitude = Math.floor(Math.log10(error));
  return Math.max(0, Math.min(8, 1 - magnitude));
}

function fixed(value: number, digits: number): string {
  // Nothing is to be seen of a minus that is lost in rounding.
  const text = value.toFixed(digits).replace(/^-(?=[0.]*$)/, '');
  return digits === 0 ? formatNumber(Number(text)) : text;
}
