import { grown } from '../base/grow.ts';
import type { JobId } from '../base/ids.ts';

/** Columns of a job's marks: whole numbers. */
export const JobMark = {
  framework: 0,
  constraint: 1,
  source: 2,
  flags: 3,
  /** The job's tasks are the rows firstTask to firstTask + taskCount - 1. */
  firstTask: 4,
  taskCount: 5,
  queuedCount: 6,
  endedCount: 7,
  /** No task before this position is queued. */
  queuedFrom: 8,
  /** Neighbours among all queued jobs, and among those of the framework. */
  previous: 9,
  next: 10,
  previousOf: 11,
  nextOf: 12,
  /** Row of the run's weights, 0 for the one that follows from the priority. */
  weight: 13,
} as const;

/** Columns of a job's numbers. */
export const JobNumber = {
  /** Position in the sequence of all submissions. */
  index: 0,
  submit: 1,
  /** NaN until a task has started. */
  firstStart: 2,
  estimate: 3,
  runTime: 4,
  priority: 5,
  width: 6,
  area: 7,
} as const;

/** Strides of `marks` and `numbers`: both are 64 bytes, what the processor fetches at once. */
export const JOB_MARKS = 16;
export const JOB_NUMBERS = 8;

/**
 * The live jobs; a job's row is used again once it has ended, so memory follows the live jobs.
 *
 * What belongs to one job lies side by side, not in columns: jobs start and end in any order, and each column would be
 * another place in memory to wait for. Only the cluster writes here.
 */
export class JobTable {
  /** Rows in use or free for use. */
  length = 0;
  name: (string | number)[] = [];
  /** Stride `JOB_MARKS`, by {@link JobMark}. */
  marks = new Int32Array(0);
  /** Stride `JOB_NUMBERS`, by {@link JobNumber}. */
  numbers = new Float64Array(0);
  readonly #freeRows: JobId[] = [];

  mark(job: JobId, column: number): number {
    return this.marks[job * JOB_MARKS + column]!;
  }

  setMark(job: JobId, column: number, value: number): void {
    this.marks[job * JOB_MARKS + column] = value;
  }

  number(job: JobId, column: number): number {
    return this.numbers[job * JOB_NUMBERS + column]!;
  }

  setNumber(job: JobId, column: number, value: number): void {
    this.numbers[job * JOB_NUMBERS + column] = value;
  }

  add(): JobId {
    const row = this.#freeRows.pop();
    if (row !== undefined) return row;
    this.marks = grown(this.marks, (this.length + 1) * JOB_MARKS);
    this.numbers = grown(this.numbers, (this.length + 1) * JOB_NUMBERS);
    return this.length++;
  }

  remove(job: JobId): void {
    this.name[job] = '';
    this.#freeRows.push(job);
  }
}
