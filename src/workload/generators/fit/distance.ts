/**
 * Gives the largest difference between the distribution functions of two samples: 0 where they are alike, 1 where they do
 * not overlap.
 *
 * @see Smirnov, Table for estimating the goodness of fit of empirical distributions, Ann. Math. Statist. 19, 1948
 */
export function distanceBetween(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [Float64Array.from(one).sort(), Float64Array.from(other).sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === x) i++;
    while (j < b.length && b[j] === x) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Gives the largest difference between a sample and a law, by the quantiles of the law at as many places. */
export function distanceToLaw(sample: readonly number[], quantile: (p: number) => number): number {
  const places = Math.min(2_000, Math.max(100, sample.length));
  return distanceBetween(
    sample,
    Array.from({ length: places }, (_, i) => quantile((i + 0.5) / places)),
  );
}
