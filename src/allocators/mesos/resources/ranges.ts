/** Whole numbers from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

/** Gives the ranges in order, with those that overlap or touch made one. */
export function normalizeRanges(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter(([first, last]) => first <= last).sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** Gives what is in `a` and not in `b`; both in order and disjoint. */
export function subtractRanges(a: readonly Range[], b: readonly Range[]): Range[] {
  const rest: Range[] = [];
  for (const [first, last] of a) {
    let next = first;
    for (const [from, to] of b) {
      if (to < next || from > last) continue;
      if (from > next) rest.push([next, from - 1]);
      next = to + 1;
    }
    if (next <= last) rest.push([next, last]);
  }
  return rest;
}

/** Says whether every number of `b` is in `a`. */
export function containsRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return b.every(([from, to]) => a.some(([first, last]) => first <= from && to <= last));
}

/** Gives how many numbers there are. */
export function countRanges(ranges: readonly Range[]): number {
  return ranges.reduce((count, [first, last]) => count + last - first + 1, 0);
}
