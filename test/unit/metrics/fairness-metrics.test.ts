import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { createMetrics, type Metrics } from '../../../src/metrics/metrics.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

/** The pool of the DRF paper. */
const POOL = { capacity: { cpus: 9, mem: 18 } };
const A = { cpus: 1, mem: 4 };
const B = { cpus: 3, mem: 1 };

function runOf(cluster: FakeCluster): { metrics: Metrics; facts: FakeFacts } {
  const metrics = createMetrics({ resources: catalogOf(cluster), warm: (cluster.warm ?? 0) * SECOND });
  return { metrics, facts: new FakeFacts(cluster, () => metrics.observers) };
}

const many = (demand: Record<string, number>, count: number) => new Array(count).fill(demand);

describe('fairness.jain and fairness.min-max', () => {
  it('compare the dominant shares of the users that have queued tasks', () => {
    const { metrics, facts } = runOf(POOL);
    facts
      .submit('a', 'A', ...many(A, 9))
      .submit('b', 'B', ...many(B, 9))
      .start('a', 0, 1, 2)
      .start('b', 0);
    facts.finish(10);
    // 12/18 and 3/9: (2/3 + 1/3)^2 / (2 (4/9 + 1/9)) = 0.9
    expect(metrics.values()['fairness.jain']).toBeCloseTo(0.9, 12);
    expect(metrics.values()['fairness.min-max']).toBeCloseTo(0.5, 12);
  });

  it('divide shares by weights', () => {
    const { metrics, facts } = runOf({ ...POOL, roles: { A: { weight: 2 }, B: {} } });
    facts
      .submit('a', 'A', ...many(A, 9))
      .submit('b', 'B', ...many(B, 9))
      .start('a', 0, 1, 2)
      .start('b', 0);
    facts.finish(10);
    expect(metrics.values()).toMatchObject({ 'fairness.jain': 1, 'fairness.min-max': 1 });
  });

  it('multiply the weights along a path', () => {
    const roles = { top: { weight: 3 }, deep: { weight: 2, parent: 'top' }, flat: {} };
    const { metrics, facts } = runOf({ capacity: { cpus: 14 }, roles });
    const one = many({ cpus: 1 }, 20);
    facts
      .submit('a', 'deep', ...one)
      .submit('b', 'flat', ...one)
      .start('a', 0, 1, 2, 3, 4, 5)
      .start('b', 0);
    facts.finish(10);
    // (6/14) / 6 and 1/14
    expect(metrics.values()['fairness.min-max']).toBeCloseTo(1, 12);
  });

  it('average over the time in which at least two users have queued tasks', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10 } });
    const one = { cpus: 1 };
    facts.submit('a', 'A', one, one, one).start('a', 0);
    // A alone until 5, then with B: x = 0.1 and 0 until 10, 0.1 and 0.2 until 14; then B has none queued
    facts.at(5).submit('b', 'B', one, one, one);
    facts.at(10).start('b', 0, 1).at(14).start('b', 2).at(30).finish(40);
    // Jain 1/2 for 5 s, 0.09 / (2 x 0.05) = 0.9 for 4 s; min-max 0 and 1/2
    expect(metrics.values()['fairness.jain']).toBeCloseTo((0.5 * 5 + 0.9 * 4) / 9, 12);
    expect(metrics.values()['fairness.min-max']).toBeCloseTo((0 * 5 + 0.5 * 4) / 9, 12);
  });

  it('count time in which nobody has anything as 1', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', A).submit('b', 'B', B).finish(10);
    expect(metrics.values()).toMatchObject({ 'fairness.jain': 1, 'fairness.min-max': 1 });
  });

  it('are null if two users never have queued tasks at once', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', A, A).start('a', 0).submit('b', 'B', B).start('b').finish(10);
    expect(metrics.values()).toMatchObject({ 'fairness.jain': null, 'fairness.min-max': null });
  });

  it('leave out the warm-up', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10 }, warm: 8 });
    const one = { cpus: 1 };
    facts.submit('a', 'A', one, one).submit('b', 'B', one, one, one).start('a', 0);
    // x = 0.1 and 0 until 10 (2 s of it count), then 0.1 and 0.2 for 8 s
    facts.at(10).start('b', 0, 1).finish(18);
    expect(metrics.values()['fairness.min-max']).toBeCloseTo((0 * 2 + 0.5 * 8) / 10, 12);
  });
});

describe('fairness.drf-deviation', () => {
  it('is zero while shares are those of exact DRF', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', ...many(A, 9)).submit('b', 'B', ...many(B, 9));
    facts.start('a', 0, 1, 2).start('b', 0, 1).finish(10);
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo(0, 12);
  });

  it('is the mean distance from the shares of exact DRF', () => {
    const { metrics, facts } = runOf(POOL);
    facts
      .submit('a', 'A', ...many(A, 9))
      .submit('b', 'B', ...many(B, 9))
      .start('a', 0, 1, 2, 3)
      .finish(10);
    // 16/18 instead of 2/3, and 0 instead of 2/3: (2/9 + 2/3) / 2
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo(4 / 9, 12);
  });

  it('takes no more for a user than its running and queued tasks demand', () => {
    const { metrics, facts } = runOf(POOL);
    facts
      .submit('a', 'A', A)
      .submit('b', 'B', ...many(B, 9))
      .start('a')
      .start('b', 0, 1)
      .finish(10);
    // A has all it can use, 2/9; B could have 8 cpus, 8/9, and has 6/9
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo((0 + 2 / 9) / 2, 12);
  });

  it.each([
    ['one resource', { cpus: 10 }],
    ['two resources', { cpus: 10, mem: 10 }],
  ])('asks for nothing more for a job that was given up, of %s', (_, capacity) => {
    const { metrics, facts } = runOf({ capacity });
    facts.submit('a', 'A', ...many({ cpus: 1 }, 10)).submit('b', 'B', ...many({ cpus: 1 }, 10));
    facts.start('a').at(10).withdraw('b').finish(20);
    // Until 10 both should have half: A is 0.5 above, B 0.5 below. Then A is alone: 0.25 over 20 s, and 0.5 over 10 s.
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo((0.25 + 0.5) / 2, 12);
  });

  it('gives each user the time in which it is active, then takes the mean over users', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10 } });
    const one = { cpus: 1 };
    // A alone with one task of one: 0. From 10 to 20 B waits with one task: B 0 instead of 0.1, A 0.
    facts.submit('a', 'A', one).start('a').at(10).submit('b', 'B', one);
    // From 20 to 40 B runs: 0.
    facts.at(20).start('b').at(40).end('a').end('b').finish();
    // A: 0 over 40 s; B: 0.1 x 10 s over 30 s
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo((0 + 1 / 30) / 2, 12);
  });

  it('weighs users', () => {
    const { metrics, facts } = runOf({ ...POOL, roles: { A: { weight: 2 }, B: {} } });
    facts
      .submit('a', 'A', ...many(A, 9))
      .submit('b', 'B', ...many(B, 9))
      .start('a', 0, 1, 2, 3)
      .start('b', 0);
    facts.finish(10);
    // exact: 54/13 and 18/13 tasks, shares 12/13 and 6/13; here 8/9 and 3/9
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo((12 / 13 - 8 / 9 + (6 / 13 - 3 / 9)) / 2, 12);
  });

  it('leaves out the warm-up, and is null without users', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10 }, warm: 6 });
    // 0 instead of 0.1 until 10, of which 4 s count; then right
    facts.submit('a', 'A', { cpus: 1 }).at(10).start('a').at(16).end('a').finish();
    expect(metrics.values()['fairness.drf-deviation']).toBeCloseTo((0.1 * 4) / 10, 12);
    const nobody = runOf(POOL);
    nobody.facts.finish();
    expect(nobody.metrics.values()['fairness.drf-deviation']).toBeNull();
  });
});

describe('starvation.max', () => {
  it('is the longest time without a break in which someone had queued tasks and no running one', () => {
    const { metrics, facts } = runOf({ capacity: { cpus: 10 } });
    const one = { cpus: 1 };
    // A: queued from 0, runs 5 to 6, queued again from 6 to 13. B: queued from 2 to 10, runs to 20.
    facts.submit('a', 'A', one, one).at(2).submit('b', 'B', one).at(5).start('a', 0).at(6).end('a', 0);
    facts.at(10).start('b').at(13).start('a', 1).at(20).end('b').end('a', 1).finish();
    expect(metrics.framework(0)['starvation.max']).toBe(7);
    expect(metrics.role(1)['starvation.max']).toBe(8);
    expect(metrics.values()['starvation.max']).toBe(8);
  });

  it('counts to the end of the run', () => {
    const { metrics, facts } = runOf(POOL);
    facts.at(3).submit('a', 'A', A).finish(30);
    expect(metrics.values()['starvation.max']).toBe(27);
  });

  it('begins after the warm-up', () => {
    const { metrics, facts } = runOf({ ...POOL, warm: 10 });
    facts.submit('a', 'A', A).at(4).submit('b', 'B', B).at(9).start('a').at(25).end('a').finish(30);
    expect(metrics.framework(0)['starvation.max']).toBe(0);
    expect(metrics.framework(1)['starvation.max']).toBe(20);
  });

  it('does not end in an instant in which a task comes and goes', () => {
    const { metrics, facts } = runOf(POOL);
    facts.submit('a', 'A', A, A).at(5).start('a', 0).end('a', 0).at(12).start('a', 1).at(20).end('a', 1).finish();
    expect(metrics.values()['starvation.max']).toBe(12);
  });

  it('counts a role with all below it', () => {
    const roles = { top: {}, left: { parent: 'top' }, right: { parent: 'top' } };
    const { metrics, facts } = runOf({ ...POOL, roles });
    facts.submit('a', 'left', A).submit('b', 'right', B).at(4).start('a').at(20).end('a').start('b');
    facts.at(25).end('b').finish();
    expect(metrics.role(facts.roleId('top'))['starvation.max']).toBe(4);
    expect(metrics.role(facts.roleId('right'))['starvation.max']).toBe(20);
  });

  it('is null if no job was submitted', () => {
    const { metrics, facts } = runOf(POOL);
    facts.reject('a', 'A').finish();
    expect(metrics.values()['starvation.max']).toBeNull();
  });
});
