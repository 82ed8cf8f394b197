import type { Time } from '../../base/time.ts';
import { JobFlag, WIDEST_JOB } from '../job-batch.ts';
import { TraceBatch } from '../trace-batch.ts';
import { type SourceAccount, tallyOdd, type WorkloadContext } from '../workload-source.ts';
import type { TraceOptions } from './reader.ts';

/** Later is no time of a trace: 2^52 microseconds, half of what stays exact, so that a submit and a run can be added. */
export const LATEST: Time = 4_503_599_627_370_496;

/**
 * Applies the rules that all trace formats share, keeps the account, and collects the jobs that pass.
 *
 * A parser writes what it reads to row `batch.jobs`, behind the last job; a row that is refused is filled again by the
 * next record. So times go from bytes to columns, and none is boxed on the way.
 */
export class Admission {
  batch: TraceBatch;
  readonly #options: TraceOptions;
  readonly #source: number;
  readonly #pool: TraceBatch[] = [];
  readonly #account: SourceAccount;
  /** Below the shortest run time that is replayed. */
  readonly #tooShort: Time;
  readonly #widest: number;

  constructor(options: TraceOptions, context: WorkloadContext, account: SourceAccount) {
    this.#options = options;
    this.#source = context.source;
    this.#account = account;
    this.#tooShort = options.zeroRunTime === 'skip' ? 0 : -1;
    this.#widest = options.as === 'pool' ? Number.POSITIVE_INFINITY : WIDEST_JOB;
    this.batch = new TraceBatch(context.resources.length, context.source, this.#pool);
  }

  /** Counts a record that is left out, or several; `line` is where it stands, 0 where that is not known. */
  skip(reason: string, line = 0, records = 1): void {
    tallyOdd(this.#account, 'skipped', reason, line, records);
  }

  /** Counts something that was done to the record behind the last job. */
  note(what: string): void {
    tallyOdd(this.#account, 'notes', what, this.batch.line[this.batch.jobs]!);
  }

  /** Gives the reason why a record of those times is left out, or null; `width` counts tasks or processors. */
  refusal(submit: Time, run: Time, width: number): string | null {
    const passes =
      submit >= 0 && submit <= LATEST && run > this.#tooShort && run <= LATEST && width > 0 && width <= this.#widest;
    return passes ? null : this.#refusal(submit, run, width);
  }

  #refusal(submit: Time, run: Time, width: number): string {
    if (submit < 0) return 'negative submit';
    if (run < 0) return 'unknown run time';
    if (run <= this.#tooShort) return 'zero run time';
    if (width <= 0) return 'no processors';
    if (submit > LATEST || run > LATEST) return 'out of range';
    return 'too many tasks';
  }

  /**
   * Adds the job whose submit, run time, estimate and demand the caller has written to row `batch.jobs`; an estimate of
   * NaN or up to 0 is none.
   *
   * @param width how many tasks the task row stands for.
   */
  add(name: string | number, framework: number, width: number, line: number): void {
    const { batch } = this;
    const { jobs } = batch;
    batch.name[jobs] = name;
    batch.framework[jobs] = framework;
    batch.width[jobs] = width;
    batch.line[jobs] = line;
    const estimate = batch.estimate[jobs]!;
    if (!(estimate >= batch.run[jobs]! && estimate > 0 && estimate <= LATEST)) this.#settle(estimate);
    batch.count();
  }

  /** Settles what an estimate means that is missing, beyond all times, or less than the run time. */
  #settle(estimate: Time): void {
    const { batch } = this;
    const { jobs } = batch;
    if (!(estimate > 0)) {
      batch.estimate[jobs] = Number.NaN;
      this.note('estimate missing, run time taken');
      return;
    }
    let guess = Math.min(estimate, LATEST);
    if (guess < estimate) this.note('estimate capped');
    const run = batch.run[jobs]!;
    if (guess < run) {
      if (this.#options.pastEstimate === 'kill') {
        batch.run[jobs] = guess;
        batch.flags[jobs] = JobFlag.killed;
        this.note('run time cut at the estimate');
      } else if (this.#options.pastEstimate === 'extend') {
        guess = run;
        this.note('estimate raised to the run time');
      }
    }
    batch.estimate[jobs] = guess;
  }

  /** Notes that a demand was finer than its resource's step. */
  noteRounded(line: number): void {
    tallyOdd(this.#account, 'notes', 'demand rounded up', line);
  }

  /** Gives the jobs collected so far, and begins anew. */
  take(): TraceBatch {
    const full = this.batch;
    this.batch = this.#pool.pop() ?? new TraceBatch(full.resources, this.#source, this.#pool);
    return full;
  }
}
