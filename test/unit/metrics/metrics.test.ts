import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { metricNames } from '../../../src/metrics/registry.ts';
import { FactKind, type FactLog } from '../../../src/simulation/fact-log.ts';
import { catalogOf, FakeFacts } from '../../support/fake-facts.ts';

const POOL = { capacity: { cpus: 10, mem: 20 } };

function runOf(warm = 0) {
  const metrics = createMetrics({ resources: catalogOf(POOL), warm: warm * SECOND });
  return { metrics, facts: new FakeFacts({ ...POOL, warm }, () => metrics.observers) };
}

/** Metrics that are absent where frameworks are offered nothing, nothing is planned, or no job has stages. */
const TWO_LEVELS =
  /^(offers|offers-unused|first-offer|ramp-up|locality|allocation-runs|lp|critical-path|critical-path-ratio|stage-parallelism)\b/;

describe('createMetrics', () => {
  it('gives every value of the registry under its name and in its order, of the run, frameworks and roles', () => {
    const { metrics, facts } = runOf();
    facts.submit('a', 'A', { cpus: 1 }).start('a').at(10).end('a').finish();
    const resources = ['cpus', 'mem'];
    const oneLevel = (names: readonly string[]) => names.filter((name) => !TWO_LEVELS.test(name));
    expect(Object.keys(metrics.values())).toEqual(oneLevel(metricNames(resources)));
    expect(Object.keys(metrics.framework(0))).toEqual(oneLevel(metricNames(resources, 'framework')));
    expect(Object.keys(metrics.role(0))).toEqual(metricNames(resources, 'role'));
  });

  it('gives utilization, queue and throughput for each window', () => {
    const { metrics, facts } = runOf(5);
    facts.at(2).submit('a', 'A', { cpus: 1 }).start('a').at(12).end('a').finish();
    const windows = metrics.windows();
    const names = ['throughput', 'utilization.cpus', 'utilization.mem', 'queue.mean', 'queue-tasks.mean'];
    expect(Object.keys(windows)).toEqual(['full', 'submission', 'steady']);
    for (const window of Object.values(windows)) expect(Object.keys(window.metrics)).toEqual(names);
    expect(windows['full']).toMatchObject({ start_s: 2, end_s: 12 });
    expect(windows['submission']).toMatchObject({ start_s: 2, end_s: 2 });
    // the warm-up runs from the first submission
    expect(windows['steady']).toMatchObject({ start_s: 7, end_s: 12 });
    expect(metrics.values()['utilization.cpus']).toBe(windows['steady']!.metrics['utilization.cpus']);
  });

  it('has no steady window without a warm-up', () => {
    const { metrics, facts } = runOf();
    facts.submit('a', 'A', { cpus: 1 }).start('a').at(10).end('a').finish();
    expect(Object.keys(metrics.windows())).toEqual(['full', 'submission']);
    expect(metrics.values()['throughput']).toBe(metrics.windows()['full']!.metrics['throughput']);
  });

  it('gives null or zero, never NaN, where no job was submitted', () => {
    const { metrics, facts } = runOf();
    facts.reject('a', 'A').at(3).finish();
    for (const values of [metrics.values(), metrics.framework(0), metrics.role(0)]) {
      for (const [name, value] of Object.entries(values)) expect(Number.isNaN(value), name).toBe(false);
    }
    expect(metrics.values()).toMatchObject({ 'wait.mean': null, makespan: null, throughput: null, 'queue.max': null });
    expect(metrics.framework(0)).toMatchObject({ 'jobs.submitted': 1, 'jobs.rejected': 1 });
    expect(metrics.windows()['full']).toMatchObject({ start_s: 0, end_s: 0, metrics: { 'queue.mean': null } });
  });

  it('can be made of some metrics only', () => {
    const definitions = [
      {
        name: 'starts',
        parts: [],
        unit: 'tasks' as const,
        better: null,
        scopes: ['run' as const],
        summary: 'tasks started',
        formula: '#{starts}',
        source: 'this test',
        edges: 'none',
        create: () => {
          let starts = 0;
          return {
            readFacts: ({ count, kind }: FactLog) => {
              for (let row = 0; row < count; row++) if (kind[row] === FactKind.started) starts++;
            },
            values: () => [{ name: 'starts', value: starts }],
          };
        },
      },
    ];
    const metrics = createMetrics({ resources: catalogOf(POOL), definitions });
    const facts = new FakeFacts(POOL, () => metrics.observers);
    facts.submit('a', 'A', { cpus: 1 }, { cpus: 1 }).start('a').finish(1);
    expect(metrics.values()).toEqual({ starts: 2 });
    expect([metrics.framework(0), metrics.role(0)]).toEqual([{}, {}]);
  });

  it('counts what stands from the last fact to the end of the run', () => {
    const { metrics, facts } = runOf();
    facts.submit('a', 'A', { cpus: 5 }).start('a').at(10).finish(10);
    expect(metrics.values()).toMatchObject({ 'utilization.cpus': 0.5, 'queue.mean': 0 });
  });
});
