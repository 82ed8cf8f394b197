import type { JobBatch } from './job-batch.ts';

/** What time 0 of the run is: the first submission that is replayed, or zero on the trace's own clock. */
export type Origin = 'zero' | 'trace';

/**
 * Moves the clock of sorted batches to their origin.
 *
 * With `zero`, jobs that cannot run and come before the first that can get submit times below zero; batches are held
 * back until that first job is found. Where none can run, the first record of all is time 0.
 */
export async function* fromOrigin<Batch extends JobBatch>(
  batches: AsyncIterable<Batch>,
  origin: Origin,
  canRun: (batch: Batch, row: number) => boolean,
): AsyncGenerator<Batch> {
  if (origin === 'trace') {
    yield* batches;
    return;
  }
  const held: Batch[] = [];
  let zero = Number.NaN;
  for await (const batch of batches) {
    if (Number.isNaN(zero)) {
      held.push(batch);
      zero = firstSubmit(batch, canRun);
      if (Number.isNaN(zero)) continue;
      for (const one of held.splice(0)) yield shifted(one, zero);
    } else {
      yield shifted(batch, zero);
    }
  }
  const first = held[0]?.submit[0] ?? 0;
  for (const batch of held) yield shifted(batch, first);
}

function firstSubmit<Batch extends JobBatch>(batch: Batch, canRun: (batch: Batch, row: number) => boolean): number {
  for (let row = 0; row < batch.jobs; row++) if (canRun(batch, row)) return batch.submit[row]!;
  return Number.NaN;
}

function shifted<Batch extends JobBatch>(batch: Batch, zero: number): Batch {
  const { submit, jobs } = batch;
  for (let row = 0; row < jobs; row++) submit[row]! -= zero;
  return batch;
}
