import { grown } from '../base/grow.ts';
import type { Time } from '../base/time.ts';
import { JobBatch } from './job-batch.ts';

/** Rows of a batch that readers fill before they hand it on. */
export const BATCH_ROWS = 8_192;

/** Batches that wait to be filled again at most; a reader in order has some 15 on the way. */
const POOLED = 32;

/** Task row i belongs to job row i. */
const ONE_TASK_EACH = Int32Array.from({ length: BATCH_ROWS + 1 }, (_, i) => i);

/**
 * Jobs as a trace states them: a task row stands for `width` equal tasks, and reordering such rows costs the same however
 * wide the jobs are. Most formats have one task row a job; where a job has stages, each is one task row.
 *
 * Columns have room for {@link BATCH_ROWS} from the start, so a reader may fill the row behind the last and then
 * {@link count} it, or leave it to be filled again; growing into the room costs a tenth of reading a trace.
 */
export class TraceBatch extends JobBatch {
  /** Where the record stands in its file, from 1. */
  line = new Float64Array(BATCH_ROWS);
  /** By task row. */
  width = new Int32Array(BATCH_ROWS);

  /** False once a job has come that may have several task rows: such a batch is not filled again. */
  #isPlain = true;
  /** Where batches go to be filled again. */
  readonly #pool: TraceBatch[];

  constructor(resources: number, source = 0, pool: TraceBatch[] = []) {
    super(resources);
    this.#pool = pool;
    this.name = new Array(BATCH_ROWS);
    this.submit = new Float64Array(BATCH_ROWS);
    this.estimate = new Float64Array(BATCH_ROWS);
    this.priority = new Float64Array(BATCH_ROWS);
    this.weight = new Int32Array(BATCH_ROWS);
    this.framework = new Int32Array(BATCH_ROWS);
    this.flags = new Uint8Array(BATCH_ROWS);
    this.constraint = new Int32Array(BATCH_ROWS);
    this.source = new Int32Array(BATCH_ROWS);
    if (source !== 0) this.source.fill(source);
    this.records = new Int32Array(BATCH_ROWS).fill(1);
    this.taskStart = ONE_TASK_EACH.slice();
    this.run = new Float64Array(BATCH_ROWS);
    this.demand = new Float64Array(BATCH_ROWS * resources);
  }

  /** As the columns of a batch are half a megabyte, filling them again spares a tenth of reading a trace. */
  override release(): void {
    this.flags.fill(0, 0, this.jobs);
    if (this.#isPlain) {
      this.jobs = 0;
      this.tasks = 0;
      if (this.#pool.length < POOLED) this.#pool.push(this);
    }
  }

  /** Counts the row behind the last as a job with one task row. */
  count(): void {
    this.jobs++;
    this.tasks++;
  }

  /** Appends a task row that stands for `width` tasks to the last job. */
  addRow(run: Time, width: number): number {
    const row = this.addTask(run);
    if (row >= this.width.length) this.width = grown(this.width, row + 1);
    this.width[row] = width;
    return row;
  }

  /** Says where the first record of a job stands. */
  setLine(job: number, line: number): void {
    this.line = grown(this.line, job + 1);
    this.line[job] = line;
  }

  override addJob(name: string | number, framework: number, submit: Time, source = 0): number {
    this.#isPlain = false;
    return super.addJob(name, framework, submit, source);
  }

  override copyJob(from: TraceBatch, row: number): number {
    const first = this.tasks;
    const job = super.copyJob(from, row);
    this.setLine(job, from.line[row]!);
    this.width = grown(this.width, this.tasks);
    const at = from.taskStart[row]! - first;
    for (let t = first; t < this.tasks; t++) this.width[t] = from.width[at + t]!;
    return job;
  }
}
