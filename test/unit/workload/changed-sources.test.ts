import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { Interner } from '../../../src/base/interner.ts';
import { openStream } from '../../../src/base/random.ts';
import { JobBatch } from '../../../src/workload/job-batch.ts';
import { jobStages } from '../../../src/workload/job-stages.ts';
import { type Sample, sampledSource, WHOLE } from '../../../src/workload/sampled-source.ts';
import { type Scaling, scaledSource } from '../../../src/workload/scaled-source.ts';
import { openAccount, total, type WorkloadSource } from '../../../src/workload/workload-source.ts';
import { type DrawnJob, jobsOf } from '../../support/draw-jobs.ts';

const RESOURCES = [resource('cpus'), resource('gpus', { devices: true })];
const SAME: Scaling = { load: 1, time: 1, size: 1, tasks: 1 };

interface Plain {
  readonly gap: number;
  readonly framework: number;
  readonly records: number;
  readonly stages: readonly number[];
  readonly run: number;
  readonly cpus: number;
  readonly gpus: number;
}

const plainJobs = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 1e9 }),
    framework: fc.integer({ min: 0, max: 5 }),
    records: fc.integer({ min: 1, max: 3 }),
    stages: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    run: fc.integer({ min: 0, max: 1e9 }),
    cpus: fc.integer({ min: 1, max: 64_000 }),
    gpus: fc.constantFrom(0, 250, 500, 1_000, 4_000),
  }),
  { minLength: 1, maxLength: 60 },
);

/** A source of two batches; each stage of a job waits for the one before. */
function sourceOf(jobs: readonly Plain[], frameworks: Interner): WorkloadSource {
  const account = openAccount('test', 'inline');
  return {
    name: 'test',
    account,
    async *batches() {
      let submit = 0;
      for (const some of [jobs.slice(0, 20), jobs.slice(20)]) {
        const batch = new JobBatch(2);
        for (const job of some) {
          submit += job.gap;
          const row = batch.addJob('job', frameworks.id(`f${job.framework}`), submit);
          batch.records[row] = job.records;
          batch.estimate[row] = job.run * 2;
          for (const width of job.stages) for (let i = 0; i < width; i++) batch.addTask(job.run, [job.cpus, job.gpus]);
          if (job.stages.length > 1)
            batch.stages[row] = jobStages(
              job.stages,
              job.stages.map((_, i) => (i === 0 ? [] : [i - 1])),
            );
          account.read += job.records;
        }
        yield batch;
      }
    },
  };
}

async function read(jobs: readonly Plain[], change: (source: WorkloadSource) => WorkloadSource) {
  const frameworks = new Interner();
  const source = change(sourceOf(jobs, frameworks));
  return { jobs: await jobsOf(source, frameworks, RESOURCES), account: source.account };
}

const scaled = (jobs: readonly Plain[], scaling: Partial<Scaling>) =>
  read(jobs, (source) => scaledSource(source, { ...SAME, ...scaling }, RESOURCES));
const sampled = (jobs: readonly Plain[], sample: Partial<Sample>, seed = '1') =>
  read(jobs, (source) => sampledSource(source, { ...WHOLE, ...sample }, openStream(seed, 'sample')));
const asIs = (jobs: readonly Plain[]) => read(jobs, (source) => source);

/** Cpu-seconds of all jobs. */
const work = (jobs: readonly DrawnJob[]) =>
  jobs.reduce((sum, { runs, demand }) => sum + runs.reduce((all, run, i) => all + run * demand[i]![0]!, 0), 0);
const without = (jobs: readonly DrawnJob[], ...keys: (keyof DrawnJob)[]) =>
  jobs.map((job) => Object.fromEntries(Object.entries(job).filter(([key]) => !keys.includes(key as keyof DrawnJob))));

const factors = fc.constantFrom(0.1, 0.5, 1, 1.2, 2, 7.3);

describe('a scaled workload', () => {
  it('is the same where every factor is 1', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, async (jobs) => {
        expect((await scaled(jobs, {})).jobs).toEqual((await asIs(jobs)).jobs);
      }),
    ));

  it('of twice the load has half of the gaps, and all else as it was', async () => {
    const job = { framework: 0, records: 1, stages: [2], run: 5e6, cpus: 1_000, gpus: 0 };
    const { jobs, account } = await scaled(
      [
        { ...job, gap: 0 },
        { ...job, gap: 30e6 },
        { ...job, gap: 10e6 },
      ],
      { load: 2 },
    );
    expect(jobs.map(({ submit }) => submit)).toEqual([0, 15, 20]);
    expect(jobs.map(({ runs, estimate }) => [...runs, estimate])).toEqual([
      [5, 5, 10],
      [5, 5, 10],
      [5, 5, 10],
    ]);
    expect(account.rules).toEqual({ 'scale-load': 2 });
  });

  it('by load keeps order, run times and sizes, and divides times to the microsecond', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, factors, async (plain, load) => {
        const [before, after] = [(await asIs(plain)).jobs, (await scaled(plain, { load })).jobs];
        expect(without(after, 'submit')).toEqual(without(before, 'submit'));
        for (const [i, { submit }] of after.entries()) {
          expect(Math.abs(submit * load - before[i]!.submit)).toBeLessThanOrEqual((0.5e-6 + 1e-9) * Math.max(1, load));
          if (i > 0) expect(submit).toBeGreaterThanOrEqual(after[i - 1]!.submit);
        }
      }),
    ));

  it('by time keeps the offered load', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, factors, async (plain, time) => {
        const [before, after] = [(await asIs(plain)).jobs, (await scaled(plain, { time })).jobs];
        expect(without(after, 'submit', 'runs', 'estimate')).toEqual(without(before, 'submit', 'runs', 'estimate'));
        for (const [i, { submit, runs, estimate }] of after.entries()) {
          const was = before[i]!;
          expect(Math.abs(submit - was.submit * time)).toBeLessThan(1e-6);
          for (const [t, run] of runs.entries()) expect(Math.abs(run - was.runs[t]! * time)).toBeLessThan(1e-6);
          expect(Math.abs(estimate - was.estimate * time)).toBeLessThan(1e-6);
          if (was.runs[0]! > 0) expect(runs[0]).toBeGreaterThan(0);
        }
      }),
    ));

  it('by time has the load exactly where no time is rounded', async () => {
    const plain = Array.from({ length: 20 }, (_, i) => ({
      gap: 2e6,
      framework: 0,
      records: 1,
      stages: [1 + (i % 3)],
      run: 4e6,
      cpus: 1_500,
      gpus: 0,
    }));
    const [before, after] = [(await asIs(plain)).jobs, (await scaled(plain, { time: 0.5 })).jobs];
    expect(work(after) / after.at(-1)!.submit).toBe(work(before) / before.at(-1)!.submit);
  });

  it('by size multiplies demands, up to whole steps and devices, and keeps all else', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, factors, async (plain, size) => {
        const [before, after] = [(await asIs(plain)).jobs, (await scaled(plain, { size })).jobs];
        expect(without(after, 'demand')).toEqual(without(before, 'demand'));
        for (const [i, { demand }] of after.entries()) {
          for (const [t, [cpus, gpus]] of demand.entries()) {
            const [was, had] = before[i]!.demand[t]! as [number, number];
            expect(cpus).toBeGreaterThanOrEqual(was * size - 1e-9);
            expect(cpus).toBeLessThan(was * size + 0.001 + 1e-9);
            expect(gpus! <= 1 || Number.isInteger(gpus)).toBe(true);
            expect(gpus).toBeGreaterThanOrEqual(had * size - 1e-9);
            expect(gpus! > 0).toBe(had > 0);
          }
        }
      }),
    ));

  it('by size takes a decimal factor as it is written', async () => {
    const { jobs, account } = await scaled(
      [{ gap: 0, framework: 0, records: 1, stages: [1], run: 1, cpus: 3_000, gpus: 0 }],
      { size: 1.1 },
    );
    expect(jobs[0]!.demand[0]).toEqual([3.3, 0]);
    expect(account.notes).toEqual({});
  });

  it('by tasks has so many times the tasks in each stage, and one at least', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, factors, async (plain, tasks) => {
        const [before, after] = [(await asIs(plain)).jobs, (await scaled(plain, { tasks })).jobs];
        expect(without(after, 'runs', 'demand', 'stages')).toEqual(without(before, 'runs', 'demand', 'stages'));
        for (const [i, { runs, demand, stages }] of after.entries()) {
          const widths = plain[i]!.stages.map((width) => Math.max(1, Math.round(width * tasks)));
          expect(runs).toHaveLength(widths.reduce((a, b) => a + b, 0));
          expect(new Set(runs)).toEqual(new Set(before[i]!.runs));
          expect(demand.every((one) => one[0] === before[i]!.demand[0]![0])).toBe(true);
          if (stages !== undefined) {
            expect(Array.from(stages.firstTask.subarray(1), (end, s) => end - stages.firstTask[s]!)).toEqual(widths);
            expect(stages.parents).toEqual(before[i]!.stages!.parents);
          }
        }
      }),
    ));

  it('by tasks refuses a job that is wider than any that is built', async () => {
    const [one] = fc.sample(
      plainJobs.filter((jobs) => jobs.length > 0),
      { numRuns: 1, seed: 1 },
    );
    await expect(scaled(one!, { tasks: 1e12 })).rejects.toThrow(/scale\.tasks: .* 16777216 are the most/);
  });
});

describe('a sample', () => {
  const counted = (account: WorkloadSource['account'], taken: number) => {
    expect(taken + total(account.skipped)).toBe(account.read);
  };
  const recordsOf = (plain: readonly Plain[], jobs: readonly DrawnJob[], all: readonly DrawnJob[]) => {
    let at = 0;
    let sum = 0;
    for (const job of jobs) {
      while (JSON.stringify(all[at]) !== JSON.stringify(job)) at++;
      sum += plain[at++]!.records;
    }
    return sum;
  };

  it('holds jobs as they are, in order, and accounts for every other record', () =>
    fc.assert(
      fc.asyncProperty(
        plainJobs,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.constantFrom('job', 'framework'),
        async (plain, share, by) => {
          const all = (await asIs(plain)).jobs;
          const { jobs, account } = await sampled(plain, { share, by });
          counted(account, recordsOf(plain, jobs, all));
        },
      ),
    ));

  it('of a share is within every larger one', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, fc.constantFrom('job', 'framework'), async (plain, by) => {
        const [small, large] = [
          (await sampled(plain, { share: 0.3, by })).jobs,
          (await sampled(plain, { share: 0.6, by })).jobs,
        ];
        const texts = large.map((job) => JSON.stringify(job));
        for (const job of small) expect(texts).toContain(JSON.stringify(job));
      }),
    ));

  it('by framework has all jobs of those it has', () =>
    fc.assert(
      fc.asyncProperty(plainJobs, async (plain) => {
        const all = (await asIs(plain)).jobs;
        const { jobs } = await sampled(plain, { share: 0.5, by: 'framework' });
        const chosen = new Set(jobs.map(({ framework }) => framework));
        expect(jobs).toEqual(all.filter(({ framework }) => chosen.has(framework)));
      }),
    ));

  it('of a share has that share of the jobs, within four standard errors', async () => {
    const plain = Array.from({ length: 10_000 }, () => ({
      gap: 1,
      framework: 0,
      records: 1,
      stages: [1],
      run: 1,
      cpus: 1,
      gpus: 0,
    }));
    const { jobs, account } = await sampled(plain, { share: 0.1 });
    expect(Math.abs(jobs.length - 1_000)).toBeLessThan(4 * Math.sqrt(900));
    expect(account.skipped).toEqual({ 'not in the sample': 10_000 - jobs.length });
    expect(account.rules).toEqual({ 'sample-share': 0.1 });
  });

  it('of a span of time begins at its beginning, and ends before its end', async () => {
    const plain = Array.from({ length: 5 }, () => ({
      gap: 10e6,
      framework: 0,
      records: 2,
      stages: [1],
      run: 1e6,
      cpus: 1,
      gpus: 0,
    }));
    const { jobs, account } = await sampled(plain, { from: 20e6, until: 40e6 });
    expect(jobs.map(({ submit }) => submit)).toEqual([0, 10]);
    expect(account.skipped).toEqual({ 'not in the sample': 6 });
  });

  it('of a number of jobs holds the first of those drawn, and the source is counted to its end', async () => {
    const plain = Array.from({ length: 50 }, () => ({
      gap: 10e6,
      framework: 0,
      records: 1,
      stages: [1],
      run: 1e6,
      cpus: 1,
      gpus: 0,
    }));
    const half = (await sampled(plain, { share: 0.5 })).jobs;
    const { jobs, account } = await sampled(plain, { share: 0.5, jobs: 7 });
    expect(jobs).toEqual(half.slice(0, 7));
    expect(account).toMatchObject({ read: 50, skipped: { 'not in the sample': 43 } });
  });
});
