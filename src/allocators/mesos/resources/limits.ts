import type { Quantities } from './quantities.ts';

/**
 * Upper bounds in thousandths, one column a resource name; a column that is not there, or infinite, is no bound, while
 * 0 means nothing at all.
 */
export type Limits = number[];

/** Gives what the limits leave after `used`, as a new array; what would fall below zero is zero and stays a limit. */
export function limitsLess(limits: Limits, used: Quantities): Limits {
  const rest = limits.slice();
  const length = Math.min(rest.length, used.length);
  for (let i = 0; i < length; i++) rest[i] = Math.max(0, rest[i]! - used[i]!);
  return rest;
}

/** Gives what is kept of `a` under the limits, as a new array. */
export function withinLimits(a: Quantities, limits: Limits): Quantities {
  const kept = a.slice();
  const length = Math.min(a.length, limits.length);
  for (let i = 0; i < length; i++) kept[i] = Math.min(a[i]!, limits[i]!);
  return kept;
}

/** Says whether nothing is limited. */
export function isUnlimited(limits: Limits): boolean {
  return limits.every((limit) => limit === Number.POSITIVE_INFINITY);
}
