import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedRunTime } from '../../src/allocators/expected-run-time.ts';
import { SeveralReservations } from '../../src/allocators/several-reservations.ts';
import { resource } from '../../src/base/amounts.ts';
import { naiveEasy, type PoolJob } from '../support/naive-easy.ts';
import { naiveEasyByEvent } from '../support/naive-easy-by-event.ts';
import { runWorkload, type TestJob, type TestRun } from '../support/run-workload.ts';

const SECOND = 1_000_000;
const RUNS = process.env['ALLOT_FULL'] === '1' ? 20_000 : 600;
const CPUS = [resource('cpus')];

/** Few distinct values, so that ties are common; estimates on both sides of the run time. */
const poolJobs = jobsOver(12, 9, { minLength: 1, maxLength: 14 });

/** So many, with estimates so long, that a job comes to the head in a row whose last head was planned far ahead. */
const manyPoolJobs = jobsOver(60, 90, { minLength: 40, maxLength: 80, size: 'max' });

function jobsOver(span: number, longest: number, length: fc.ArrayConstraints): fc.Arbitrary<PoolJob[]> {
  const job = fc.record({
    submit: fc.integer({ min: 0, max: span }),
    run: fc.integer({ min: 1, max: 6 }),
    estimate: fc.integer({ min: 1, max: longest }),
    width: fc.integer({ min: 1, max: 4 }),
  });
  return fc.array(job, length).map((jobs) => [...jobs].sort((a, b) => a.submit - b.submit));
}

function asTest(jobs: readonly PoolJob[]): TestJob[] {
  return jobs.map(({ submit, run, estimate, width }) => ({
    framework: 'all',
    submit: submit * SECOND,
    estimate: estimate * SECOND,
    tasks: [{ demand: [width * 1000], run: run * SECOND }],
  }));
}

async function starts(setup: Omit<TestRun, 'resources'>): Promise<string[]> {
  const { tasks } = await runWorkload({ resources: CPUS, ...setup });
  return tasks.map(({ start, node }) => `${start! / SECOND}@${node}`);
}

describe('EASY with its search tree and kept reservations', () => {
  it.each(['fcfs', 'sjbf'])('gives the schedule of the definition on a pool, order %s', async (order) => {
    await fc.assert(
      fc.asyncProperty(poolJobs, fc.integer({ min: 4, max: 6 }), async (jobs, processors) => {
        const groups = [{ name: 'pool', count: 1, capacity: [processors * 1000], attributes: {} }];
        const found = await starts({ groups, jobs: asTest(jobs), allocator: { name: 'easy', order } });
        expect(found).toEqual(naiveEasy(jobs, processors, order === 'sjbf').map((start) => `${start}@0`));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['fcfs', 'sjbf'])('gives it in long runs as well, order %s', async (order) => {
    await fc.assert(
      fc.asyncProperty(manyPoolJobs, fc.integer({ min: 4, max: 9 }), async (jobs, processors) => {
        const groups = [{ name: 'pool', count: 1, capacity: [processors * 1000], attributes: {} }];
        const found = await starts({ groups, jobs: asTest(jobs), allocator: { name: 'easy', order } });
        expect(found).toEqual(naiveEasy(jobs, processors, order === 'sjbf').map((start) => `${start}@0`));
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it.each(['fcfs', 'sjbf'])('gives it event by event too, as pyss has it, order %s', async (order) => {
    let different = 0;
    await fc.assert(
      fc.asyncProperty(poolJobs, fc.integer({ min: 4, max: 6 }), async (jobs, processors) => {
        const groups = [{ name: 'pool', count: 1, capacity: [processors * 1000], attributes: {} }];
        const allocator = { name: 'easy', order };
        const found = await starts({ groups, jobs: asTest(jobs), allocator, order: 'event-by-event' });
        const expected = naiveEasyByEvent(jobs, processors, order === 'sjbf');
        expect(found).toEqual(expected.map((start) => `${start}@0`));
        if (expected.join() !== naiveEasy(jobs, processors, order === 'sjbf').join()) different++;
      }),
      { numRuns: RUNS },
    );
    // The two orders inside an instant must be told apart by what was drawn.
    expect(different).toBeGreaterThan(RUNS / 100);
  });

  const onNodes = 'gives on nodes the schedule of a profile with one reservation, where no run exceeds its estimate';
  it.each(['requested', 'predicted'])(`${onNodes}, %s`, async (estimates) => {
    const sound = poolJobs.map((jobs) => jobs.map((job) => ({ ...job, estimate: Math.max(job.estimate, job.run) })));
    await fc.assert(
      fc.asyncProperty(sound, fc.integer({ min: 1, max: 3 }), async (jobs, count) => {
        const groups = [{ name: 'node', count, capacity: [4000], attributes: {} }];
        const fast = await starts({ groups, jobs: asTest(jobs), allocator: { name: 'easy', estimates } });
        const slow = await starts({
          groups,
          jobs: asTest(jobs),
          allocator: (cluster) =>
            new SeveralReservations({
              view: cluster,
              expected: expectedRunTime(estimates, cluster),
              predicts: estimates === 'predicted',
              reservations: 1,
              shortestFirst: false,
            }),
        });
        expect(fast).toEqual(slow);
      }),
      { numRuns: RUNS },
    );
  });
});
