import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { Windows } from './windows.ts';

/** Fields of one row, side by side: its value, since when, the integral until then, and what rounding took from it. */
const VALUE = 0;
const SINCE = 1;
const INTEGRAL = 2;
const LOST = 3;
const STRIDE = 4;

/**
 * Integrates many step functions of time, each only when it changes; the warm-up counts for nothing.
 *
 * Rows appear as they are set; a row never set is zero throughout. Integrals carry Neumaier's correction
 * (`base/sum.ts`).
 */
export class StepMeans {
  readonly #windows: Windows;
  #rows = new Float64Array(0);

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** The row's value is `value` from `time` on; times of one row never fall. */
  set(row: number, value: number, time: Time): void {
    const at = row * STRIDE;
    if (at >= this.#rows.length) this.#rows = grown(this.#rows, at + STRIDE);
    if (value === this.#rows[at + VALUE]) return;
    this.#settle(at, time);
    this.#rows[at + VALUE] = value;
  }

  /** Gives the integral of a row up to `time`, over microseconds. */
  integral(row: number, time: Time): number {
    const at = row * STRIDE;
    if (at >= this.#rows.length) return 0;
    this.#settle(at, time);
    return this.#rows[at + INTEGRAL]! + this.#rows[at + LOST]!;
  }

  #settle(at: number, time: Time): void {
    const rows = this.#rows;
    const since = Math.max(rows[at + SINCE]!, this.#windows.warm);
    rows[at + SINCE] = time;
    const value = rows[at + VALUE]!;
    if (value === 0 || time <= since) return;
    const term = value * (time - since);
    const sum = rows[at + INTEGRAL]!;
    const next = sum + term;
    rows[at + INTEGRAL] = next;
    rows[at + LOST] = rows[at + LOST]! + (Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum);
  }
}
