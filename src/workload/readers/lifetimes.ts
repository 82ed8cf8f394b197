import { grown } from '../../base/grow.ts';
import type { Time } from '../../base/time.ts';

/** Kinds of events, as the Google cluster data number them. */
export const LifeEvent = {
  submit: 0,
  schedule: 1,
  evict: 2,
  fail: 3,
  finish: 4,
  kill: 5,
  lost: 6,
  updatePending: 7,
  updateRunning: 8,
} as const;

const NAMES = ['SUBMIT', 'SCHEDULE', 'EVICT', 'FAIL', 'FINISH', 'KILL', 'LOST'] as const;

/** How lives become run times. */
export interface LifeRules {
  /** What ends a life that is replayed: any last end, or FINISH alone. */
  readonly ends: 'any' | 'finish';
  /** `span`: from the first SCHEDULE to the last end; `running`: without the time between an end and the next SCHEDULE. */
  readonly runTime: 'span' | 'running';
}

/** What event logs tell of jobs or tasks, a row each: when they were submitted, ran, and came to an end. */
export class Lifetimes {
  count = 0;
  /** Events of each, of all kinds. */
  records = new Int32Array(0);
  /** First SUBMIT, first SCHEDULE and last end; NaN where there is none. */
  #submit = new Float64Array(0);
  #schedule = new Float64Array(0);
  #end = new Float64Array(0);
  #endKind = new Uint8Array(0);
  /** What it ran for up to its last end, and since when it runs; NaN where it does not. */
  #ran = new Float64Array(0);
  #since = new Float64Array(0);

  /** Begins a life and gives its row. */
  add(): number {
    const row = this.count++;
    if (row >= this.records.length) this.#grow(row + 1);
    this.#submit[row] = this.#schedule[row] = this.#end[row] = this.#since[row] = Number.NaN;
    return row;
  }

  #grow(length: number): void {
    this.records = grown(this.records, length);
    this.#submit = grown(this.#submit, length);
    this.#schedule = grown(this.#schedule, length);
    this.#end = grown(this.#end, length);
    this.#endKind = grown(this.#endKind, length);
    this.#ran = grown(this.#ran, length);
    this.#since = grown(this.#since, length);
  }

  /** Takes an event; where times are out of order, the earliest or latest counts. */
  take(row: number, kind: number, time: Time): void {
    this.records[row]!++;
    if (kind === LifeEvent.submit) {
      if (!(this.#submit[row]! <= time)) this.#submit[row] = time;
    } else if (kind === LifeEvent.schedule) {
      if (!(this.#schedule[row]! <= time)) this.#schedule[row] = time;
      if (Number.isNaN(this.#since[row]!)) this.#since[row] = time;
    } else if (kind <= LifeEvent.lost) {
      if (!(this.#end[row]! > time)) {
        this.#end[row] = time;
        this.#endKind[row] = kind;
      }
      const ran = time - this.#since[row]!;
      if (ran > 0) this.#ran[row]! += ran;
      this.#since[row] = Number.NaN;
    }
  }

  /** Time of the first SUBMIT; NaN where there is none. */
  submitOf(row: number): Time {
    return this.#submit[row]!;
  }

  /** Gives the reason why a life is not replayed, or null. */
  fault(row: number, { ends }: LifeRules): string | null {
    if (Number.isNaN(this.#submit[row]!)) return 'unknown submit';
    if (this.#submit[row]! <= 0) return 'submitted before the trace';
    if (Number.isNaN(this.#schedule[row]!)) return 'never scheduled';
    if (!(this.#end[row]! >= this.#schedule[row]!)) return 'no end';
    if (ends === 'finish' && this.#endKind[row] !== LifeEvent.finish) return `status ${NAMES[this.#endKind[row]!]}`;
    return null;
  }

  /** How long one ran that has no fault. */
  runOf(row: number, { runTime }: LifeRules): Time {
    return runTime === 'running' ? this.#ran[row]! : this.#end[row]! - this.#schedule[row]!;
  }
}
