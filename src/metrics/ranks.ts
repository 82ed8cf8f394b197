import { select } from './select.ts';

/** From so many values on, counting first is faster than partitioning. */
const MANY = 32_768;

/** Which 32-bit word of a double holds sign, exponent and the first digits. */
const HIGH_WORD = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/** Bits of that word that a count tells apart: all but the last 15, so 32 counts for each power of two. */
const SHIFT = 15;

/**
 * Gives the values of some ranks among `values[from..to-1]`, which are zero or more; their order may be lost.
 *
 * Of many values, counts by leading bits say between which neighbours a rank lies; only those are then partitioned.
 *
 * @param ranks whole numbers from 0, ascending.
 */
export function valuesOfRanks(values: Float64Array, from: number, to: number, ranks: readonly number[]): number[] {
  if (to - from >= MANY) return amongMany(values.subarray(from, to), ranks);
  let start = from;
  return ranks.map((rank) => {
    const at = from + rank;
    const value = select(values, at, start, to - 1);
    // What stands before is no larger, so the next search need not look at it again.
    start = at;
    return value;
  });
}

function amongMany(values: Float64Array, ranks: readonly number[]): number[] {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const counts = countLeadingBits(words);
  const found: number[] = [];
  let bits = 0;
  /** Values with fewer leading bits. */
  let before = 0;
  let near = new Float64Array(0);
  for (const rank of ranks) {
    for (; before + counts[bits]! <= rank; bits++) {
      before += counts[bits]!;
      near = new Float64Array(0);
    }
    if (near.length === 0) near = gather(values, words, bits, counts[bits]!);
    found.push(select(near, rank - before, 0, near.length - 1));
  }
  return found;
}

function countLeadingBits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(1 << (31 - SHIFT));
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const bits = words[i]! >>> SHIFT;
    counts[bits] = counts[bits]! + 1;
  }
  return counts;
}

/** Gives the values that begin with certain bits. */
function gather(values: Float64Array, words: Uint32Array, bits: number, count: number): Float64Array<ArrayBuffer> {
  const near = new Float64Array(count);
  let found = 0;
  for (let i = 0; i < values.length; i++) {
    if (words[2 * i + HIGH_WORD]! >>> SHIFT === bits) near[found++] = values[i]!;
  }
  return near;
}
