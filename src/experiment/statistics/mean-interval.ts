import { Sum } from '../../base/sum.ts';
import { studentQuantile } from './student-t.ts';

/** A mean of independent values and how far it may be off. */
export interface MeanInterval {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the values; null of fewer than two. */
  readonly deviation: number | null;
  /** The true mean lies this far from `mean` or nearer, with the confidence asked for; null of fewer than two values. */
  readonly halfWidth: number | null;
}

/** Gives the mean of some numbers, added up with a running correction; NaN of none. */
export function meanOf(values: readonly number[]): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value / values.length;
}

/** Gives the mean product of the distances of two equally long lists from their means, over n - 1. */
export function covarianceOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const sum = new Sum();
  for (const [i, value] of a.entries()) sum.add((value - meanA) * (b[i]! - meanB));
  return sum.value / (a.length - 1);
}

/**
 * Gives the mean of at least one independent value with its t interval, such as that of one metric over several seeds.
 *
 * @param confidence between 0 and 1.
 * @see Law, Simulation Modeling and Analysis, 5th ed., 2014, section 4.5
 */
export function meanInterval(values: readonly number[], confidence: number): MeanInterval {
  const count = values.length;
  const mean = meanOf(values);
  if (count < 2) return { count, mean, deviation: null, halfWidth: null };
  const deviation = values.every((value) => value === values[0]) ? 0 : Math.sqrt(covarianceOf(values, values));
  const quantile = studentQuantile((1 + confidence) / 2, count - 1);
  return { count, mean, deviation, halfWidth: (quantile * deviation) / Math.sqrt(count) };
}
