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
  /** Rows of the tree: 1 is the root, leaves begin at `size`; stride `resources` for needs. */
  #run = new Float64Array(128).fill(Number.POSITIVE_INFINITY);
  #need: Float64Array;
  #leafOf = new Int32Array(0);

  constructor(resources: number) {
    this.#resources = resources;
    this.#need = new Float64Array(128 * resources).fill(Number.POSITIVE_INFINITY);
  }

  /** Puts a job at the end. */
  add(job: JobId, run: Time, need: Float64Array): void {
    if (this.#used === this.#size) this.#compact();
    const leaf = this.#used++;
    this.#live++;
    this.#leafOf = grown(this.#leafOf, job + 1);
    this.#leafOf[job] = leaf;
    this.#job[leaf] = job;
    this.#setLeaf(leaf, run, need);
    this.#raise(leaf);
  }

  clear(): void {
    this.#used = 0;
    this.#live = 0;
    this.#job.fill(NONE);
    this.#run.fill(Number.POSITIVE_INFINITY);
    this.#need.fill(Number.POSITIVE_INFINITY);
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
    const resources = this.#resources;
    const at = row * resources;
    let isExtra = true;
    for (let r = 0; r < resources; r++) {
      const need = this.#need[at + r]!;
      if (need > free[r]!) return false;
      if (need > extra[r]!) isExtra = false;
    }
    return isExtra || this.#run[row]! <= window;
  }

  #setLeaf(leaf: number, run: Time, need: Float64Array): void {
    const row = this.#size + leaf;
    this.#run[row] = run;
    for (let r = 0; r < this.#resources; r++) this.#need[row * this.#resources + r] = need[r]!;
  }

  #clearLeaf(leaf: number): void {
    const row = this.#size + leaf;
    this.#run[row] = Number.POSITIVE_INFINITY;
    this.#need.fill(Number.POSITIVE_INFINITY, row * this.#resources, (row + 1) * this.#resources);
    this.#job[leaf] = NONE;
  }

  /** Brings the rows above a leaf up to date, as far as anything changes there. */
  #raise(leaf: number): void {
    for (let row = (this.#size + leaf) >> 1; row >= 1 && this.#pull(row); row >>= 1);
  }

  /** Gives a row the least of its two children; false if it had that before. */
  #pull(row: number): boolean {
    const resources = this.#resources;
    const need = this.#need;
    const left = 2 * row;
    const run = Math.min(this.#run[left]!, this.#run[left + 1]!);
    let changed = run !== this.#run[row];
    this.#run[row] = run;
    for (let r = 0; r < resources; r++) {
      const least = Math.min(need[left * resources + r]!, need[(left + 1) * resources + r]!);
      if (least === need[row * resources + r]) continue;
      need[row * resources + r] = least;
      changed = true;
    }
    return changed;
  }

  /** Moves the live leaves together, into a larger tree when more than half of them are live. */
  #compact(): void {
    const before = this.#size;
    const [jobs, run, need] = [this.#job, this.#run, this.#need];
    const resources = this.#resources;
    if (this.#live * 2 > before) this.#size *= 2;
    this.#job = new Int32Array(this.#size).fill(NONE);
    this.#run = new Float64Array(2 * this.#size).fill(Number.POSITIVE_INFINITY);
    this.#need = new Float64Array(2 * this.#size * resources).fill(Number.POSITIVE_INFINITY);
    this.#used = 0;
    for (let leaf = 0; leaf < before; leaf++) {
      const job = jobs[leaf]!;
      if (job === NONE) continue;
      const from = before + leaf;
      const to = this.#size + this.#used;
      this.#run[to] = run[from]!;
      for (let r = 0; r < resources; r++) this.#need[to * resources + r] = need[from * resources + r]!;
      this.#job[this.#used] = job;
      this.#leafOf[job] = this.#used++;
    }
    for (let row = this.#size - 1; row >= 1; row--) this.#pull(row);
  }
}
