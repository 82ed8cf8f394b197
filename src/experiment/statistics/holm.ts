/**
 * Raises the p-values of several tests so that each may be held against the level of all: in order of size the k-th
 * of m is multiplied by m - k + 1, and none is below one before it.
 *
 * @see Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((i, j) => ps[i]! - ps[j]! || i - j);
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, ps[i]! * (ps.length - rank)));
    adjusted[i] = largest;
  }
  return adjusted;
}
