import { grown } from '../base/grow.ts';
import type { JobId } from '../base/ids.ts';

/**
 * Jobs in order of (score, submission), made anew for each pass and read only as far as needed.
 *
 * Building is O(n), taking the least O(log n): a pass that starts few jobs does not sort all of them.
 */
export class TimedOrder {
  #score = new Float64Array(0);
  #submission = new Float64Array(0);
  #job = new Int32Array(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  /** Adds a job; {@link build} must follow before the first {@link takeLeast}. */
  add(job: JobId, score: number, submission: number): void {
    const row = this.#size++;
    if (row === this.#job.length) {
      this.#job = grown(this.#job, row + 1);
      this.#score = grown(this.#score, row + 1);
      this.#submission = grown(this.#submission, row + 1);
    }
    this.#set(row, job, score, submission);
  }

  build(): void {
    for (let row = (this.#size >> 1) - 1; row >= 0; row--) this.#sink(row);
  }

  least(): JobId {
    return this.#job[0]!;
  }

  takeLeast(): JobId {
    const job = this.#job[0]!;
    const last = --this.#size;
    this.#set(0, this.#job[last]!, this.#score[last]!, this.#submission[last]!);
    this.#sink(0);
    return job;
  }

  #sink(start: number): void {
    const job = this.#job[start]!;
    const score = this.#score[start]!;
    const submission = this.#submission[start]!;
    let row = start;
    for (;;) {
      let child = 2 * row + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isBefore(child + 1, this.#score[child]!, this.#submission[child]!)) child++;
      if (!this.#isBefore(child, score, submission)) break;
      this.#set(row, this.#job[child]!, this.#score[child]!, this.#submission[child]!);
      row = child;
    }
    this.#set(row, job, score, submission);
  }

  #isBefore(row: number, score: number, submission: number): boolean {
    const mine = this.#score[row]!;
    return mine < score || (mine === score && this.#submission[row]! < submission);
  }

  #set(row: number, job: JobId, score: number, submission: number): void {
    this.#job[row] = job;
    this.#score[row] = score;
    this.#submission[row] = submission;
  }
}
