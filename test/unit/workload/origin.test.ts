import { describe, expect, it } from 'vitest';
import { JobBatch } from '../../../src/workload/job-batch.ts';
import { fromOrigin, type Origin } from '../../../src/workload/origin.ts';

async function* batchesOf(...submits: readonly (readonly number[])[]): AsyncGenerator<JobBatch> {
  for (const times of submits) {
    const batch = new JobBatch(1);
    for (const time of times) batch.addJob(time, 0, time);
    yield batch;
  }
}

/** Gives the submit times after the move; jobs of a time in `tooWide` cannot run. */
async function moved(origin: Origin, batches: AsyncIterable<JobBatch>, tooWide: number[] = []): Promise<number[]> {
  const times: number[] = [];
  const canRun = (batch: JobBatch, row: number) => !tooWide.includes(batch.name[row] as number);
  for await (const batch of fromOrigin(batches, origin, canRun)) times.push(...batch.submit.subarray(0, batch.jobs));
  return times;
}

describe('the origin', () => {
  it('is the first submission', async () => {
    expect(await moved('zero', batchesOf([50, 60], [60, 90]))).toEqual([0, 10, 10, 40]);
  });

  it('is the first that can run; those before it are below zero', async () => {
    expect(await moved('zero', batchesOf([50, 60, 70], [90]), [50, 60])).toEqual([-20, -10, 0, 20]);
  });

  it('is found in a later batch where no job of the first can run', async () => {
    expect(await moved('zero', batchesOf([50], [60], [70, 80], [90]), [50, 60, 90])).toEqual([-20, -10, 0, 10, 20]);
  });

  it('is the first record where no job can run', async () => {
    expect(await moved('zero', batchesOf([50], [60]), [50, 60])).toEqual([0, 10]);
  });

  it("is the trace's own where asked", async () => {
    expect(await moved('trace', batchesOf([50], [60]), [50])).toEqual([50, 60]);
  });

  it('may be asked for of nothing', async () => {
    expect(await moved('zero', batchesOf())).toEqual([]);
  });
});
