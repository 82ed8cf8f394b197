import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { IntervalLog } from './interval-log.ts';
import type { WindowName, Windows } from './windows.ts';

/**
 * Integrates one column of the intervals over each window of a run; values times microseconds.
 *
 * It is integrated only where it changes.
 */
export class WindowIntegral {
  readonly #windows: Windows;
  readonly #full = new Sum();
  readonly #steady = new Sum();
  #submission = 0;
  #value = 0;
  #since: Time = 0;
  /** The last submission since the value changed; NaN for none. */
  #marked = Number.NaN;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** Reads the intervals of a block from a column of it: entries `offset`, `offset + stride`, … */
  read(log: IntervalLog, column: Float64Array, offset = 0, stride = 1): void {
    for (let row = 0; row < log.count; row++) {
      const since = log.since[row]!;
      if (log.submitted[row] === 1) this.#marked = since;
      const value = column[row * stride + offset]!;
      if (value === this.#value) continue;
      this.#settle(since);
      this.#value = value;
    }
  }

  /** Gives the integral over a window, after the end of the run. */
  value(window: WindowName): number {
    this.#settle(this.#windows.end('full'));
    if (window === 'submission') return this.#submission;
    return window === 'full' ? this.#full.value : this.#steady.value;
  }

  #settle(time: Time): void {
    const value = this.#value;
    const since = this.#since;
    if (this.#marked >= since) this.#submission = this.#full.value + value * (this.#marked - since);
    this.#marked = Number.NaN;
    this.#since = time;
    if (value === 0) return;
    this.#full.add(value * (time - since));
    const { warm, headline } = this.#windows;
    if (headline === 'steady' && time > warm) this.#steady.add(value * (time - Math.max(since, warm)));
  }
}
