import { NONE } from '../base/ids.ts';

/** Says whether entry `a` goes before entry `b` when their keys are equal. */
export type TieRule = (a: number, b: number) => boolean;

/**
 * Finds the entry with the least key while keys change one at a time.
 *
 * A complete binary tree of rows; each has the winner below it and the winner's key, side by side with the row it is
 * matched against. An entry with an infinite key does not take part. Setting a key costs O(log n), asking for the
 * least O(1). Entries are 0, 1, 2, … and are only added.
 */
export class Tournament {
  #size = 1;
  /** Row 1 is the root, the children of row i are 2i and 2i + 1, the entries begin at row `size`. */
  #key = new Float64Array(2).fill(Number.POSITIVE_INFINITY);
  #winner = new Int32Array(2);
  readonly #before: TieRule | undefined;

  /** Equal keys go by `before`; without it the lower entry wins. */
  constructor(before?: TieRule) {
    this.#before = before;
  }

  /** Gives false where the entry had that key before. */
  set(entry: number, key: number): boolean {
    if (entry >= this.#size) this.#grow(entry + 1);
    const row = this.#size + entry;
    if (this.#key[row] === key) return false;
    this.#key[row] = key;
    if (this.#before === undefined) this.#climb(row);
    else this.#climbByRule(row, this.#before);
    return true;
  }

  /** Has the entry play again though its key is the same: what decides its ties has changed. */
  replay(entry: number): void {
    if (entry < this.#size && this.#before !== undefined) this.#climbByRule(this.#size + entry, this.#before);
  }

  /** The entry with the least finite key, or -1. */
  least(): number {
    return this.#key[1]! < Number.POSITIVE_INFINITY ? this.#winner[1]! : NONE;
  }

  /** The least key; Infinity where nobody takes part. */
  get leastKey(): number {
    return this.#key[1]!;
  }

  /** The least key but for that of the winner; Infinity where nobody else takes part. O(log n). */
  get runnerUpKey(): number {
    let key = Number.POSITIVE_INFINITY;
    for (let row = this.#size + this.#winner[1]!; row > 1; row >>= 1) key = Math.min(key, this.#key[row ^ 1]!);
    return key;
  }

  #climb(start: number): void {
    const keys = this.#key;
    const winners = this.#winner;
    let key = keys[start]!;
    let winner = winners[start]!;
    for (let row = start; row > 1; ) {
      const other = row ^ 1;
      const otherKey = keys[other]!;
      if (otherKey < key || (otherKey === key && other < row)) {
        key = otherKey;
        winner = winners[other]!;
      }
      row >>= 1;
      keys[row] = key;
      winners[row] = winner;
    }
  }

  #climbByRule(start: number, before: TieRule): void {
    for (let row = start; row > 1; ) {
      row >>= 1;
      this.#play(row, before);
    }
  }

  #play(row: number, before: TieRule): void {
    const left = 2 * row;
    const keyA = this.#key[left]!;
    const keyB = this.#key[left + 1]!;
    const isRight = keyA === keyB ? before(this.#winner[left + 1]!, this.#winner[left]!) : keyB < keyA;
    this.#key[row] = isRight ? keyB : keyA;
    this.#winner[row] = this.#winner[isRight ? left + 1 : left]!;
  }

  #grow(entries: number): void {
    const before = this.#size;
    const keys = this.#key;
    while (this.#size < entries) this.#size *= 2;
    this.#key = new Float64Array(2 * this.#size).fill(Number.POSITIVE_INFINITY);
    this.#key.set(keys.subarray(before, 2 * before), this.#size);
    this.#winner = new Int32Array(2 * this.#size);
    for (let entry = 0; entry < this.#size; entry++) this.#winner[this.#size + entry] = entry;
    const rule = this.#before ?? ((a, b) => a < b);
    for (let row = this.#size - 1; row >= 1; row--) this.#play(row, rule);
  }
}
