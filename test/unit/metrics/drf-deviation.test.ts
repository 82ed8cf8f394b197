import { describe, expect, it } from 'vitest';
import { below, openStream } from '../../../src/base/random.ts';
import { DrfDeviation, drfDeviation } from '../../../src/metrics/drf-deviation.ts';
import { createMetrics, type Metrics } from '../../../src/metrics/metrics.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

/** Of one resource hardly anything is ever sampled. */
const POOL = { capacity: { cpus: 10, mem: 10 } };
const NAME = 'fairness.drf-deviation';

/** Evaluates every change while the work is at most `exactWork`; on two resources, evaluations times (active users + 8). */
function runOf(exactWork: number, pool: FakeCluster = POOL): { metrics: Metrics; facts: FakeFacts } {
  const definitions = [
    { ...drfDeviation, create: (context) => new DrfDeviation(context, exactWork) } as typeof drfDeviation,
  ];
  const metrics = createMetrics({ resources: catalogOf(pool), definitions });
  return { metrics, facts: new FakeFacts(pool, () => metrics.observers) };
}

describe('fairness.drf-deviation, of more changes than can all be evaluated', () => {
  /** One user whose job waits and runs in turn, 10 s each: 0.1 of the cluster is missing half the time. */
  function turns(facts: FakeFacts): void {
    facts.submit('a', 'A', { cpus: 1 }).at(10).start('a');
    facts.at(20).end('a').submit('b', 'A', { cpus: 1 }).at(30).start('b');
    facts.at(40).end('b').submit('c', 'A', { cpus: 1 }).finish(50);
  }

  it('is exact while it can be', () => {
    const { metrics, facts } = runOf(5 * 9);
    turns(facts);
    expect(metrics.values()[NAME]).toBeCloseTo((0.1 * 30) / 50, 12);
    expect(metrics.approximate()).toEqual({});
  });

  it('is sampled at twice the mean distance so far, and holds a sample until the next', () => {
    const { metrics, facts } = runOf(2 * 9);
    turns(facts);
    // Three evaluations at 0, 10 and 20 pass the limit of two; from there every 2 x 20/3 = 13 1/3 s: at 33 1/3, where the
    // job runs, and at 46 2/3, where the next one waits. 0.1 holds for 10, 13 1/3 and 3 1/3 s.
    expect(metrics.values()[NAME]).toBeCloseTo((0.1 * (10 + 40 / 3 + 10 / 3)) / 50, 12);
    expect(metrics.approximate()).toEqual({ [NAME]: 'sampled' });
  });

  it('of one resource is sampled once the exact level has crossed many users again and again', () => {
    // 30 users who demand alike have enough, and 31 have not. Beyond eight at a time: 30 come; then, ten times, one comes,
    // and all cross the level once but itself, which holds all it demands, twice; and one goes, and 30 cross.
    const WORK = 30 - 8 + 10 * (1 + 30 + 2 - 8 + (1 + 30 - 8));
    const approximate = [WORK - 1, WORK].map((exactWork) => {
      const { metrics, facts } = runOf(exactWork, { capacity: { cpus: 30 } });
      for (let user = 0; user < 30; user++) facts.submit(`job ${user}`, `user ${user}`, { cpus: 1 });
      facts.at(1);
      for (let i = 0; i < 10; i++) {
        facts.submit(`x${i}`, 'user x', { cpus: 1 }).start(`x${i}`);
        facts.at(2 * i + 2).end(`x${i}`);
        facts.at(2 * i + 3);
      }
      facts.finish(30);
      return metrics.approximate();
    });
    expect(approximate).toEqual([{ [NAME]: 'sampled' }, {}]);
  });

  it('stays near the exact value', () => {
    const values = [1_000_000, 3_000].map((exactWork) => {
      const { metrics, facts } = runOf(exactWork);
      const random = openStream('1', 'deviation');
      let now = 0;
      for (let i = 0; i < 2_000; i++) {
        const name = `j${i}`;
        facts.submit(name, `user ${below(random, 3)}`, { cpus: 1 + below(random, 9) });
        now += below(random, 10);
        facts.at(now).start(name);
        now += 1 + below(random, 10);
        facts.at(now).end(name);
      }
      facts.finish();
      return metrics.values()[NAME]!;
    });
    expect(values[0]).toBeGreaterThan(0.1);
    expect(Math.abs(values[1]! / values[0]! - 1)).toBeLessThan(0.1);
  });
});
