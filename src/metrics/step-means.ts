import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { Windows } from './windows.ts';

/**
 * Integrates many step functions of time, each only when it changes; the warm-up counts for nothing.
 *
 * Rows appear as they are set; a row never set is zero throughout. Integrals carry Neumaier's correction
 * (`base/sum.ts`) in a column of their own.
 */
export class StepMeans {
  readonly #windows: Windows;
  #value = new Float64Array(0);
  #since = new Float64Array(0);
  #sum = new Float64Array(0);
  #lost = new Float64Array(0);

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** The row's value is `value` from `time` on; times of one row never fall. */
  set(row: number, value: number, time: Time): void {
    if (row >= this.#value.length) this.#grow(row + 1);
    if (value === this.#value[row]) return;
    this.#settle(row, time);
    this.#value[row] = value;
  }

  /** Gives the integral of a row up to `time`, over microseconds. */
  integral(row: number, time: Time): number {
    if (row >= this.#value.length) return 0;
    this.#settle(row, time);
    return this.#sum[row]! + this.#lost[row]!;
  }

  #settle(row: number, time: Time): void {
    const since = Math.max(this.#since[row]!, this.#windows.warm);
    this.#since[row] = time;
    const value = this.#value[row]!;
    if (value === 0 || time <= since) return;
    const term = value * (time - since);
    const sum = this.#sum[row]!;
    const next = sum + term;
    this.#lost[row] = this.#lost[row]! + (Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum);
    this.#sum[row] = next;
  }

  #grow(length: number): void {
    this.#value = grown(this.#value, length);
    this.#since = grown(this.#since, length);
    this.#sum = grown(this.#sum, length);
    this.#lost = grown(this.#lost, length);
  }
}
