import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { WindowName, Windows } from './windows.ts';

/** Integrates one step function of time over each window of a run; values times microseconds. */
export class WindowIntegral {
  readonly #windows: Windows;
  readonly #full = new Sum();
  readonly #steady = new Sum();
  #submission = 0;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** Takes the value that held from `before` to `now`. */
  add(before: Time, now: Time, value: number): void {
    this.#full.add(value * (now - before));
    const { warm, headline } = this.#windows;
    if (headline === 'steady' && now > warm) this.#steady.add(value * (now - Math.max(before, warm)));
  }

  /** A job was submitted now: keeps the integral as it stands, in case it was the last. */
  markSubmission(): void {
    this.#submission = this.#full.value;
  }

  value(window: WindowName): number {
    if (window === 'submission') return this.#submission;
    return window === 'full' ? this.#full.value : this.#steady.value;
  }
}
