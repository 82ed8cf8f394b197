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
  /** By leading bits: where their values go, beginning with 1, among those near a rank; 0 for bits that no rank has. */
  const places = new Int32Array(counts.length);
  const bitsOf = new Int32Array(ranks.length);
  const beforeOf = new Int32Array(ranks.length);
  let bits = 0;
  let before = 0;
  let length = 0;
  for (const [i, rank] of ranks.entries()) {
    for (; before + counts[bits]! <= rank; bits++) before += counts[bits]!;
    bitsOf[i] = bits;
    beforeOf[i] = before;
    if (places[bits] !== 0) continue;
    places[bits] = length + 1;
    length += counts[bits]!;
  }
  const near = gather(words, places, length);
  return ranks.map((rank, i) => {
    const end = places[bitsOf[i]!]! - 1;
    const start = end - counts[bitsOf[i]!]!;
    return select(near, start + rank - beforeOf[i]!, start, end - 1);
  });
}

function countLeadingBits(words: Uint32Array): Int32Array {
  const counts = new Int32Array(1 << (31 - SHIFT));
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const bits = words[i]! >>> SHIFT;
    counts[bits] = counts[bits]! + 1;
  }
  return counts;
}

/**
 * Gives the values whose leading bits have a place, each at that place; moves places behind them.
 *
 * It copies words: while this has not been compiled, each double that it touches would be an object.
 */
function gather(words: Uint32Array, places: Int32Array, length: number): Float64Array<ArrayBuffer> {
  const near = new Uint32Array(2 * length);
  for (let i = 0; i < words.length; i += 2) {
    const bits = words[i + HIGH_WORD]! >>> SHIFT;
    const place = places[bits]!;
    if (place === 0) continue;
    near[2 * place - 2] = words[i]!;
    near[2 * place - 1] = words[i + 1]!;
    places[bits] = place + 1;
  }
  return new Float64Array(near.buffer);
}
