import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import type { Windows } from './windows.ts';

/** The longest spell of each row; the warm-up counts for nothing. */
export class Spells {
  count = 0;
  readonly #windows: Windows;
  /** NaN outside of a spell. */
  #since = new Float64Array(0);
  #longest = new Float64Array(0);

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** From `time` on the row is in a spell, or not. */
  set(row: number, within: boolean, time: Time): void {
    if (row >= this.count) this.#grow(row);
    const was = !Number.isNaN(this.#since[row]);
    if (within === was) return;
    if (was) this.#end(row, time);
    else this.#since[row] = Math.max(time, this.#windows.warm);
  }

  /** Ends all spells. */
  close(time: Time): void {
    for (let row = 0; row < this.count; row++) if (!Number.isNaN(this.#since[row])) this.#end(row, time);
  }

  longest(row: number): Time {
    return row < this.count ? this.#longest[row]! : 0;
  }

  #end(row: number, time: Time): void {
    this.#longest[row] = Math.max(this.#longest[row]!, time - this.#since[row]!);
    this.#since[row] = Number.NaN;
  }

  #grow(row: number): void {
    this.#since = grown(this.#since, row + 1);
    this.#longest = grown(this.#longest, this.#since.length);
    this.#since.fill(Number.NaN, this.count, row + 1);
    this.count = row + 1;
  }
}
