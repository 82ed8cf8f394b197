import type { Random } from '../../../base/random.ts';

/**
 * Gives the numbers of the weights in random order without replacement: next is each with the probability of its weight
 * among those left.
 *
 * Sorting by u^(1/w) downwards is sorting by log(u)/w downwards, which needs no power.
 *
 * @see Efraimidis and Spirakis, Weighted random sampling with a reservoir, Information Processing Letters 97(5), 2006
 */
export function weightedShuffle(weights: ArrayLike<number>, random: Random): number[] {
  const keys = new Float64Array(weights.length);
  const order: number[] = [];
  for (let i = 0; i < weights.length; i++) {
    keys[i] = Math.log(random()) / weights[i]!;
    order.push(i);
  }
  return order.sort((a, b) => (keys[a]! > keys[b]! ? -1 : keys[a]! < keys[b]! ? 1 : a - b));
}
