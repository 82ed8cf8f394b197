import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';

/** Where a task is in its life; a row that no task uses counts as ended. A fluid task runs at a rate of its own. */
export const TaskState = { ended: 0, queued: 1, running: 2, fluid: 3 } as const;

/**
 * The tasks of live jobs, as columns; rows of ended jobs are used again.
 *
 * The tasks of one job stand side by side. Blocks of rows come in powers of two, so that a block given back serves any
 * job of its size class; at most half of a block lies idle. Only the cluster writes here.
 */
export class TaskTable {
  length = 0;
  job = new Int32Array(0);
  node = new Int32Array(0);
  state = new Uint8Array(0);
  start = new Float64Array(0);
  run = new Float64Array(0);
  /** Work that was left when the task was last queued, microseconds; less than `run` where it was preempted. */
  left = new Float64Array(0);
  /** Whole steps, stride `resources`. */
  demand = new Float64Array(0);
  readonly resources: number;
  readonly #freeBlocks: TaskId[][] = [];

  constructor(resources: number) {
    this.resources = resources;
  }

  /** Gives the first of `count` rows. */
  add(count: number): TaskId {
    const size = sizeClass(count);
    const block = this.#freeBlocks[size]?.pop();
    if (block !== undefined) return block;
    const first = this.length;
    this.length += 1 << size;
    if (this.length > this.job.length) this.#grow(this.length);
    return first;
  }

  remove(first: TaskId, count: number): void {
    const size = sizeClass(count);
    this.#freeBlocks[size] ??= [];
    this.#freeBlocks[size].push(first);
  }

  #grow(length: number): void {
    this.job = grown(this.job, length);
    const rows = this.job.length;
    this.node = grown(this.node, rows);
    this.state = grown(this.state, rows);
    this.start = grown(this.start, rows);
    this.run = grown(this.run, rows);
    this.left = grown(this.left, rows);
    this.demand = grown(this.demand, rows * this.resources);
  }
}

/** The exponent of the least power of two that holds `count`. */
function sizeClass(count: number): number {
  return 32 - Math.clz32(Math.max(1, count) - 1);
}
