import { below, type Random } from '../../../base/random.ts';

/** Puts the nodes of a stage (1: guarantees, 2: fair shares) in an order that favours none. */
export type FairOrder = (nodes: { readonly name: string }[], stage: 1 | 2) => void;

/**
 * Puts things in uniform random order.
 *
 * Nodes that have nothing to give may be left out: the order of the others is as likely as before.
 *
 * @see Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm P
 */
export function shuffle<T>(things: T[], random: Random): void {
  for (let i = things.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    const thing = things[i]!;
    things[i] = things[j]!;
    things[j] = thing;
  }
}
