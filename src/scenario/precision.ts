/** Gives how many steps of `precision` make one unit; null where that is no whole number. */
export function scaleOf(precision: number): number | null {
  const scale = Math.round(1 / precision);
  return scale >= 1 && Number.isSafeInteger(scale) && 1 / scale === precision ? scale : null;
}
