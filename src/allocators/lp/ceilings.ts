import type { Bound } from './plan-problem.ts';

/** Keeps whole tasks within what kinds of tasks together may have. */
export class Ceilings {
  readonly #bounds: readonly Bound[];
  readonly #left: number[];
  /** Owners that hold nothing. */
  readonly #spared: Set<number>;

  constructor(bounds: readonly Bound[]) {
    this.#bounds = bounds.filter(({ atMost }) => atMost < Number.POSITIVE_INFINITY);
    this.#left = this.#bounds.map(({ atMost }) => atMost);
    this.#spared = new Set(this.#bounds.filter(({ spares }) => spares).map(({ owner }) => owner));
  }

  /** Says whether so many tasks more of the kind are within every bound, or are the first of who holds nothing. */
  allows(task: number, count: number): boolean {
    for (let b = 0; b < this.#bounds.length; b++) {
      const { each: counts, owner, spares } = this.#bounds[b]!;
      const each = counts[task]!;
      // Shares are fractions: a bound that is met to the last bit but one is met.
      if (each > 0 && !(spares && this.#spared.has(owner)) && each * count > this.#left[b]! * (1 + 1e-12)) return false;
    }
    return true;
  }

  take(task: number, count: number): void {
    for (let b = 0; b < this.#bounds.length; b++) {
      const { each, owner } = this.#bounds[b]!;
      if (each[task] === 0) continue;
      this.#left[b] = this.#left[b]! - each[task]! * count;
      this.#spared.delete(owner);
    }
  }
}
