import type { Time } from '../base/time.ts';
import type { WindowName, Windows } from './windows.ts';

/** Fields of one column, side by side; what rounding took from an integral stands behind it. */
const VALUE = 0;
const SINCE = 1;
const FULL = 2;
const FULL_LOST = 3;
const STEADY = 4;
const STEADY_LOST = 5;
const SUBMISSION = 6;
const STRIDE = 7;

/**
 * Integrates step functions of time over each window of a run, each only when it changes; values times microseconds.
 *
 * Columns begin as zero. Integrals carry Neumaier's correction (`base/sum.ts`).
 */
export class WindowIntegrals {
  readonly #windows: Windows;
  readonly #columns: Float64Array;
  /** The last submission. */
  #submitted: Time = Number.NEGATIVE_INFINITY;

  constructor(windows: Windows, columns: number) {
    this.#windows = windows;
    this.#columns = new Float64Array(columns * STRIDE);
  }

  /** A job was submitted; before anything is set at that time. */
  markSubmission(time: Time): void {
    this.#submitted = time;
  }

  /** The column's value is `value` from `time` on; times never fall. */
  set(column: number, value: number, time: Time): void {
    const at = column * STRIDE;
    if (value === this.#columns[at + VALUE]) return;
    this.#settle(at, time);
    this.#columns[at + VALUE] = value;
  }

  /** Gives the integral of a column over a window, after the end of the run. */
  value(column: number, window: WindowName): number {
    const at = column * STRIDE;
    const columns = this.#columns;
    this.#settle(at, this.#windows.end('full'));
    if (window === 'submission') return columns[at + SUBMISSION]!;
    return window === 'full'
      ? columns[at + FULL]! + columns[at + FULL_LOST]!
      : columns[at + STEADY]! + columns[at + STEADY_LOST]!;
  }

  #settle(at: number, time: Time): void {
    const columns = this.#columns;
    const value = columns[at + VALUE]!;
    const since = columns[at + SINCE]!;
    if (this.#submitted > since) {
      columns[at + SUBMISSION] = columns[at + FULL]! + columns[at + FULL_LOST]! + value * (this.#submitted - since);
    }
    columns[at + SINCE] = time;
    if (value === 0) return;
    add(columns, at + FULL, value * (time - since));
    const { warm, headline } = this.#windows;
    if (headline === 'steady' && time > warm) add(columns, at + STEADY, value * (time - Math.max(since, warm)));
  }
}

function add(columns: Float64Array, at: number, term: number): void {
  const sum = columns[at]!;
  const next = sum + term;
  columns[at] = next;
  columns[at + 1] = columns[at + 1]! + (Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum);
}
