import { describe, expect, it } from 'vitest';
import { FairnessProperties, fairnessProperties } from '../../../src/metrics/fairness-properties.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

const POOL = { capacity: { cpus: 10, mem: 10 } };

/** The values of a run whose facts are told by hand. */
function measure(tell: (facts: FakeFacts) => void, pool: FakeCluster = POOL, exactPairs?: number) {
  const create: typeof fairnessProperties.create = (context) => new FairnessProperties(context, exactPairs);
  const metrics = createMetrics({ resources: catalogOf(pool), definitions: [{ ...fairnessProperties, create }] });
  const facts = new FakeFacts(pool, () => metrics.observers);
  tell(facts);
  const values = metrics.values();
  const three = ['envy', 'sharing-incentive', 'pareto'].map((part) => values[`fairness.${part}`]);
  return { three, approximate: metrics.approximate() };
}

function expectNear(actual: readonly (number | null | undefined)[], expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12);
}

describe('fairness.envy, fairness.sharing-incentive and fairness.pareto', () => {
  /** A holds 6 cpus, B holds 2 and has a task of `queued` waiting. */
  const two = (facts: FakeFacts, queued: Record<string, number>) =>
    facts.submit('a', 'A', { cpus: 6 }).submit('b', 'B', { cpus: 2 }).submit('more', 'B', queued).start('a').start('b');

  it('say who would rather have what another one holds, and who has less than its part', () => {
    // B wants 6 cpus and has 2; with A's 6 it would have 0.6 instead of 0.2 of the cluster. Its half would give it 0.5.
    const { three } = measure((facts) => two(facts, { cpus: 4 }).finish(10));
    expectNear(three, [0.4, 1 - 0.2 / 0.5, 0]);
  });

  it('see that what is left would hold another task', () => {
    // B wants 4 cpus, all of which A's bundle holds, and no more than that; its due is 0.4
    const { three } = measure((facts) => two(facts, { cpus: 2 }).finish(10));
    expectNear(three, [0.2, 1 - 0.2 / 0.4, 1]);
  });

  it('know that a bundle without memory is worth nothing to who needs memory', () => {
    const { three } = measure((facts) => two(facts, { cpus: 4, mem: 1 }).finish(10));
    // U_B is 0 of both bundles, as B holds no memory itself; free are 2 cpus
    expectNear(three, [0, 0.6, 0]);
  });

  it('weigh what another one holds', () => {
    // B weighs three times as much: of A's 6 cpus it would be due 18, and wants 6; its part is 3/4, of which it wants 0.6
    const roles = { A: { weight: 1 }, B: { weight: 3 } };
    expectNear(measure((facts) => two(facts, { cpus: 4 }).finish(10), { ...POOL, roles }).three, [
      0.4,
      1 - 0.2 / 0.6,
      0,
    ]);
    // A weighs three times as much: a third of its 6 cpus is what B has; B's part is 1/4
    const turned = { A: { weight: 3 }, B: { weight: 1 } };
    const { three } = measure((facts) => two(facts, { cpus: 4 }).finish(10), { ...POOL, roles: turned });
    expectNear(three, [0, 1 - 0.2 / 0.25, 0]);
  });

  it('count the time in which somebody waits and another one is there', () => {
    // From 10 s on A is gone, from 20 s on nobody waits
    const { three } = measure((facts) => two(facts, { cpus: 4 }).at(10).end('a').at(20).start('more').finish(40));
    expectNear(three, [0.4, 0.6, 0]);
    // From 10 s on both are there and nobody waits
    const { three: other } = measure((facts) => two(facts, { cpus: 2 }).at(10).start('more').at(20).finish(30));
    expectNear(other, [0.2, 0.5, 1]);
  });

  it('are null where nobody ever waits beside another one', () => {
    expect(measure((facts) => facts.submit('a', 'A', { cpus: 1 }).at(5).start('a').finish(10)).three).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are sampled after so much work, and say so', () => {
    const busy = (facts: FakeFacts) => {
      two(facts, { cpus: 4 });
      for (let i = 1; i < 20; i++) facts.at(i).submit(`x${i}`, 'B', { cpus: 1 });
      facts.finish(20);
    };
    expect(measure(busy).approximate).toEqual({});
    expect(Object.keys(measure(busy, POOL, 50).approximate)).toHaveLength(3);
  });
});
