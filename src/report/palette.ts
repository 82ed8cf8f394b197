/**
 * Colours of series on white: those of Okabe and Ito, which the colour-blind can tell apart, in an order in which
 * neighbours also differ in grey; the last one is for all others together.
 *
 * @see Okabe and Ito, Color Universal Design (2008)
 */
export const LIGHT = ['#0072b2', '#d55e00', '#009e73', '#a3447f', '#e69f00', '#56b4e9', '#5b3a00', '#767676'] as const;

/** The same series on black. */
export const DARK = ['#5cb4f0', '#ff9350', '#2fd3a5', '#e79cc8', '#f5c24b', '#a8dcff', '#d0b48c', '#a0a0a0'] as const;

/** Dashes of lines, so that they are told apart in print; in pixels, empty for a whole line. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 2],
  [12, 3],
  [1, 3],
  [5, 5],
];

/** Gives the colour of the series at this position; beyond the last one they are all alike. */
export function slotOf(position: number): number {
  return Math.min(position, LIGHT.length - 1);
}
