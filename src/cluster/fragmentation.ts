import type { Amount } from '../base/amounts.ts';
import type { TaskMix } from './task-mix.ts';

/** What a node has left. */
export interface NodeRoom {
  /** What each device has free. */
  readonly devices: Float64Array;
  /** What is free of each other resource. */
  readonly rest: Float64Array;
}

/**
 * Gives how much of a node's idle devices the tasks of a mix cannot use, summed over the mix: the mean is this by `mix.of`.
 *
 * To a kind that cannot run on the node now, or that needs no device, all that is idle is a fragment; to any other, what is
 * idle on devices that have less than it takes of one.
 *
 * @param mayRun by kind, whether the node satisfies its constraint.
 * @see Weng et al., Beware of Fragmentation, USENIX ATC 2023, section 4.1
 */
export function fragmentOf(mix: TaskMix, { devices, rest }: NodeRoom, mayRun: ArrayLike<number>): Amount {
  let idle = 0;
  for (let d = 0; d < devices.length; d++) idle += devices[d]!;
  if (idle === 0) return 0;
  let sum = 0;
  for (let kind = 0; kind < mix.kinds; kind++) {
    sum +=
      mix.count[kind]! * (mayRun[kind]! > 0 && hasRest(mix, kind, rest) ? unusable(mix, kind, devices, idle) : idle);
  }
  return sum;
}

/** Whether a node has what a kind needs beside devices. */
export function hasRest({ width, rest }: TaskMix, kind: number, free: Float64Array): boolean {
  for (let r = 0; r < width; r++) if (rest[kind * width + r]! > free[r]!) return false;
  return true;
}

/** What a kind that the rest of the node has room for cannot use. */
function unusable(mix: TaskMix, kind: number, devices: Float64Array, idle: Amount): Amount {
  const each = mix.each[kind]!;
  let missing = mix.devices[kind]!;
  if (missing === 0) return idle;
  let short = 0;
  for (let d = 0; d < devices.length; d++) {
    if (devices[d]! < each) short += devices[d]!;
    else missing--;
  }
  return missing > 0 ? idle : short;
}

/** Gives what is idle on devices that have less than `each`. */
export function idleBelow(devices: Float64Array, each: Amount): Amount {
  return devices.reduce((sum, free) => (free < each ? sum + free : sum), 0);
}
