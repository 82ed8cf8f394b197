import { grown } from '../base/grow.ts';
import { JobBatch } from './job-batch.ts';

/** Rows of a batch that readers fill before they hand it on. */
export const BATCH_ROWS = 8_192;

/**
 * Jobs as a trace states them, each with one task row that stands for `width` equal tasks; reordering such rows costs
 * the same however wide the jobs are.
 */
export class TraceBatch extends JobBatch {
  /** Where the record stands in its file, from 1. */
  line = new Float64Array(0);
  width = new Int32Array(0);

  /** Makes room for a full batch at once; growing into it costs a tenth of reading a trace. */
  constructor(resources: number) {
    super(resources);
    this.submit = new Float64Array(BATCH_ROWS);
    this.estimate = new Float64Array(BATCH_ROWS);
    this.priority = new Float64Array(BATCH_ROWS);
    this.framework = new Int32Array(BATCH_ROWS);
    this.flags = new Uint8Array(BATCH_ROWS);
    this.constraint = new Int32Array(BATCH_ROWS);
    this.source = new Int32Array(BATCH_ROWS);
    this.taskStart = new Int32Array(BATCH_ROWS + 1);
    this.run = new Float64Array(BATCH_ROWS);
    this.demand = new Float64Array(BATCH_ROWS * resources);
    this.line = new Float64Array(BATCH_ROWS);
    this.width = new Int32Array(BATCH_ROWS);
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
