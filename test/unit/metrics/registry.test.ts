import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definitionOf, goalOf, metricDefinitions, metricNames, metricTitle } from '../../../src/metrics/registry.ts';
import { metricsDoc } from '../../support/metrics-doc.ts';

const DOC = new URL('../../../docs/metrics.md', import.meta.url);

describe('the registry of metrics', () => {
  it('names values in flat kebab-case, each once', () => {
    const names = metricNames(['cpus', 'mem']);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/);
  });

  it('has the names that results promise', () => {
    const spread = (name: string) => ['mean', 'p50', 'p95', 'p99', 'max'].map((part) => `${name}.${part}`);
    expect(metricNames(['cpus'])).toEqual(
      expect.arrayContaining([
        ...spread('wait'),
        'wait.zero',
        ...spread('response'),
        ...spread('slowdown'),
        ...spread('bounded-slowdown'),
        ...spread('per-processor-bounded-slowdown'),
        'area-weighted-response',
        'makespan',
        'throughput',
        'utilization.cpus',
        'queue.mean',
        'queue.max',
        'queue-tasks.mean',
        'queue-tasks.max',
        'fairness.jain',
        'fairness.min-max',
        'fairness.drf-deviation',
        'starvation.max',
      ]),
    );
  });

  it('says of each metric what it is, how it is computed and where it comes from', () => {
    for (const { name, summary, formula, source, edges } of metricDefinitions) {
      for (const text of [summary, formula, source, edges]) expect(text, name).not.toBe('');
    }
  });

  it('knows of each value which way it is better, part by part where parts differ', () => {
    const goals = (...names: string[]) => names.map(goalOf);
    expect(goals('wait.mean', 'wait.p95', 'queue.max', 'fairness.envy', 'critical-path-ratio.max')).toEqual(
      Array(5).fill('lower'),
    );
    expect(goals('wait.zero', 'utilization.gpus', 'throughput', 'fairness.jain')).toEqual(Array(4).fill('higher'));
    expect(goals('slowdown.undefined', 'offers.made', 'jobs.submitted', 'critical-path.mean', 'unheard-of')).toEqual(
      Array(5).fill(null),
    );
    expect(goals('lp.passes', 'lp.solves', 'lp.fallbacks', 'lp.floors-missed')).toEqual([null, null, 'lower', 'lower']);
  });

  it('names only parts that there are where parts differ', () => {
    for (const { name, parts, better } of metricDefinitions) {
      for (const part of Object.keys(better ?? {})) if (typeof better === 'object') expect(parts, name).toContain(part);
    }
  });

  it('finds the metric that a value belongs to', () => {
    const names = ['wait.p95', 'wait.zero', 'fairness.jain', 'fairness.envy', 'makespan', 'nothing'];
    expect(names.map((name) => definitionOf(name)?.name)).toEqual([
      ...['wait', 'wait.zero', 'fairness.jain', 'fairness', 'makespan', undefined],
    ]);
  });

  it('titles a metric with its parts', () => {
    expect(metricDefinitions.map(metricTitle)).toEqual(
      expect.arrayContaining(['wait.{mean,p50,p95,p99,max}', 'wait.zero', 'utilization.<resource>', 'starvation.max']),
    );
  });

  it('is what docs/metrics.md says', () => {
    const text = metricsDoc();
    if (process.env['GOLDEN'] === 'write') writeFileSync(DOC, text);
    expect(readFileSync(DOC, 'utf8')).toBe(text);
  });
});
