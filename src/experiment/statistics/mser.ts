/** Values that are taken together before a cut is looked for. */
export const MSER_BATCH = 5;

/** Fewer batches than this tell nothing. */
const FEWEST = 10;

/** How much of the beginning of a series should be left out. */
export interface WarmUp {
  /** How many batches to leave out. */
  readonly cut: number;
  readonly batches: number;
  /** False if the best cut lies in the second half: the series has not come to rest, or is too short to tell. */
  readonly settled: boolean;
}

/**
 * Finds the warm-up of a series by the marginal standard error rule: the cut after which the squared standard error of
 * the mean of what is left is least.
 *
 * @param means of consecutive batches of five values.
 * @see White, Cobb and Spratt, A comparison of five steady-state truncation heuristics for simulation, WSC 2000
 */
export function mser(means: readonly number[]): WarmUp {
  const batches = means.length;
  let cut = 0;
  let least = Number.POSITIVE_INFINITY;
  let mean = 0;
  let squares = 0;
  for (let i = batches - 1; i >= 0; i--) {
    const left = batches - i;
    const before = means[i]! - mean;
    mean += before / left;
    squares += before * (means[i]! - mean);
    // With fewer than five left, chance alone makes a small error.
    if (left < MSER_BATCH) continue;
    const error = squares / (left * left);
    if (error <= least) [least, cut] = [error, i];
  }
  return { cut, batches, settled: batches >= FEWEST && cut <= batches / 2 };
}
