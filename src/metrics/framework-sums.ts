import { grown } from '../base/grow.ts';
import type { FrameworkId } from '../base/ids.ts';

/** A sum for each framework, and for all; -1 counts for all alone. */
export class FrameworkSums {
  total = 0;
  #sums = new Float64Array(0);

  add(framework: FrameworkId, amount: number): void {
    this.total += amount;
    if (framework < 0) return;
    if (framework >= this.#sums.length) this.#sums = grown(this.#sums, framework + 1);
    this.#sums[framework] = this.#sums[framework]! + amount;
  }

  of(framework: FrameworkId): number {
    return this.#sums[framework] ?? 0;
  }
}
