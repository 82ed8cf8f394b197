const BARS = '▁▂▃▄▅▆▇█';

/** Draws numbers between 0 and `top` as a row of bars, one character each; a gap is a blank. */
export function sparkline(values: readonly (number | null)[], top: number): string {
  return values
    .map((value) => {
      if (value === null) return ' ';
      const step = top > 0 ? Math.floor((value / top) * BARS.length) : 0;
      return BARS[Math.max(0, Math.min(BARS.length - 1, step))];
    })
    .join('');
}
