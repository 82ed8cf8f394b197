import { describe, expect, it } from 'vitest';
import { expanded } from '../../../src/workload/expand.ts';
import { JobFlag } from '../../../src/workload/job-batch.ts';
import { TraceBatch } from '../../../src/workload/trace-batch.ts';
import { readTrace } from './readers/read-trace.ts';

/** Gives a batch with a job per width, named by its position; each task takes 2 and 3 of two resources for 10. */
async function* widths(...list: readonly number[]): AsyncGenerator<TraceBatch> {
  const batch = new TraceBatch(2);
  list.forEach((width, i) => {
    const job = batch.addJob(i, 7, 100 + i, 4);
    batch.demand.set([2, 3], batch.addRow(10, width) * 2);
    batch.estimate[job] = 20;
    batch.priority[job] = 5;
    batch.constraint[job] = 6;
    batch.flags[job] = JobFlag.killed;
  });
  yield batch;
}

describe('a gang', () => {
  it('has as many tasks as the row is wide, and all else the row says', async () => {
    for await (const batch of expanded(widths(1, 3), true)) {
      expect([batch.jobs, batch.tasks]).toEqual([2, 4]);
      expect([...batch.taskStart.subarray(0, 3)]).toEqual([0, 1, 4]);
      expect([...batch.run.subarray(0, 4)]).toEqual([10, 10, 10, 10]);
      expect([...batch.demand.subarray(0, 8)]).toEqual([2, 3, 2, 3, 2, 3, 2, 3]);
      expect([batch.name[1], batch.framework[1], batch.submit[1], batch.source[1]]).toEqual([1, 7, 101, 4]);
      expect([batch.estimate[1], batch.priority[1], batch.constraint[1]]).toEqual([20, 5, 6]);
      expect(batch.flags[1]).toBe(JobFlag.killed | JobFlag.gang);
    }
  });

  it('ends its batch where that has 65,536 tasks', async () => {
    const sizes: number[][] = [];
    for await (const batch of expanded(widths(65_535, 2, 1, 65_536, 5), true)) sizes.push([batch.jobs, batch.tasks]);
    expect(sizes).toEqual([
      [2, 65_537],
      [2, 65_537],
      [1, 5],
    ]);
  });
});

describe('the first gang that can run', () => {
  it('is judged as a gang, not as the row that stands for it', async () => {
    const rows = ['1 50 -1 10 4 -1 -1 4 20', '2 60 -1 10 2 -1 -1 2 20'].join('\n');
    const seen: number[] = [];
    const { jobs } = await readTrace(
      rows,
      { as: 'gang', origin: 'zero' },
      {
        infeasible(batch, row) {
          expect(batch.flags[row]! & JobFlag.gang).toBe(JobFlag.gang);
          const tasks = batch.taskStart[row + 1]! - batch.taskStart[row]!;
          seen.push(tasks);
          return tasks > 3 ? 'too wide' : null;
        },
      },
    );
    expect(seen).toEqual([4, 2]);
    expect(jobs.map((job) => job.submit)).toEqual([-10, 0]);
  });
});
