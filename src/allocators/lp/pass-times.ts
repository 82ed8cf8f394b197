import type { Time } from '../../base/time.ts';
import type { Decisions } from '../allocator.ts';

/** Says when a pass is due: at the next point of a grid, or so long after the first change since the last pass. */
export class PassTimes {
  readonly #interval: Time | null;
  readonly #debounce: Time;
  #since: Time | null = null;
  #wakes: Time = Number.NEGATIVE_INFINITY;

  constructor(interval: Time | null, debounce: Time) {
    this.#interval = interval;
    this.#debounce = debounce;
  }

  /** When the pass comes that is wanted and not yet due; null where none is. */
  get next(): Time | null {
    return this.#since === null ? null : this.#wakes;
  }

  /** Says whether a pass that is wanted is due now; has one come when it is, if it is not. */
  isDue(now: Time, decide: Decisions): boolean {
    this.#since ??= now;
    const due =
      this.#interval === null ? this.#since + this.#debounce : Math.ceil(now / this.#interval) * this.#interval;
    if (now >= due) {
      this.#since = null;
      return true;
    }
    if (this.#wakes !== due) decide.wakeAt(due);
    this.#wakes = due;
    return false;
  }
}
