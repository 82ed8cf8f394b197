import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';

/**
 * Where a task is in its life; a row that no task uses counts as ended. A fluid task runs at a rate of its own. A task
 * that waits for other stages of its job is not queued.
 */
export const TaskState = { ended: 0, queued: 1, running: 2, fluid: 3, waiting: 4 } as const;

/** Columns of a task's marks: whole numbers. */
export const TaskMark = { job: 0, framework: 1, node: 2, state: 3 } as const;

/** Columns of a task's numbers; in place of the first two stand its marks. */
export const TaskNumber = {
  start: 2,
  run: 3,
  /** Work that was left when the task was last queued, microseconds; less than `run` where it was preempted. */
  left: 4,
  /** Whole steps; this column and those behind it, one a resource. */
  demand: 5,
} as const;

/**
 * The tasks of live jobs; rows of ended jobs are used again. What belongs to one task lies side by side (in 64
 * bytes where there are three resources), so that its start and its end wait for few places in memory.
 *
 * The tasks of one job stand side by side. Blocks of rows come in powers of two, so that a block given back serves any
 * job of its size class; at most half of a block lies idle. Only the cluster writes here.
 */
export class TaskTable {
  length = 0;
  /** Stride `width`, by {@link TaskNumber}. */
  numbers = new Float64Array(0);
  /** The same memory, by {@link TaskMark}; stride twice that of `numbers`. */
  marks = new Int32Array(this.numbers.buffer);
  readonly width: number;
  readonly #freeBlocks: TaskId[][] = [];

  constructor(resources: number) {
    this.width = TaskNumber.demand + resources;
  }

  mark(task: TaskId, column: number): number {
    return this.marks[task * 2 * this.width + column]!;
  }

  setMark(task: TaskId, column: number, value: number): void {
    this.marks[task * 2 * this.width + column] = value;
  }

  number(task: TaskId, column: number): number {
    return this.numbers[task * this.width + column]!;
  }

  setNumber(task: TaskId, column: number, value: number): void {
    this.numbers[task * this.width + column] = value;
  }

  /** Gives the first of `count` rows. */
  add(count: number): TaskId {
    const size = sizeClass(count);
    const block = this.#freeBlocks[size]?.pop();
    if (block !== undefined) return block;
    const first = this.length;
    this.length += 1 << size;
    if (this.length * this.width > this.numbers.length) {
      this.numbers = grown(this.numbers, this.length * this.width);
      this.marks = new Int32Array(this.numbers.buffer);
    }
    return first;
  }

  remove(first: TaskId, count: number): void {
    const size = sizeClass(count);
    this.#freeBlocks[size] ??= [];
    this.#freeBlocks[size].push(first);
  }
}

/** The exponent of the least power of two that holds `count`. */
function sizeClass(count: number): number {
  return 32 - Math.clz32(Math.max(1, count) - 1);
}
