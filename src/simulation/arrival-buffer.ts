import { NEVER, type Time } from '../base/time.ts';
import type { Arrivals } from '../kernel/kernel.ts';
import type { JobBatch } from '../workload/job-batch.ts';

/** Holds the jobs that were read but have not arrived; the kernel takes them instant by instant. */
export class ArrivalBuffer implements Arrivals {
  readonly #batches: AsyncIterator<JobBatch>;
  readonly #accept: (batch: JobBatch, row: number) => void;
  /** The batch whose next row arrives next, and those behind it. */
  #current: JobBatch | null = null;
  readonly #waiting: JobBatch[] = [];
  #row = 0;
  #ended = false;
  #last: Time = Number.NEGATIVE_INFINITY;
  #nextTime: Time = Number.NEGATIVE_INFINITY;

  constructor(batches: AsyncIterable<JobBatch>, accept: (batch: JobBatch, row: number) => void) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#accept = accept;
  }

  /** Before everything while the next arrival is not known. */
  get nextTime(): Time {
    return this.#nextTime;
  }

  get complete(): boolean {
    return this.#ended || this.#last > this.#nextTime;
  }

  /** Reads the next batch. */
  async read(): Promise<void> {
    const { value, done } = await this.#batches.next();
    if (done) this.#ended = true;
    else if (value.jobs > 0) {
      if (this.#current === null) this.#current = value;
      else this.#waiting.push(value);
      this.#last = value.submit[value.jobs - 1]!;
    }
    this.#advance();
  }

  /** Lets the source go, read to its end or not. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#batches.return?.();
  }

  take(after?: () => void): void {
    const now = this.#nextTime;
    for (;;) {
      const batch = this.#current;
      if (batch === null || batch.submit[this.#row]! !== now) break;
      this.#accept(batch, this.#row++);
      after?.();
      if (this.#row === batch.jobs) {
        this.#current = this.#waiting.length > 0 ? this.#waiting.shift()! : null;
        batch.release();
        this.#row = 0;
      }
    }
    this.#advance();
  }

  #advance(): void {
    const batch = this.#current;
    if (batch !== null) this.#nextTime = batch.submit[this.#row]!;
    else this.#nextTime = this.#ended ? NEVER : Number.NEGATIVE_INFINITY;
  }
}
