import { grown } from '../base/grow.ts';
import { JobBatch } from './job-batch.ts';

/** Rows of a batch that readers fill before they hand it on. */
export const BATCH_ROWS = 8_192;

/** Batches that wait to be filled again at most; a reader in order has some 15 on the way. */
const POOLED = 32;

/** Task row i belongs to job row i. */
const ONE_TASK_EACH = Int32Array.from({ length: BATCH_ROWS + 1 }, (_, i) => i);

/**
 * Jobs as a trace states them, each with one task row that stands for `width` equal tasks; reordering such rows costs
 * the same however wide the jobs are.
 *
 * Columns have room for {@link BATCH_ROWS} from the start, so a reader may fill the row behind the last and then
 * {@link count} it, or leave it to be filled again; growing into the room costs a tenth of reading a trace.
 */
export class TraceBatch extends JobBatch {
  /** Where the record stands in its file, from 1. */
  line = new Float64Array(BATCH_ROWS);
  width = new Int32Array(BATCH_ROWS);

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
    this.taskStart = ONE_TASK_EACH.slice();
    this.run = new Float64Array(BATCH_ROWS);
    this.demand = new Float64Array(BATCH_ROWS * resources);
  }

  /** As the columns of a batch are half a megabyte, filling them again spares a tenth of reading a trace. */
  override release(): void {
    this.flags.fill(0, 0, this.jobs);
    this.jobs = 0;
    this.tasks = 0;
    if (this.#pool.length < POOLED) this.#pool.push(this);
  }

  /** Counts the row behind the last as a job with one task row. */
  count(): void {
    this.jobs++;
    this.tasks++;
  }

  /** Says of the last job where it stands and how wide it is. */
  describe(line: number, width: number): void {
    const job = this.jobs - 1;
    this.line = grown(this.line, job + 1);
    this.width = grown(this.width, job + 1);
    this.line[job] = line;
    this.width[job] = width;
  }

  override copyJob(from: TraceBatch, row: number): number {
    const job = super.copyJob(from, row);
    this.describe(from.line[row]!, from.width[row]!);
    return job;
  }
}
