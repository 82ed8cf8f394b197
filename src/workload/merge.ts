import { JobBatch } from './job-batch.ts';
import type { WorkloadSource } from './workload-source.ts';

const BATCH = 8_192;

/** Yields the jobs of several sources in order of submit time; of one instant the earlier source comes first. */
export async function* mergeSources(sources: readonly WorkloadSource[], resources: number): AsyncGenerator<JobBatch> {
  if (sources.length === 1) {
    yield* sources[0]!.batches();
    return;
  }
  const cursors = await Promise.all(sources.map(async (source) => new Cursor(source.batches()).advance()));
  let open = cursors.filter((cursor) => !cursor.ended);
  let batch = new JobBatch(resources);
  while (open.length > 0) {
    let first = open[0]!;
    for (const cursor of open) if (cursor.submit < first.submit) first = cursor;
    batch.copyJob(first.batch, first.row);
    if (!first.step()) await first.advance();
    if (first.ended) open = open.filter((cursor) => cursor !== first);
    if (batch.jobs === BATCH) {
      yield batch;
      batch = new JobBatch(resources);
    }
  }
  if (batch.jobs > 0) yield batch;
}

/** Stands at one job of one source. */
class Cursor {
  batch = new JobBatch(0);
  row = 0;
  ended = false;
  readonly #batches: AsyncIterator<JobBatch>;

  constructor(batches: AsyncIterable<JobBatch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  get submit(): number {
    return this.batch.submit[this.row]!;
  }

  /** Goes to the next job of the batch; false when there is none. */
  step(): boolean {
    return ++this.row < this.batch.jobs;
  }

  /** Goes to the first job of the next batch that has one. */
  async advance(): Promise<this> {
    while (!this.ended && this.row >= this.batch.jobs) {
      this.batch.release();
      const { value, done } = await this.#batches.next();
      this.row = 0;
      if (done) this.ended = true;
      else this.batch = value;
    }
    return this;
  }
}
