import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { ScenarioError } from '../../../../src/base/errors.ts';
import { GAPS as ALIBABA_GAPS, CLASSES, STAGES } from '../../../../src/workload/generators/alibaba-like.ts';
import { FACEBOOK } from '../../../../src/workload/generators/facebook-bins.ts';
import { GAPS as GOOGLE_GAPS, RUNS as GOOGLE_RUNS, USERS } from '../../../../src/workload/generators/google-like.ts';
import { GAPS as GPU_GAPS, RUNS as GPU_RUNS, GPUS } from '../../../../src/workload/generators/gpu-cluster.ts';
import { LUBLIN } from '../../../../src/workload/generators/lublin-feitelson.ts';
import { LIVES, PARTS } from '../../../../src/workload/generators/microservices.ts';
import { PROBABILITIES, quantileLaw } from '../../../../src/workload/generators/quantile-law.ts';
import { JobFlag } from '../../../../src/workload/job-batch.ts';
import { type DrawnJob, drawJobs, gapsOf, law, meanOf } from '../../../support/draw-jobs.ts';

/** Four standard errors. */
function expectMean(values: readonly number[], expected: number): void {
  const { mean, error } = meanOf(values);
  expect(Math.abs(mean - expected), `mean ${mean} of ${values.length}, expected ${expected}`).toBeLessThan(4 * error);
}

const share = <T>(items: readonly T[], is: (item: T) => boolean): number[] => items.map((item) => (is(item) ? 1 : 0));

describe('a law of quantiles', () => {
  const values = Array.from({ length: PROBABILITIES.length }, (_, i) => 1 + i * i);

  it('goes through its quantiles', () => {
    const { quantile } = quantileLaw(values);
    expect([0, 0.01, 0.05, 0.5, 0.9995, 1].map((p) => Number(quantile(p).toPrecision(12)))).toEqual([
      1, 2, 5, 122, 626, 677,
    ]);
    expect(quantile(0.03)).toBeCloseTo(Math.sqrt(2 * 5), 12);
  });

  it('has the mean that adding up its quantiles gives', () => {
    const { quantile, mean } = quantileLaw(values);
    const n = 200_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += quantile((i + 0.5) / n);
    expect(sum / n / mean!).toBeCloseTo(1, 5);
  });

  it('draws a value of equal neighbours as it is', () => {
    expect(quantileLaw(values.map(() => 3)).quantile(0.37)).toBe(3);
  });
});

describe('lublin-feitelson', () => {
  const width = ({ demand }: DrawnJob) => demand[0]![0]!;
  const isPower = (n: number) => Number.isInteger(Math.log2(n));

  it.each(['all', 'batch', 'interactive'] as const)(
    'has the published shares of serial jobs and powers of two: %s',
    async (kind) => {
      const jobs = await drawJobs('lublin-feitelson', { jobs: 20_000, parameters: { class: kind, processors: 256 } });
      const of = LUBLIN[kind];
      // The two-stage uniform begins above 1, but for all jobs, of which 0.8 to 1 rounds to 2 too.
      expectMean(
        share(jobs, (job) => width(job) === 1),
        of.serial,
      );
      const middle = 8 - of.middleBelowHigh;
      // Of the wide stage, drawn in 5.5 to 8: those that round to 256 lie above 7.5; the others reach 256 above log2 255.5.
      const atTop = (1 - of.first) * (of.powerOfTwo * 0.5 + (1 - of.serial - of.powerOfTwo) * (8 - Math.log2(255.5)));
      expectMean(
        share(jobs, (job) => width(job) === 256),
        atTop / (8 - middle),
      );
      expect(meanOf(share(jobs, (job) => isPower(width(job)) && width(job) > 1)).mean).toBeGreaterThan(of.powerOfTwo);
      expect(jobs.every((job) => width(job) >= 1 && width(job) <= 256)).toBe(true);
    },
  );

  it.each([1, 100, 128, 20_000])('makes no job wider than its machine of %d', async (processors) => {
    const jobs = await drawJobs('lublin-feitelson', { jobs: 2_000, parameters: { processors } });
    expect(Math.max(...jobs.map(width))).toBeLessThanOrEqual(processors);
  });

  it('has logarithms of run times of the two gammas, by size', async () => {
    const jobs = await drawJobs('lublin-feitelson', { jobs: 40_000, parameters: { processors: 256 } });
    const of = LUBLIN.all;
    for (const size of [1, 4, 16, 128]) {
      const p = of.slope * size + of.intercept;
      const logs = jobs.filter((job) => width(job) === size).map(({ runs }) => Math.log(runs[0]!));
      // Above the logarithm of 12 a draw is made again: less than 0.2 % of them, which moves the mean by 0.01.
      expect(Math.abs(meanOf(logs).mean - (p * of.shape1 * of.scale1 + (1 - p) * of.shape2 * of.scale2))).toBeLessThan(
        4 * meanOf(logs).error + 0.01,
      );
      expect(Math.max(...logs)).toBeLessThanOrEqual(12);
    }
  });

  it('makes a job one task of n processors, n tasks that start together, or n tasks', async () => {
    const pool = await drawJobs('lublin-feitelson', { jobs: 200 });
    for (const as of ['gang', 'tasks'] as const) {
      const jobs = await drawJobs('lublin-feitelson', { jobs: 200, template: { as } });
      expect(jobs.map(({ runs }) => runs.length)).toEqual(pool.map(width));
      expect(jobs.every(({ flags }) => flags === (as === 'gang' ? JobFlag.gang : JobFlag.none))).toBe(true);
      expect(jobs.every(({ demand }) => demand.every(([cpus]) => cpus === 1))).toBe(true);
    }
  });
});

describe('facebook-like', () => {
  it.each([2009, 2010] as const)('has the bins of %d, and reduces that wait for the maps', async (year) => {
    const jobs = await drawJobs('facebook-like', { jobs: 4_000, parameters: { year }, template: { as: 'pool' } });
    const { bins, gaps } = FACEBOOK[year];
    expectMean(gapsOf(jobs), gaps.mean!);
    const single = share(jobs, ({ demand }) => demand[0]![0] === 1);
    expectMean(single, bins[0]!.share);
    expectMean(
      share(jobs, ({ stages }) => stages !== undefined),
      bins.reduce((sum, bin) => sum + bin.share * bin.reducing, 0),
    );
    for (const { stages, runs } of jobs) {
      // 1 s to start, then 128 MiB, or less where one map suffices, and 244 MiB at 50 MiB a second.
      expect(runs[0]).toBeLessThanOrEqual(3.56);
      if (stages !== undefined) expect(runs[1]).toBeCloseTo(1 + 256e6 / 1_048_576 / 50, 5);
      if (stages !== undefined) expect([...stages.parents]).toEqual([0]);
    }
    expect(bins.reduce((sum, bin) => sum + bin.share, 0)).toBeCloseTo(1, 2);
  });
});

describe('google-like', () => {
  it('has the run times, gaps and users of its fit', async () => {
    const jobs = await drawJobs('google-like', { jobs: 50_000 });
    expectMean(gapsOf(jobs), GOOGLE_GAPS.mean!);
    expectMean(
      jobs.map(({ runs }) => runs[0]!),
      GOOGLE_RUNS.mean!,
    );
    const weights = USERS.reduce((sum, { weight }) => sum + weight, 0);
    for (const rank of [0, 1, 9, 49]) {
      expectMean(
        share(jobs, ({ framework }) => framework === USERS[rank]!.name),
        USERS[rank]!.weight / weights,
      );
    }
  });

  it('has the users that a scenario names in their place', async () => {
    const jobs = await drawJobs('google-like', { jobs: 50, frameworks: [{ name: 'me', weight: 1 }] });
    expect(new Set(jobs.map(({ framework }) => framework))).toEqual(new Set(['me']));
  });
});

describe('alibaba-like', () => {
  it('has the stages, instances and edges of its fit', async () => {
    const jobs = await drawJobs('alibaba-like', {
      jobs: 6_000,
      template: { as: 'pool', demand: [law(1), null, null] },
    });
    expectMean(gapsOf(jobs), ALIBABA_GAPS.mean!);
    // What is drawn is rounded, which moves the mean of small numbers by less than 0.05.
    const stages = meanOf(jobs.map(({ runs }) => runs.length));
    expect(Math.abs(stages.mean - STAGES.mean!)).toBeLessThan(4 * stages.error + 0.05);
    const runs = jobs.flatMap((job) => job.runs);
    const mean =
      CLASSES.reduce((sum, of) => sum + of.share * of.runs.mean!, 0) / CLASSES.reduce((sum, of) => sum + of.share, 0);
    expectMean(runs, mean);
    const single = jobs.flatMap(({ demand }) => share(demand, ([cpus]) => cpus === 1));
    expectMean(single, CLASSES[0]!.share);
    const edges = jobs.filter(({ runs: all }) => all.length > 4);
    // At least two of three stages that may wait for others do: 75.8 % in the log.
    const waiting = edges.flatMap(({ stages: dag, runs: all }) =>
      all.slice(1).map((_, i) => (dag !== undefined && dag.parentStart[i + 2]! > dag.parentStart[i + 1]! ? 1 : 0)),
    );
    expectMean(waiting, 0.758);
  });
});

describe('gpu-cluster', () => {
  it('has the GPUs, run times and arrivals of its fit, and gangs', async () => {
    const jobs = await drawJobs('gpu-cluster', { jobs: 40_000 });
    expectMean(
      share(jobs, ({ runs }) => runs.length === 1),
      GPUS[0]!.share / GPUS.reduce((sum, of) => sum + of.share, 0),
    );
    expectMean(
      jobs.filter(({ runs }) => runs.length === 1).map(({ runs }) => runs[0]!),
      GPU_RUNS[0]!.runs.mean!,
    );
    expectMean(
      jobs.filter(({ runs }) => runs.length >= 8).map(({ runs }) => runs[0]!),
      GPU_RUNS[3]!.runs.mean!,
    );
    const { mean } = meanOf(gapsOf(jobs));
    expect(mean / GPU_GAPS.mean!).toBeGreaterThan(0.95);
    expect(mean / GPU_GAPS.mean!).toBeLessThan(1.05);
    expect(jobs.every(({ flags, runs }) => flags === JobFlag.gang && new Set(runs).size === 1)).toBe(true);
    expect(jobs.every(({ demand }) => demand.every(([cpus, mem, gpus]) => cpus === 0 && mem === 0 && gpus === 1))).toBe(
      true,
    );
  });

  it('says which resource it needs where no node has it', async () => {
    const resources = [resource('cpus')];
    await expect(drawJobs('gpu-cluster', { jobs: 1, resources })).rejects.toThrow(ScenarioError);
    await expect(drawJobs('gpu-cluster', { jobs: 1, resources })).rejects.toThrow(
      'the jobs of gpu-cluster ask for gpus, and the cluster has cpus',
    );
  });
});

describe('microservices', () => {
  it('has the replicas, demands and lives of its fit', async () => {
    const jobs = await drawJobs('microservices', { jobs: 5_000 });
    const onGpus = jobs.filter(({ demand }) => demand[0]![2] === 1);
    expectMean(
      share(jobs, ({ demand }) => demand[0]![2] === 1),
      0.5,
    );
    expectMean(
      jobs.map(({ runs }) => runs[0]!),
      LIVES.mean!,
    );
    const replicas = meanOf(onGpus.map(({ runs }) => runs.length));
    expect(Math.abs(replicas.mean - PARTS[1]!.replicas.mean!)).toBeLessThan(4 * replicas.error + 0.05);
    expectMean(
      onGpus.map(({ demand }) => demand[0]![0]!),
      PARTS[1]!.cpus.mean!,
    );
  });

  it('has only parts without GPUs where no node has any', async () => {
    const jobs = await drawJobs('microservices', { jobs: 100, resources: [resource('cpus'), resource('mem')] });
    expect(Math.min(...jobs.map(({ demand }) => demand[0]![0]!))).toBeGreaterThanOrEqual(24);
  });
});
