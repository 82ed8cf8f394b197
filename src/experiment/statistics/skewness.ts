import { meanOf } from './mean-interval.ts';

/** Normal quantile of 95 %: values from a bell come out as skewed as this in one sample of twenty. */
const UNUSUAL = 1.644_853_626_951_472_6;
/** Values wanted for each unit of squared skewness. */
const WANTED = 25;

/**
 * Gives the skewness of at least three values, corrected for their number (G1); 0 of fewer, or of equal ones.
 *
 * @see Joanes and Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47(1), 1998
 */
export function skewness(values: readonly number[]): number {
  const count = values.length;
  if (count < 3) return 0;
  const mean = meanOf(values);
  const second = meanOf(values.map((value) => (value - mean) * (value - mean)));
  const third = meanOf(values.map((value) => (value - mean) * (value - mean) * (value - mean)));
  if (!(second > 0)) return 0;
  return ((third / (second * Math.sqrt(second))) * Math.sqrt(count * (count - 1))) / (count - 2);
}

/**
 * Says whether values lie so unevenly about their mean that a t interval of so few misses the truth more often than it
 * says: they are fewer than 25 times the squared skewness, which itself is more than chance would give a bell.
 *
 * @see Cochran, Sampling Techniques, 3rd ed., 1977, section 2.15
 */
export function isLopsided(values: readonly number[]): boolean {
  const n = values.length;
  if (n < 3) return false;
  const skew = skewness(values);
  const chance = Math.sqrt((6 * n * (n - 1)) / ((n - 2) * (n + 1) * (n + 3)));
  return Math.abs(skew) > UNUSUAL * chance && n < WANTED * skew * skew;
}
