import alea from 'seedrandom/lib/alea.js';

/** A stream of numbers in [0, 1), 53 bits each. */
export type Random = () => number;

/**
 * Opens the stream of chance that belongs to one purpose of one run.
 *
 * Streams are named, so that two allocators see the same world (common random numbers) and a new draw in one place
 * moves nothing elsewhere.
 */
export function openStream(seed: string, name: string): Random {
  return alea(`${seed}/${name}`).double;
}

/** Gives a whole number in [0, count), each equally likely. */
export function below(random: Random, count: number): number {
  return Math.floor(random() * count);
}
