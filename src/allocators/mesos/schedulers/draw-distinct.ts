import { below, type Random } from '../../../base/random.ts';

/**
 * Draws `count` distinct whole numbers from [0, among), every set equally likely, with one draw each.
 *
 * @see Bentley and Floyd, A sample of brilliance, CACM 30(9), 1987
 */
export function drawDistinct(random: Random, count: number, among: number): number[] {
  const drawn: number[] = [];
  for (let last = Math.max(0, among - count); last < among; last++) {
    const number = below(random, last + 1);
    drawn.push(drawn.includes(number) ? last : number);
  }
  return drawn;
}
