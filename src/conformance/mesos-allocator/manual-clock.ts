import type { Clock } from '../../allocators/mesos/clock.ts';
import type { Time } from '../../base/time.ts';

interface Entry {
  readonly at: Time;
  readonly action: () => void;
}

/** A clock that is moved by hand: first due, first done; of one instant first scheduled. */
export class ManualClock implements Clock {
  #now: Time = 0;
  /** In order of time, then of scheduling. */
  readonly #entries: Entry[] = [];

  get now(): Time {
    return this.#now;
  }

  schedule(at: Time, action: () => void): void {
    let i = this.#entries.length;
    while (i > 0 && this.#entries[i - 1]!.at > at) i--;
    this.#entries.splice(i, 0, { at, action });
  }

  /** How many actions are due now. */
  get pending(): number {
    return this.#entries.filter(({ at }) => at <= this.#now).length;
  }

  /** Does all that is due now, and what that makes due. */
  settle(): void {
    this.#runUntil(this.#now);
  }

  /** Does all that is due, then moves on and does what falls due on the way. */
  advance(by: Time): void {
    this.#runUntil(this.#now + by);
  }

  #runUntil(end: Time): void {
    while (this.#entries.length > 0 && this.#entries[0]!.at <= end) {
      const { at, action } = this.#entries.shift()!;
      this.#now = Math.max(this.#now, at);
      action();
    }
    this.#now = end;
  }
}
