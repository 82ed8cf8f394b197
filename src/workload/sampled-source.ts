import type { Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import { JobBatch } from './job-batch.ts';
import { tally, type WorkloadSource } from './workload-source.ts';

/** Which jobs of a workload are taken. */
export interface Sample {
  /** Only jobs submitted from here on, on the clock of the source; here is time 0 of what is taken. */
  readonly from: Time;
  /** Only jobs submitted before. */
  readonly until: Time;
  /** Of those the share that is taken, from 0 to 1. */
  readonly share: number;
  /** Whether chance takes single jobs, or all jobs of some frameworks. */
  readonly by: 'job' | 'framework';
  /** No more than the first so many of those that chance takes. */
  readonly jobs: number;
}

const NOT_TAKEN = 'not in the sample';

/**
 * Gives some jobs of a source as they are; of the others the account says that they were skipped.
 *
 * Each job, or each framework as it first appears, has a draw of its own: whoever is in a sample is in every larger one of
 * the same seed. The source is read to its end, so that its account is whole.
 */
export function sampledSource(source: WorkloadSource, sample: Sample, random: Random): WorkloadSource {
  const { account } = source;
  for (const [key, value] of Object.entries(sample)) {
    if (value !== WHOLE[key as keyof Sample]) account.rules[`sample-${key}`] = value;
  }
  return { ...source, batches: () => sampledBatches(source, sample, random) };
}

/** The sample in which every job is. */
export const WHOLE: Sample = {
  from: 0,
  until: Number.POSITIVE_INFINITY,
  share: 1,
  by: 'job',
  jobs: Number.POSITIVE_INFINITY,
};

async function* sampledBatches(
  source: WorkloadSource,
  { from, until, share, by, jobs }: Sample,
  random: Random,
): AsyncIterable<JobBatch> {
  const frameworks = new Map<number, boolean>();
  let taken = 0;
  const isDrawn = (framework: number): boolean => {
    if (by === 'job') return random() < share;
    const known = frameworks.get(framework);
    if (known !== undefined) return known;
    const drawn = random() < share;
    frameworks.set(framework, drawn);
    return drawn;
  };
  for await (const batch of source.batches()) {
    const some = new JobBatch(batch.resources);
    for (let job = 0; job < batch.jobs; job++) {
      const submit = batch.submit[job]!;
      // Drawn for every job, so that the bounds move no draw.
      const isChosen = isDrawn(batch.framework[job]!);
      if (!isChosen || submit < from || submit >= until || taken === jobs) {
        tally(source.account.skipped, NOT_TAKEN, batch.records[job]!);
        continue;
      }
      taken++;
      const row = some.copyJob(batch, job);
      some.submit[row] = submit - from;
    }
    batch.release();
    yield some;
  }
}
