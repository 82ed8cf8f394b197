import type { Time } from '../../base/time.ts';
import { JobFlag } from '../job-batch.ts';
import { TraceBatch } from '../trace-batch.ts';
import { type SourceAccount, tally, type WorkloadContext } from '../workload-source.ts';
import type { TraceOptions } from './reader.ts';

/** Later is no time of a trace: 2^52 microseconds, half of what stays exact, so that a submit and a run can be added. */
const LATEST: Time = 4_503_599_627_370_496;

/** Tasks of the widest gang that is built: 2^24, more than any machine has processors. */
const WIDEST_GANG = 16_777_216;

/** Applies the rules that all trace formats share, keeps the account, and collects the jobs that pass. */
export class Admission {
  batch: TraceBatch;
  readonly #options: TraceOptions;
  readonly #context: WorkloadContext;
  readonly #account: SourceAccount;

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#options = options;
    this.#context = context;
    this.#account = account;
    this.batch = new TraceBatch(context.resources.length);
  }

  /** Counts a record that is left out. */
  skip(reason: string): void {
    tally(this.#account.skipped, reason);
  }

  /** Gives the reason why a record is left out, or null; `width` counts tasks or processors. */
  refusal(submit: Time, run: Time, width: number): string | null {
    if (submit < 0) return 'negative submit';
    if (run < 0) return 'unknown run time';
    if (run === 0 && this.#options.zeroRunTime === 'skip') return 'zero run time';
    if (width <= 0) return 'no processors';
    if (submit > LATEST || run > LATEST) return 'out of range';
    if (width > WIDEST_GANG && this.#options.as === 'gang') return 'too many tasks';
    return null;
  }

  /**
   * Adds a job that was not refused; the caller fills the demand of its one task row.
   *
   * @param estimate microseconds; NaN or up to 0 where there is none.
   * @param width how many tasks the task row stands for.
   * @returns the position of the row's first demand.
   */
  add(name: string | number, framework: number, submit: Time, run: Time, estimate: Time, width: number, line: number) {
    const { batch } = this;
    const { notes } = this.#account;
    const job = batch.addJob(name, framework, submit, this.#context.source);
    let ends = run;
    if (estimate > 0) {
      let guess = Math.min(estimate, LATEST);
      if (guess < estimate) tally(notes, 'estimate capped');
      if (guess < run) {
        if (this.#options.pastEstimate === 'kill') {
          ends = guess;
          batch.flags[job] = JobFlag.killed;
          tally(notes, 'run time cut at the estimate');
        } else if (this.#options.pastEstimate === 'extend') {
          guess = run;
          tally(notes, 'estimate raised to the run time');
        }
      }
      batch.estimate[job] = guess;
    } else {
      tally(notes, 'estimate missing, run time taken');
    }
    batch.describe(line, width);
    return batch.addTask(ends) * batch.resources;
  }

  /** Notes that a demand was finer than its resource's step. */
  noteRounded(): void {
    tally(this.#account.notes, 'demand rounded up');
  }

  /** Gives the jobs collected so far, and begins anew. */
  take(): TraceBatch {
    const full = this.batch;
    this.batch = new TraceBatch(full.resources);
    return full;
  }
}
