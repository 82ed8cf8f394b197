/** How many demands are remembered; more would cost more to compare than a search. */
const MOST = 16;

/**
 * Remembers demands that found no node while nothing has come back: what asks for no less fails too.
 *
 * A demand without a constraint (row 0) speaks for every constraint, one with a constraint for its own alone.
 */
export class PlacementIndexFailures {
  readonly #resources: number;
  readonly #needs: Float64Array;
  readonly #constraints = new Int32Array(MOST);
  #count = 0;
  #next = 0;
  #epoch = -1;

  constructor(resources: number) {
    this.#resources = resources;
    this.#needs = new Float64Array(MOST * resources);
  }

  /** Says whether a search is known to fail; `epoch` is a number that moves when something comes back. */
  covers(need: Float64Array, constraint: number, epoch: number): boolean {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#count = this.#next = 0;
      return false;
    }
    const resources = this.#resources;
    for (let i = 0; i < this.#count; i++) {
      const known = this.#constraints[i]!;
      if (known !== 0 && known !== constraint) continue;
      let r = 0;
      while (r < resources && need[r]! >= this.#needs[i * resources + r]!) r++;
      if (r === resources) return true;
    }
    return false;
  }

  /** Remembers a search that failed at the epoch last asked about; the oldest gives way. */
  add(need: Float64Array, constraint: number): void {
    this.#needs.set(need, this.#next * this.#resources);
    this.#constraints[this.#next] = constraint;
    this.#next = this.#next + 1 === MOST ? 0 : this.#next + 1;
    if (this.#count < MOST) this.#count++;
  }
}
