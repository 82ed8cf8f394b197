import { type Division, divide, type User } from './progressive-filling.ts';

/**
 * Divides pooled capacity so that the sums of shares over all resources, each over its weight, are as equal as bounds
 * allow.
 *
 * Kept for comparison: a user may get less than an equal split of the cluster would give it.
 *
 * @throws RangeError as progressiveFilling does.
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011, sections 5.1 and 6.1.1
 */
export function assetFairness(capacity: readonly number[], users: readonly User[]): Division {
  return divide(capacity, users, (demand) => {
    let sum = 0;
    for (let r = 0; r < capacity.length; r++) if (capacity[r]! > 0) sum += demand[r]! / capacity[r]!;
    return sum;
  });
}
