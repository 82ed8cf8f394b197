import { grown } from '../base/grow.ts';
import { type JobId, NONE } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/**
 * Queued jobs in order of submission, to be searched for the next one that could start before a reservation.
 *
 * A segment tree: a leaf is a job with the run time expected of it and what it needs to start (whole steps a resource),
 * an inner node holds the least of each below. A search descends only where the least values pass, so it skips the jobs
 * that cannot start without touching them: O(log n) where one bound decides, a scan at worst.
 *
 * @see perf: a scan of the queue at each pass costs ten times as much on a log with a long queue
 */
export class CandidateTree {
  readonly #resources: number;
  #size = 64;
  /** Leaves used so far, removed ones included. */
  #used = 0;
  #live = 0;
  #job = new Int32Array(64).fill(NONE);
  /** Rows of the tree, run time first and then what is needed of each resource; 1 is the root, leaves begin at `size`. */
  #rows: Float64Array;
  readonly #stride: number;
  #leafOf = new Int32Array(0);

  constructor(resources: number) {
    this.#resources = resources;
    this.#stride = resources + 1;
    this.#rows = new Float64Array(128 * this.#stride).fill(Number.POSITIVE_INFINITY);
  }

  /** Puts a job at the end. */
  add(job: JobId, run: Time, need: Float64Array): void {
    if (this.#used === this.#size) this.#compact();
    const leaf = this.#used++;
    this.#live++;
    if (job >= this.#leafOf.length) this.#leafOf = grown(this.#leafOf, job + 1);
    this.#leafOf[job] = leaf;
    this.#job[leaf] = job;
    this.#setLeaf(leaf, run, need);
    this.#raise(leaf);
  }

  clear(): void {
    this.#used = 0;
    this.#live = 0;
    this.#job.fill(NONE);
    this.#rows.fill(Number.POSITIVE_INFINITY);
  }

  remove(job: JobId): void {
    const leaf = this.#leafOf[job]!;
    this.#clearLeaf(leaf);
    this.#raise(leaf);
    this.#live--;
  }

  /** What the job needs to start is another. */
  change(job: JobId, run: Time, need: Float64Array): void {
    const leaf = this.#leafOf[job]!;
    this.#setLeaf(leaf, run, need);
    this.#raise(leaf);
  }

  /**
   * Gives the first job behind `after` (-1 for all) that needs at most `free` of everything and either runs at most
   * `window` or needs at most `extra`; -1 when there is none.
   */
  next(after: JobId, free: Float64Array, window: Time, extra: Float64Array): JobId {
    const size = this.#size;
    const from = after === NONE ? 0 : this.#leafOf[after]! + 1;
    if (from === size) return NONE;
    for (let row = size + from; ; ) {
      if (this.#passes(row, free, window, extra)) {
        if (row >= size) return this.#job[row - size]!;
        row *= 2;
        continue;
      }
      // Nothing below: on to the next subtree on the right, up where there is none at this height.
      while ((row & 1) === 1) row >>= 1;
      if (row === 0) return NONE;
      row++;
    }
  }

  #passes(row: number, free: Float64Array, window: Time, extra: Float64Array): boolean {
    const rows = this.#rows;
    const resources = this.#resources;
    const at = row * this.#stride;
    let isExtra = true;
    for (let r = 0; r < resources; r++) {
      const need = rows[at + 1 + r]!;
      if (need > free[r]!) return false;
      if (need > extra[r]!) isExtra = false;
    }
    return isExtra || rows[at]! <= window;
  }

  #setLeaf(leaf: number, run: Time, need: Float64Array): void {
    const at = (this.#size + leaf) * this.#stride;
    this.#rows[at] = run;
    for (let r = 0; r < this.#resources; r++) this.#rows[at + 1 + r] = need[r]!;
  }

  #clearLeaf(leaf: number): void {
    const at = (this.#size + leaf) * this.#stride;
    for (let i = 0; i < this.#stride; i++) this.#rows[at + i] = Number.POSITIVE_INFINITY;
    this.#job[leaf] = NONE;
  }

  /** Brings the rows above a leaf up to date, as far as anything changes there. */
  #raise(leaf: number): void {
    for (let row = (this.#size + leaf) >> 1; row >= 1 && this.#pull(row); row >>= 1);
  }

  /** Gives a row the least of its two children; false if it had that before. */
  #pull(row: number): boolean {
    const rows = this.#rows;
    const stride = this.#stride;
    const at = row * stride;
    const left = 2 * at;
    let changed = false;
    for (let i = 0; i < stride; i++) {
      const least = Math.min(rows[left + i]!, rows[left + stride + i]!);
      if (least === rows[at + i]!) continue;
      rows[at + i] = least;
      changed = true;
    }
    return changed;
  }

  /** Moves the live leaves together, into a larger tree when more than half of them are live. */
  #compact(): void {
    const before = this.#size;
    const [jobs, rows] = [this.#job, this.#rows];
    const stride = this.#stride;
    if (this.#live * 2 > before) this.#size *= 2;
    this.#job = new Int32Array(this.#size).fill(NONE);
    this.#rows = new Float64Array(2 * this.#size * stride).fill(Number.POSITIVE_INFINITY);
    this.#used = 0;
    for (let leaf = 0; leaf < before; leaf++) {
      const job = jobs[leaf]!;
      if (job === NONE) continue;
      const from = (before + leaf) * stride;
      const to = (this.#size + this.#used) * stride;
      for (let i = 0; i < stride; i++) this.#rows[to + i] = rows[from + i]!;
      this.#job[this.#used] = job;
      this.#leafOf[job] = this.#used++;
    }
    for (let row = this.#size - 1; row >= 1; row--) this.#pull(row);
  }
}
