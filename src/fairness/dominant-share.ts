/**
 * Gives the largest fraction of any resource's capacity that `amounts` hold; a resource of zero capacity counts for
 * nothing.
 *
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4.1
 */
export function dominantShare(amounts: ArrayLike<number>, capacity: ArrayLike<number>): number {
  let share = 0;
  for (let r = 0; r < capacity.length; r++) {
    if (capacity[r]! > 0) share = Math.max(share, amounts[r]! / capacity[r]!);
  }
  return share;
}
