import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { WindowName, Windows } from './windows.ts';

/** Integrates one step function of time over each window of a run, only when it changes; values times microseconds. */
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

  /** From `time` on the function has this value; times never fall. It is zero before the first call. */
  set(value: number, time: Time): void {
    if (value === this.#value) return;
    this.#settle(time);
    this.#value = value;
  }

  /** A job was submitted: until now reaches the submission window, if this was the last. */
  markSubmission(time: Time): void {
    this.#marked = time;
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
