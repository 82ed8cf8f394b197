import { type Time, toSeconds } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { Observer, RunEnd } from '../simulation/observer.ts';

/**
 * The spans of time that are reported.
 *
 * full: first submit to end; submission: first to last submit; steady: end of the warm-up to end.
 */
export type WindowName = 'full' | 'submission' | 'steady';

/** Keeps where the windows of a run begin and end. */
export class Windows implements Observer {
  /** The window of the values that stand at the top of a report. */
  readonly headline: 'full' | 'steady';
  readonly #warmup: Time;
  #warm = Number.NEGATIVE_INFINITY;
  #start = Number.NaN;
  #lastSubmit = Number.NaN;
  #end = Number.NaN;

  /** @param warmup length of the warm-up, counted from the first submit; zero where there is none. */
  constructor(warmup: Time) {
    this.#warmup = warmup;
    this.headline = warmup > 0 ? 'steady' : 'full';
  }

  /** When values begin to count; minus infinity without a warm-up, and until the first submit. */
  get warm(): Time {
    return this.#warm;
  }

  get names(): readonly WindowName[] {
    return this.headline === 'steady' ? ['full', 'submission', 'steady'] : ['full', 'submission'];
  }

  /** True once a job has been submitted. */
  get begun(): boolean {
    return !Number.isNaN(this.#start);
  }

  /** Says whether a job counts in the values of jobs: it is done, and was submitted after the warm-up. */
  counts(facts: FactLog, row: number): boolean {
    return facts.kind[row] === FactKind.jobEnded && facts.status[row] !== 'failed' && facts.submit[row]! >= this.warm;
  }

  readFacts({ count, kind, time }: FactLog): void {
    for (let row = 0; row < count; row++) if (kind[row] === FactKind.submitted) this.#submitted(time[row]!);
  }

  #submitted(time: Time): void {
    if (!this.begun) {
      this.#start = time;
      if (this.#warmup > 0) this.#warm = time + this.#warmup;
    }
    this.#lastSubmit = time;
  }

  onEnd(end: RunEnd): void {
    this.#end = end.end;
  }

  /** First instant of a window; NaN if no job was submitted. */
  start(window: WindowName): Time {
    return window === 'steady' ? this.#warm : this.#start;
  }

  /** Last instant of a window; NaN if no job was submitted. */
  end(window: WindowName): Time {
    if (window === 'submission') return this.#lastSubmit;
    return this.begun ? this.#end : Number.NaN;
  }

  /** Length in microseconds; zero where the window is empty or no job was submitted. */
  length(window: WindowName): Time {
    return this.begun ? Math.max(0, this.end(window) - this.start(window)) : 0;
  }

  /** Divides an amount gathered over a window by its length in seconds; null where the window is empty. */
  perSecond(amount: number, window: WindowName): number | null {
    const length = this.length(window);
    return length === 0 ? null : amount / toSeconds(length);
  }

  /** Gives the mean over a window from an integral over microseconds; null where the window is empty. */
  mean(integral: number, window: WindowName): number | null {
    const length = this.length(window);
    return length === 0 ? null : integral / length;
  }
}
