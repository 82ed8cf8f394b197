import { grown } from '../base/grow.ts';
import { NONE } from '../base/ids.ts';

/** Says whether entry `a` goes before entry `b` when their keys are equal. */
export type TieRule = (a: number, b: number) => boolean;

/**
 * Finds the entry with the least key while keys change one at a time.
 *
 * A complete binary tree whose inner nodes hold the winner of the two below; an entry with an infinite key does not
 * take part. Setting a key costs O(log n), asking for the least O(1). Entries are 0, 1, 2, … and are only added.
 */
export class Tournament {
  #size = 1;
  #key = new Float64Array(1).fill(Number.POSITIVE_INFINITY);
  /** Winner below each inner node; row 1 is the root, the leaves begin at row `size`. */
  #winner = new Int32Array(2).fill(NONE);
  readonly #before: TieRule;

  /** Equal keys go by `before`; without it the lower entry wins. */
  constructor(before: TieRule = (a, b) => a < b) {
    this.#before = before;
  }

  key(entry: number): number {
    return entry < this.#size ? this.#key[entry]! : Number.POSITIVE_INFINITY;
  }

  set(entry: number, key: number): void {
    if (entry >= this.#size) this.#grow(entry + 1);
    if (this.#key[entry] === key) return;
    this.#key[entry] = key;
    this.#replay(entry);
  }

  /** Has the entry play again though its key is the same: what decides its ties has changed. */
  replay(entry: number): void {
    if (entry < this.#size) this.#replay(entry);
  }

  /** The entry with the least finite key, or -1. */
  least(): number {
    const winner = this.#winner[1]!;
    return winner !== NONE && this.#key[winner]! < Number.POSITIVE_INFINITY ? winner : NONE;
  }

  #replay(entry: number): void {
    for (let row = (this.#size + entry) >> 1; row >= 1; row >>= 1) this.#winner[row] = this.#play(row);
    if (this.#size === 1) this.#winner[1] = 0;
  }

  #play(row: number): number {
    const a = this.#contender(2 * row);
    const b = this.#contender(2 * row + 1);
    const keyA = this.#key[a]!;
    const keyB = this.#key[b]!;
    if (keyA !== keyB) return keyA < keyB ? a : b;
    return this.#before(b, a) ? b : a;
  }

  #contender(row: number): number {
    return row >= this.#size ? row - this.#size : this.#winner[row]!;
  }

  #grow(entries: number): void {
    const before = this.#size;
    while (this.#size < entries) this.#size *= 2;
    this.#key = grown(this.#key, this.#size);
    this.#key.fill(Number.POSITIVE_INFINITY, before);
    this.#winner = new Int32Array(this.#size).fill(NONE);
    for (let row = this.#size - 1; row >= 1; row--) this.#winner[row] = this.#play(row);
  }
}
