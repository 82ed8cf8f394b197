import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { EXACT_JOBS } from '../../../src/metrics/job-log.ts';
import { createMetrics, type Metrics } from '../../../src/metrics/metrics.ts';
import { metricDefinitions } from '../../../src/metrics/registry.ts';
import type { JobOutcome } from '../../../src/simulation/job-outcome.ts';
import { catalogOf, FakeFacts } from '../../support/fake-facts.ts';
import { tellJobEnds } from '../../support/job-ends.ts';

const POOL = { capacity: { cpus: 10 } };

/** Metrics that are told of jobs alone. */
const OF_JOBS = new Set(
  'wait wait.zero response slowdown slowdown.undefined bounded-slowdown per-processor-bounded-slowdown area-weighted-response makespan jobs'.split(
    ' ',
  ),
);

/** Times in seconds. */
interface Job {
  readonly submit: number;
  readonly start: number;
  readonly end: number;
  readonly run?: number;
  readonly width?: number;
  readonly status?: JobOutcome['status'];
  readonly framework?: number;
}

const NOTHING = {
  submit: 0,
  start: 0,
  end: 0,
  run: 0,
  width: 0,
  area: 0,
  framework: 0,
  status: 'failed' as JobOutcome['status'],
};

/** Submits something at 0 and then tells of the ends of jobs. */
function metricsOf(jobs: readonly Job[], options: { warm?: number; only?: string } = {}): Metrics {
  const { warm = 0, only } = options;
  const definitions = metricDefinitions.filter(({ name }) => (only === undefined ? OF_JOBS.has(name) : name === only));
  const metrics = createMetrics({ resources: catalogOf(POOL), warm: warm * SECOND, definitions });
  const facts = new FakeFacts(POOL, () => metrics.observers).submit('first', 'A', { cpus: 1 });
  tellJobEnds(metrics, outcomesOf(jobs));
  facts.finish();
  return metrics;
}

/** Gives one object for all jobs, as in a run: what is not read at once is lost. */
function* outcomesOf(jobs: readonly Job[]): Generator<JobOutcome> {
  const outcome = { index: 0, name: 'j', tasks: 1, reason: '', source: 0, ...NOTHING };
  for (const job of jobs) {
    outcome.submit = job.submit * SECOND;
    outcome.start = job.start * SECOND;
    outcome.end = job.end * SECOND;
    outcome.run = (job.run ?? job.end - job.start) * SECOND;
    outcome.width = job.width ?? 1;
    outcome.area = outcome.width * outcome.run;
    outcome.status = job.status ?? 'completed';
    outcome.framework = job.framework ?? 0;
    yield outcome;
  }
}

/** Waits 0, 10, 20 s; runs 5, 20, 40 s; responses 5, 30, 60 s. */
const THREE: readonly Job[] = [
  { submit: 0, start: 0, end: 5, width: 4 },
  { submit: 10, start: 20, end: 40, width: 1 },
  { submit: 20, start: 40, end: 80, width: 2 },
];

describe('metrics of jobs', () => {
  it('measure the wait from submission to first start', () => {
    const values = metricsOf(THREE).values();
    // ranks 0 to 2: p95 at rank 1.9
    expect(values).toMatchObject({ 'wait.mean': 10, 'wait.p50': 10, 'wait.p95': 19, 'wait.max': 20, 'wait.zero': 1 });
    expect(values['wait.p99']).toBeCloseTo(19.8, 12);
  });

  it('measure the response from submission to last end', () => {
    expect(metricsOf(THREE).values()).toMatchObject({
      'response.mean': 95 / 3,
      'response.p50': 30,
      'response.max': 60,
    });
  });

  it('divide the response by the run time for the slowdown', () => {
    // 5/5, 30/20, 60/40
    expect(metricsOf(THREE).values()).toMatchObject({ 'slowdown.mean': 4 / 3, 'slowdown.max': 1.5 });
  });

  it('take short run times as ten seconds in the bounded slowdown, and never give less than 1', () => {
    // 5/10 counts as 1; 30/20; 60/40
    expect(metricsOf(THREE).values()['bounded-slowdown.mean']).toBeCloseTo(4 / 3, 12);
    // 40/10
    expect(metricsOf([{ submit: 0, start: 38, end: 40 }]).values()['bounded-slowdown.mean']).toBe(4);
  });

  it('divide by the width as well per processor', () => {
    // 30/(1 x 20) = 1.5; 60/(2 x 40) counts as 1; and 1
    expect(metricsOf(THREE).values()['per-processor-bounded-slowdown.mean']).toBeCloseTo(3.5 / 3, 12);
  });

  it('leave a job without width out of the value per processor', () => {
    const jobs = [...THREE, { submit: 0, start: 900, end: 1000, width: 0 }];
    expect(metricsOf(jobs).values()['per-processor-bounded-slowdown.max']).toBe(1.5);
  });

  it('weight responses by cpu time', () => {
    // areas 4 x 5, 1 x 20, 2 x 40: (20 x 5 + 20 x 30 + 80 x 60) / 120 = 5500 / 120
    expect(metricsOf(THREE).values()['area-weighted-response']).toBeCloseTo(5500 / 120, 12);
  });

  it('leave a run time of zero out of the slowdown and count it', () => {
    const values = metricsOf([...THREE, { submit: 0, start: 50, end: 50 }]).values();
    expect(values).toMatchObject({ 'slowdown.mean': 4 / 3, 'slowdown.undefined': 1, 'wait.max': 50 });
  });

  it('count killed jobs as completed, and leave out rejected, failed and unfinished ones', () => {
    const left = (['rejected', 'failed', 'unfinished'] as const).map((status) => ({
      submit: 0,
      start: 0,
      end: 1,
      status,
    }));
    const values = metricsOf([...left, { submit: 0, start: 7, end: 9, status: 'killed' }]).values();
    expect(values).toMatchObject({ 'wait.mean': 7, 'wait.zero': 0, 'response.mean': 9 });
  });

  it('count only jobs submitted after the warm-up', () => {
    const values = metricsOf(THREE, { warm: 10 }).values();
    expect(values).toMatchObject({ 'wait.mean': 15, 'wait.zero': 0, 'response.mean': 45 });
  });

  it('are null without jobs', () => {
    const values = metricsOf([]).values();
    for (const name of ['wait.mean', 'response.p50', 'slowdown.max', 'area-weighted-response', 'makespan']) {
      expect(values[name]).toBeNull();
    }
    expect(values['wait.zero']).toBe(0);
  });

  it('are kept for each framework as well', () => {
    const metrics = metricsOf(THREE.map((job, i) => ({ ...job, framework: i === 2 ? 7 : 0 })));
    expect(metrics.framework(0)).toMatchObject({ 'wait.mean': 5, 'wait.zero': 1, 'slowdown.mean': 1.25 });
    expect(metrics.framework(7)).toMatchObject({ 'wait.mean': 20, 'area-weighted-response': 60 });
    expect(metrics.framework(3)).toMatchObject({ 'wait.mean': null, 'wait.zero': 0, 'area-weighted-response': null });
  });

  it('say when percentiles come from a sketch, which is that of all frameworks together', () => {
    const job = { submit: 0, start: 3, end: 4 };
    const late = { submit: 0, start: 9, end: 10, framework: 1 };
    const exact = metricsOf([late, ...new Array(EXACT_JOBS - 1).fill(job)], { only: 'wait' });
    expect(exact.approximate()).toEqual({});
    expect(exact.values()).toMatchObject({ 'wait.p50': 3, 'wait.p99': 3, 'wait.max': 9 });
    const sketched = metricsOf([late, ...new Array(EXACT_JOBS).fill(job)], { only: 'wait' });
    const how = 'sketch, 1 % relative error';
    expect(sketched.approximate()).toEqual({ 'wait.p50': how, 'wait.p95': how, 'wait.p99': how });
    expect(sketched.frameworkApproximate(0)).toEqual(sketched.approximate());
    expect(sketched.values()['wait.mean']).toBeCloseTo(3 + 6 / (EXACT_JOBS + 1), 12);
    expect(sketched.values()['wait.max']).toBe(9);
    expect(Math.abs(sketched.values()['wait.p95']! / 3 - 1)).toBeLessThanOrEqual(0.01);
    expect(Math.abs(sketched.framework(1)['wait.p50']! / 9 - 1)).toBeLessThanOrEqual(0.01);
  });
});

describe('makespan', () => {
  it('runs from the first submission to the last end, whatever the warm-up', () => {
    // the first submission is at 0
    expect(metricsOf(THREE, { warm: 15 }).values()['makespan']).toBe(80);
  });
});

describe('jobs', () => {
  it('are counted by how they ended, rejected and unfinished ones too', () => {
    const statuses = ['completed', 'killed', 'failed', 'rejected', 'rejected', 'unfinished'] as const;
    const metrics = metricsOf(statuses.map((status) => ({ submit: 0, start: 0, end: 1, status, framework: 5 })));
    expect(metrics.framework(5)).toMatchObject({
      'jobs.submitted': 6,
      'jobs.completed': 2,
      'jobs.failed': 1,
      'jobs.rejected': 2,
      'jobs.unfinished': 1,
    });
    expect(metrics.framework(6)).toMatchObject({ 'jobs.submitted': 0, 'jobs.completed': 0 });
  });
});
