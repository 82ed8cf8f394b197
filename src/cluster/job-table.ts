import { grown } from '../base/grow.ts';
import type { JobId } from '../base/ids.ts';

/**
 * The live jobs, as columns; a job's row is used again once it has ended, so memory follows the live jobs.
 *
 * Only the cluster writes here.
 */
export class JobTable {
  /** Rows in use or free for use. */
  length = 0;
  name: (string | number)[] = [];
  /** Position in the sequence of all submissions. */
  index = new Float64Array(0);
  submit = new Float64Array(0);
  /** NaN until a task has started. */
  firstStart = new Float64Array(0);
  estimate = new Float64Array(0);
  runTime = new Float64Array(0);
  priority = new Float64Array(0);
  width = new Float64Array(0);
  area = new Float64Array(0);
  framework = new Int32Array(0);
  constraint = new Int32Array(0);
  source = new Int32Array(0);
  flags = new Uint8Array(0);
  /** The job's tasks are the rows firstTask to firstTask + taskCount - 1. */
  firstTask = new Int32Array(0);
  taskCount = new Int32Array(0);
  queuedCount = new Int32Array(0);
  endedCount = new Int32Array(0);
  /** No task before this position is queued. */
  queuedFrom = new Int32Array(0);
  readonly #freeRows: JobId[] = [];

  add(): JobId {
    const row = this.#freeRows.pop();
    if (row !== undefined) return row;
    if (this.length === this.index.length) this.#grow();
    return this.length++;
  }

  remove(job: JobId): void {
    this.name[job] = '';
    this.#freeRows.push(job);
  }

  #grow(): void {
    const length = Math.max(64, this.index.length * 2);
    this.index = grown(this.index, length);
    this.submit = grown(this.submit, length);
    this.firstStart = grown(this.firstStart, length);
    this.estimate = grown(this.estimate, length);
    this.runTime = grown(this.runTime, length);
    this.priority = grown(this.priority, length);
    this.width = grown(this.width, length);
    this.area = grown(this.area, length);
    this.framework = grown(this.framework, length);
    this.constraint = grown(this.constraint, length);
    this.source = grown(this.source, length);
    this.flags = grown(this.flags, length);
    this.firstTask = grown(this.firstTask, length);
    this.taskCount = grown(this.taskCount, length);
    this.queuedCount = grown(this.queuedCount, length);
    this.endedCount = grown(this.endedCount, length);
    this.queuedFrom = grown(this.queuedFrom, length);
  }
}
