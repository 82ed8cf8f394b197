import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { Timeline } from '../../../src/metrics/timeline.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

function timelineOf(cluster: FakeCluster): { timeline: Timeline; facts: FakeFacts } {
  const resources = catalogOf(cluster);
  const metrics = createMetrics({ resources });
  const timeline = new Timeline(resources, metrics.intervals);
  return { timeline, facts: new FakeFacts(cluster, () => [...metrics.observers, timeline]) };
}

describe('Timeline', () => {
  it('has a row for each instant of change, in units and seconds, and one at the end', () => {
    const { timeline, facts } = timelineOf({ capacity: { cpus: 4, mem: 100 } });
    facts.at(5).submit('a', 'A', { cpus: 1.5, mem: 10 }, { cpus: 1.5, mem: 10 }).submit('b', 'B', { cpus: 4 });
    facts.start('a', 0).at(7).start('a', 1).at(9).end('a').start('b').at(12).end('b').finish();
    expect(timeline.columns()).toEqual([
      'time_s',
      'cpus_used',
      'mem_used',
      'queue_jobs',
      'queue_tasks',
      'share_A',
      'share_B',
      'cpus_capacity',
      'mem_capacity',
    ]);
    expect([...timeline.rows()]).toEqual([
      [5, 1.5, 10, 1, 2, 0.375, 0, 4, 100],
      [7, 3, 20, 1, 1, 0.75, 0, 4, 100],
      [9, 4, 0, 0, 0, 0, 1, 4, 100],
      [12, 0, 0, 0, 0, 0, 0, 4, 100],
    ]);
    expect(timeline.resolution()).toBe('every change, to the microsecond');
  });

  it('gives the utilization over equal parts of the run', () => {
    const { timeline, facts } = timelineOf({ capacity: { cpus: 4, mem: 100 } });
    facts.submit('a', 'A', { cpus: 4, mem: 50 }).start('a').at(15).end('a').submit('b', 'A', { cpus: 1 }).start('b');
    facts.at(20).end('b').finish();
    // two parts of 10 s: full; 5 s full and 5 s a quarter
    expect(timeline.utilizationSeries(2)).toEqual([
      [1, 0.625],
      [0.5, 0.25],
    ]);
  });

  it('has bins and says how wide they are when there are more than 4096 changes', () => {
    const { timeline, facts } = timelineOf({ capacity: { cpus: 4 } });
    for (let i = 0; i < 2500; i++) {
      facts
        .at(4 * i)
        .submit('a', 'A', { cpus: 4 })
        .start('a')
        .at(4 * i + 2)
        .end('a');
    }
    facts.finish();
    // 9998 s in at most 4096 bins
    expect(timeline.resolution()).toBe('time averages over bins of 4 s');
    const rows = [...timeline.rows()];
    expect(rows.length).toBe(2500);
    // each bin: 2 s with four cpus, 2 s without; the last bin has only the first half
    expect(rows[0]).toEqual([0, 2, 0, 0, 0.5, 4]);
    expect(rows[1000]).toEqual([4000, 2, 0, 0, 0.5, 4]);
    expect(rows[2499]).toEqual([9996, 4, 0, 0, 1, 4]);
  });

  it('follows no role where nobody will ask', () => {
    const resources = catalogOf({ capacity: { cpus: 4 } });
    const metrics = createMetrics({ resources });
    const timeline = new Timeline(resources, metrics.intervals, 0);
    const facts = new FakeFacts({ capacity: { cpus: 4 } }, () => [...metrics.observers, timeline]);
    facts.submit('a', 'A', { cpus: 2 }).start('a').at(10).end('a').finish(20);
    expect(timeline.columns()).toEqual(['time_s', 'cpus_used', 'queue_jobs', 'queue_tasks', 'cpus_capacity']);
    expect([...timeline.rows()]).toEqual([
      [0, 2, 0, 0, 4],
      [10, 0, 0, 0, 4],
      [20, 0, 0, 0, 4],
    ]);
    expect(timeline.utilizationSeries(2)).toEqual([[0.5, 0]]);
  });

  it('follows the first 64 roles and says so when there are more', () => {
    const { timeline, facts } = timelineOf({ capacity: { cpus: 100 } });
    for (let i = 0; i < 66; i++) facts.submit(`j${i}`, `u${i}`, { cpus: 1 }).start(`j${i}`);
    facts.at(1);
    for (let i = 0; i < 66; i++) facts.end(`j${i}`);
    facts.finish();
    expect(timeline.columns().length).toBe(4 + 64 + 1);
    expect(timeline.columns().slice(-2)).toEqual(['share_u63', 'cpus_capacity']);
    expect([...timeline.rows()][0]!.slice(0, 6)).toEqual([0, 66, 0, 0, 0.01, 0.01]);
    expect(timeline.resolution()).toBe('every change, to the microsecond; shares of the first 64 of 66 roles');
  });

  it('must be told after the metrics', () => {
    const resources = catalogOf({ capacity: { cpus: 4 } });
    const metrics = createMetrics({ resources });
    const timeline = new Timeline(resources, metrics.intervals);
    const facts = new FakeFacts({ capacity: { cpus: 4 } }, () => [timeline, ...metrics.observers]);
    facts.submit('a', 'A', { cpus: 1 }).at(5);
    expect(() => facts.finish(6)).toThrow('behind the metrics');
  });

  it('is empty where no job was submitted', () => {
    const { timeline, facts } = timelineOf({ capacity: { cpus: 4 } });
    facts.reject('a', 'A').at(5).finish();
    expect([...timeline.rows()]).toEqual([]);
    expect(timeline.utilizationSeries(3)).toEqual([[]]);
  });
});
