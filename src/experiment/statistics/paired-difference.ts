import { type MeanInterval, meanInterval } from './mean-interval.ts';
import { studentTails } from './student-t.ts';

/** How two things differ that were measured under the same conditions, pair by pair. */
export interface PairedDifference extends MeanInterval {
  /** The chance of a difference at least as large if there were none; null of fewer than two pairs. */
  readonly p: number | null;
  /** The half width had the pairs been drawn apart, of the same number; null of fewer than two pairs. */
  readonly unpairedHalfWidth: number | null;
}

/**
 * Gives the mean of `a[i] - b[i]` over at least one pair, with its paired t interval and test.
 *
 * @see Law, Simulation Modeling and Analysis, 5th ed., 2014, sections 10.2.1 and 11.2 (common random numbers)
 */
export function pairedDifference(a: readonly number[], b: readonly number[], confidence: number): PairedDifference {
  const interval = meanInterval(
    a.map((value, i) => value - b[i]!),
    confidence,
  );
  const { count, mean, deviation } = interval;
  if (deviation === null) return { ...interval, p: null, unpairedHalfWidth: null };
  const widths = [a, b].map((values) => meanInterval(values, confidence).halfWidth!);
  return {
    ...interval,
    p: testOf(mean, deviation / Math.sqrt(count), count - 1),
    unpairedHalfWidth: Math.sqrt(widths[0]! * widths[0]! + widths[1]! * widths[1]!),
  };
}

/** Differences that are all the same leave no doubt. */
function testOf(mean: number, error: number, degrees: number): number {
  if (error === 0) return mean === 0 ? 1 : 0;
  return studentTails(mean / error, degrees);
}
