/**
 * Finds where a function of several numbers is least, near `start`, by moving a simplex downhill; no derivative is needed.
 *
 * @see Nelder and Mead, A simplex method for function minimization, Computer Journal 7, 1965
 */
export function minimise(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-7, rounds = 2_000 } = {},
): { readonly at: readonly number[]; readonly value: number } {
  const valued = (at: readonly number[]) => {
    const value = of(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const corners = [valued(start), ...start.map((_, i) => valued(start.map((x, k) => (k === i ? x + step : x))))];
  const byValue = (a: { value: number }, b: { value: number }) => a.value - b.value;
  corners.sort(byValue);
  for (let round = 0; round < rounds; round++) {
    const [best, worst] = [corners[0]!, corners.at(-1)!];
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const others = corners.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { at }) => sum + at[i]!, 0) / others.length);
    const along = (t: number) => valued(centre.map((c, i) => c + t * (c - worst.at[i]!)));
    const mirrored = along(1);
    let next = mirrored;
    if (mirrored.value < best.value) {
      const further = along(2);
      if (further.value < mirrored.value) next = further;
    } else if (mirrored.value >= others.at(-1)!.value) {
      next = along(mirrored.value < worst.value ? 0.5 : -0.5);
      if (next.value >= Math.min(mirrored.value, worst.value)) {
        const shrunk = corners.map(({ at }) => valued(at.map((x, i) => (x + best.at[i]!) / 2)));
        corners.splice(0, corners.length, ...shrunk.sort(byValue));
        continue;
      }
    }
    corners[corners.length - 1] = next;
    corners.sort(byValue);
  }
  return corners[0]!;
}
