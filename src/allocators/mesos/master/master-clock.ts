import { NEVER, type Time } from '../../../base/time.ts';
import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: Time;
  readonly sequence: number;
  readonly action: () => void;
}

/** What may be put off for as long as nothing happens, by whole multiples of its interval. */
interface IdleTimer {
  readonly at: Time;
  readonly every: Time;
  readonly action: () => void;
}

/**
 * The timers of a master: what is due at one instant happens in the order in which it was scheduled.
 *
 * A binary heap over (time, sequence). A batch that would find nothing to offer does not wake anybody: it waits for the
 * next touch, and then happens when it would have happened.
 */
export class MasterClock implements Clock {
  now: Time = 0;
  #timers: Timer[] = [];
  #idle: IdleTimer | null = null;
  #sequence = 0;

  /** When something is due next that must not be put off; infinity for nothing. */
  get next(): Time {
    return this.#timers[0]?.at ?? NEVER;
  }

  /** @param every if given, the action may be put off by multiples of it until the next {@link touch}. */
  schedule(at: Time, action: () => void, every?: Time): void {
    if (every !== undefined && this.#idle === null) this.#idle = { at, every, action };
    else this.#push({ at, sequence: this.#sequence++, action });
  }

  /** Something has happened that a batch could see: it is no longer put off. */
  touch(): void {
    if (this.#idle === null) return;
    const { at, every, action } = this.#idle;
    this.#idle = null;
    const missed = Math.max(0, Math.ceil((this.now - at) / every));
    this.#push({ at: at + missed * every, sequence: this.#sequence++, action });
  }

  /** Does what is due by now, and what that makes due by now. */
  advance(): void {
    while (this.next <= this.now) {
      // Whatever happens may leave the next batch something to offer.
      this.touch();
      this.#pop().action();
    }
  }

  /** Gives a clock of the same time whose timers can be dropped together. */
  branch(): Branch {
    return new Branch(this);
  }

  #push(timer: Timer): void {
    const timers = this.#timers;
    let row = timers.push(timer) - 1;
    while (row > 0) {
      const parent = (row - 1) >> 1;
      if (!goesBefore(timer, timers[parent]!)) break;
      timers[row] = timers[parent]!;
      row = parent;
    }
    timers[row] = timer;
  }

  #pop(): Timer {
    const timers = this.#timers;
    const first = timers[0]!;
    const last = timers.pop()!;
    if (timers.length === 0) return first;
    let row = 0;
    for (;;) {
      let child = 2 * row + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && goesBefore(timers[child + 1]!, timers[child]!)) child++;
      if (goesBefore(last, timers[child]!)) break;
      timers[row] = timers[child]!;
      row = child;
    }
    timers[row] = last;
    return first;
  }
}

/** A clock whose timers end with it. */
class Branch implements Clock {
  readonly #trunk: MasterClock;
  #isOpen = true;

  constructor(trunk: MasterClock) {
    this.#trunk = trunk;
  }

  get now(): Time {
    return this.#trunk.now;
  }

  schedule(at: Time, action: () => void, every?: Time): void {
    this.#trunk.schedule(at, () => this.#isOpen && action(), every);
  }

  close(): void {
    this.#isOpen = false;
  }
}

function goesBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
