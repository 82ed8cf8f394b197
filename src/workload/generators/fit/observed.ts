import { type ResourceCatalog, widthColumn } from '../../../base/amounts.ts';
import { type JobSize, measure } from '../../job-size.ts';
import type { WorkloadSource } from '../../workload-source.ts';

/** What a model is fitted to: one entry a job, in order of submission. */
export interface Observed {
  /** Seconds on the clock of the source. */
  readonly submits: readonly number[];
  /** Seconds of the longest task. */
  readonly runs: readonly number[];
  /** Cpus of all tasks together, or of the first resource where there are no cpus. */
  readonly sizes: readonly number[];
  /** What sizes count. */
  readonly sizeOf: string;
}

/** Reads all jobs of a source. */
export async function observe(source: Pick<WorkloadSource, 'batches'>, resources: ResourceCatalog): Promise<Observed> {
  const width = widthColumn(resources);
  const [submits, runs, sizes]: [number[], number[], number[]] = [[], [], []];
  const size: JobSize = { run: 0, width: 0, area: 0 };
  for await (const batch of source.batches()) {
    for (let job = 0; job < batch.jobs; job++) {
      measure(batch, batch.taskStart[job]!, batch.taskStart[job + 1]!, resources, width, size);
      submits.push(batch.submit[job]! / 1e6);
      runs.push(size.run / 1e6);
      sizes.push(size.width);
    }
    batch.release();
  }
  return { submits, runs, sizes, sizeOf: resources[width]!.name };
}

/** Seconds from each submission to the next. */
export function gapsBetween(submits: readonly number[]): number[] {
  return submits.slice(1).map((submit, i) => submit - submits[i]!);
}
