import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { createMetrics, type Metrics } from '../../../src/metrics/metrics.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

const POOL = { capacity: { cpus: 10, mem: 100 } };

function runOf(cluster: FakeCluster): { metrics: Metrics; facts: FakeFacts } {
  const metrics = createMetrics({ resources: catalogOf(cluster), warm: (cluster.warm ?? 0) * SECOND });
  return { metrics, facts: new FakeFacts(cluster, () => metrics.observers) };
}

/**
 * Submitted at 10: a (6 cpus, runs 10 to 30). Submitted at 20: b with two tasks of 4 cpus (20 to 40, 30 to 50), c
 * (4 cpus, 40 to 60). So cpus used: 6, 10 (from 20), 8 (30), 8 (40), 4 (50), 0 (60).
 */
function aBC(facts: FakeFacts): FakeFacts {
  const four = { cpus: 4, mem: 5 };
  facts.at(10).submit('a', 'A', { cpus: 6, mem: 10 }).start('a');
  facts.at(20).submit('b', 'B', four, four).submit('c', 'A', four).start('b', 0);
  facts.at(30).end('a').start('b', 1);
  facts.at(40).end('b', 0).start('c');
  facts.at(50).end('b', 1);
  return facts.at(60).end('c').finish();
}

describe('utilization', () => {
  it('is allocated over capacity, weighted by time from the first submission to the end', () => {
    const { metrics, facts } = runOf(POOL);
    aBC(facts);
    const values = metrics.values();
    // (6 + 10 + 8 + 8 + 4) x 10 s over 10 cpus x 50 s; mem: 10, 15, 10, 10, 5 of 100
    expect(values['utilization.cpus']).toBeCloseTo(36 / 50, 12);
    expect(values['utilization.mem']).toBeCloseTo(50 / 500, 12);
  });

  it('is measured in each window', () => {
    const { metrics, facts } = runOf({ ...POOL, warm: 15 });
    aBC(facts);
    const { full, submission, steady } = metrics.windows();
    expect(full!.metrics['utilization.cpus']).toBeCloseTo(36 / 50, 12);
    // from 10 to 20
    expect(submission).toMatchObject({ start_s: 10, end_s: 20 });
    expect(submission!.metrics['utilization.cpus']).toBeCloseTo(0.6, 12);
    // from 10 + 15 to 60: 10 x 5 s, 8 x 20 s, 4 x 10 s of 10 x 35 s
    expect(steady).toMatchObject({ start_s: 25, end_s: 60 });
    expect(steady!.metrics['utilization.cpus']).toBeCloseTo(250 / 350, 12);
    expect(metrics.values()['utilization.cpus']).toBe(steady!.metrics['utilization.cpus']);
  });

  it('divides by the capacity that there was', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 5 }).start('a').at(10).resize('cpus', 20).at(20).end('a').finish();
    // 5 x 20 s of 10 x 10 s + 20 x 10 s
    expect(metrics.values()['utilization.cpus']).toBeCloseTo(100 / 300, 12);
  });

  it('does not count time after the last end, to which a timer moved the clock', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 5 }).start('a').at(10).end('a').at(70).finish();
    expect(metrics.values()['utilization.cpus']).toBe(0.5);
  });

  it('is null for a resource of which there is none, and for a run without length', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10, gpus: 0 } });
    facts.submit('a', 'A', { cpus: 1 }).start('a').at(5).end('a').finish();
    expect(metrics.values()).toMatchObject({ 'utilization.cpus': 0.1, 'utilization.gpus': null });
    const point = runOf(POOL);
    point.facts.submit('a', 'A', { cpus: 1 }).start('a').end('a').finish();
    expect(point.metrics.values()).toMatchObject({ 'utilization.cpus': null, 'queue.mean': null, throughput: null });
  });
});

describe('queue', () => {
  it('averages the jobs that have not started, over time', () => {
    const { metrics, facts } = runOf(POOL);
    aBC(facts);
    // c waits from 20 to 40; b and a start at once
    expect(metrics.values()).toMatchObject({ 'queue.mean': 20 / 50, 'queue.max': 1 });
    // both of b's tasks and c: two queued from 20 to 30, one from 30 to 40
    expect(metrics.values()).toMatchObject({ 'queue-tasks.mean': 30 / 50, 'queue-tasks.max': 2 });
  });

  it('is measured in each window', () => {
    const { metrics, facts } = runOf({ ...POOL, warm: 25 });
    aBC(facts);
    const { full, submission, steady } = metrics.windows();
    expect(full!.metrics['queue.mean']).toBe(20 / 50);
    expect(submission!.metrics['queue.mean']).toBe(0);
    // from 35 to 60: 5 s
    expect(steady!.metrics['queue.mean']).toBe(5 / 25);
  });

  it('counts until the run is cut', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'A', { cpus: 1 }).at(10).start('a').finish(20);
    // two for 10 s, one for 10 s
    expect(metrics.values()).toMatchObject({ 'queue.mean': 1.5, 'queue.max': 2 });
  });

  it('has a maximum of its window only', () => {
    const { metrics, facts } = runOf({ ...POOL, warm: 10 });
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'A', { cpus: 1 }).at(10).start('a').at(20).start('b').end('a');
    facts.at(30).end('b').finish();
    expect(metrics.values()).toMatchObject({ 'queue.mean': 0.5, 'queue.max': 1 });
  });
});

describe('throughput', () => {
  it('counts the jobs that complete within each window', () => {
    const { metrics, facts } = runOf({ ...POOL, warm: 25 });
    aBC(facts);
    const { full, submission, steady } = metrics.windows();
    expect(full!.metrics['throughput']).toBe(3 / 50);
    expect(submission!.metrics['throughput']).toBe(0);
    // b at 50 and c at 60, from 35 on
    expect(steady!.metrics['throughput']).toBe(2 / 25);
    expect(metrics.values()['throughput']).toBe(2 / 25);
  });

  it('counts a job that ends in the instant of the last submission, told before or after', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'A', { cpus: 1 }).start('a').start('b');
    facts.at(10).end('a').submit('c', 'A', { cpus: 1 }).end('b').start('c').at(30).end('c').finish();
    expect(metrics.windows()['submission']!.metrics['throughput']).toBe(2 / 10);
  });
});

describe('share and dominant-share', () => {
  it('average what a framework and a role hold over the window', () => {
    const { metrics, facts } = runOf({
      ...POOL,
      roles: { top: {}, left: { parent: 'top' } },
      frameworks: { A: 'left' },
    });
    aBC(facts);
    // A: 6 cpus for 20 s, 4 for 20 s; B: 4 for 10 s, 8 for 10 s, 4 for 10 s; cpus dominate
    const a = metrics.framework(facts.frameworkId('A'));
    expect(a['share.cpus']).toBeCloseTo(200 / 500, 12);
    expect(a['share.mem']).toBeCloseTo((10 * 20 + 5 * 20) / 5000, 12);
    expect(a['dominant-share.mean']).toBeCloseTo(0.4, 12);
    const b = metrics.role(facts.roleId('B'));
    expect(b['share.cpus']).toBeCloseTo(160 / 500, 12);
    // a role counts with all below it
    expect(metrics.role(facts.roleId('top'))).toEqual(metrics.role(facts.roleId('left')));
    expect(metrics.role(facts.roleId('top'))['share.cpus']).toBeCloseTo(0.4, 12);
  });

  it('take the larger share at each instant', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 1, mem: 90 }).submit('b', 'A', { cpus: 8, mem: 5 }).start('a');
    facts.at(10).end('a').start('b').at(20).end('b').finish();
    const values = metrics.framework(0);
    // 0.9, then 0.8; cpus alone 0.1, then 0.8
    expect(values['dominant-share.mean']).toBeCloseTo(0.85, 12);
    expect(values['share.cpus']).toBeCloseTo(0.45, 12);
  });

  it('are zero for who held nothing', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'B', { cpus: 1 }).start('b').at(5).end('b').finish(10);
    expect(metrics.framework(0)).toMatchObject({ 'share.cpus': 0, 'dominant-share.mean': 0 });
  });
});
