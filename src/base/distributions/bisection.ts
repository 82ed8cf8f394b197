/**
 * Narrows `low` and `high` to neighbouring doubles around the place where `isBelow` turns from true to false.
 *
 * @returns the upper of the two; `high` where `isBelow` holds everywhere.
 */
export function bisect(low: number, high: number, isBelow: (x: number) => boolean): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) return b;
    if (isBelow(middle)) a = middle;
    else b = middle;
  }
}
