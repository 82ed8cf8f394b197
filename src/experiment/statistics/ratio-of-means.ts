import type { Interval } from './bca-interval.ts';
import { covarianceOf, meanOf } from './mean-interval.ts';
import { studentQuantile } from './student-t.ts';

/**
 * Gives the ratio of the means of two lists of pairs (not the mean of their ratios), with Fieller's interval; null
 * where `below` may have a mean of 0, as any ratio would then be possible, or where there are fewer than two pairs.
 *
 * Fieller's bounds are those that the paired t test of `above - ratio * below` does not refuse, and so hold for few
 * pairs too, where a bootstrap promises too much.
 *
 * @see Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16, 1954
 */
export function ratioOfMeans(above: readonly number[], below: readonly number[], confidence: number): Interval | null {
  const count = above.length;
  if (count < 2) return null;
  const [meanAbove, meanBelow] = [meanOf(above), meanOf(below)];
  const t = studentQuantile((1 + confidence) / 2, count - 1);
  const scale = (t * t) / count;
  // The bounds r solve (meanAbove - r meanBelow)^2 = scale var(above - r below).
  const a = meanBelow * meanBelow - scale * covarianceOf(below, below);
  const b = meanAbove * meanBelow - scale * covarianceOf(above, below);
  const c = meanAbove * meanAbove - scale * covarianceOf(above, above);
  if (a <= 0) return null;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { value: meanAbove / meanBelow, low: (b - root) / a, high: (b + root) / a };
}
