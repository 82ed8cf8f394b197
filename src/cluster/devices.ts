import type { Amount } from '../base/amounts.ts';

/**
 * Chooses among the devices first to end - 1 for a demand: whole devices are the first idle ones; a share goes to the
 * device with the least left that still has it, the first of equals.
 *
 * @returns the rows of the devices, or null when they cannot serve the demand.
 */
export function chooseDevices(
  free: Float64Array,
  first: number,
  end: number,
  demand: Amount,
  whole: Amount,
): readonly number[] | null {
  if (demand < whole) {
    let best = -1;
    for (let d = first; d < end; d++) {
      if (free[d]! >= demand && (best < 0 || free[d]! < free[best]!)) best = d;
    }
    return best < 0 ? null : [best];
  }
  const chosen: number[] = [];
  for (let d = first; d < end && chosen.length * whole < demand; d++) if (free[d] === whole) chosen.push(d);
  return chosen.length * whole < demand ? null : chosen;
}

/** Says whether the devices first to end - 1 can serve a demand now; see {@link chooseDevices}. */
export function devicesFit(free: Float64Array, first: number, end: number, demand: Amount, whole: Amount): boolean {
  let missing = demand < whole ? 1 : demand / whole;
  const least = Math.min(demand, whole);
  for (let d = first; d < end && missing > 0; d++) if (free[d]! >= least) missing--;
  return missing <= 0;
}
