import { grown } from '../base/grow.ts';
import type { JobId } from '../base/ids.ts';

/**
 * Jobs in order of (score, submission), kept sorted as they come.
 *
 * Finding a place costs O(log n), making room one move of memory. Taking the first is O(1): a head pointer walks, and
 * the columns are moved down when half of them lies behind it.
 */
export class ScoreOrder {
  #score = new Float64Array(0);
  #submission = new Float64Array(0);
  #job = new Int32Array(0);
  #head = 0;
  #end = 0;

  get size(): number {
    return this.#end - this.#head;
  }

  /** The i-th job of the order, from 0. */
  at(position: number): JobId {
    return this.#job[this.#head + position]!;
  }

  add(job: JobId, score: number, submission: number): void {
    this.#makeRoom();
    let low = this.#head;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#score[middle]!;
      if (other < score || (other === score && this.#submission[middle]! < submission)) low = middle + 1;
      else high = middle;
    }
    for (const column of [this.#score, this.#submission, this.#job]) column.copyWithin(low + 1, low, this.#end);
    this.#score[low] = score;
    this.#submission[low] = submission;
    this.#job[low] = job;
    this.#end++;
  }

  removeFirst(): void {
    this.#head++;
  }

  /** Keeps those jobs, in order, for which `stays` says so. */
  filter(stays: (job: JobId) => boolean): void {
    let kept = this.#head;
    for (let i = this.#head; i < this.#end; i++) {
      const job = this.#job[i]!;
      if (!stays(job)) continue;
      this.#score[kept] = this.#score[i]!;
      this.#submission[kept] = this.#submission[i]!;
      this.#job[kept++] = job;
    }
    this.#end = kept;
  }

  #makeRoom(): void {
    if (this.#end < this.#job.length) return;
    if (this.#head * 2 > this.#end) {
      for (const column of [this.#score, this.#submission, this.#job]) column.copyWithin(0, this.#head, this.#end);
      this.#end -= this.#head;
      this.#head = 0;
    }
    this.#job = grown(this.#job, this.#end + 1);
    this.#score = grown(this.#score, this.#end + 1);
    this.#submission = grown(this.#submission, this.#end + 1);
  }
}
