import { describe, expect, it } from 'vitest';
import { runConformance } from '../../../../src/conformance/run-conformance.ts';

const THREE = [
  [3, 1, 1],
  [3, 2, 1],
  [3, 2, 1],
];

async function outcomeOf(id: string, one: object) {
  const text = JSON.stringify({ cases: [{ id, category: 'allocation', title: 'as given', ...one }] });
  const [outcome] = await runConformance([{ name: 'schedules.json', text }]);
  return outcome!;
}

describe('cases of time on unlike nodes', () => {
  it('are served for max-min: 18/17, and any division that gives everyone that', async () => {
    const allocation = [
      [0.382, 0, 0.618],
      [0.309, 0.5, 0.191],
      [0.309, 0.5, 0.191],
    ];
    const expected = { objective: 1.058823529, throughput: ['30/17', '36/17', '36/17'].map(eval17), allocation };
    const one = { throughputs: THREE, workers: [1, 1, 1], expect: expected };
    expect(await outcomeOf('gavel-max-min', one)).toMatchObject({ status: 'passed' });
    const worse = { ...one, expect: { ...expected, allocation: allocation.map(([a, b, c]) => [a, c, b]) } };
    expect(await outcomeOf('gavel-max-min', worse)).toMatchObject({ status: 'failed' });
  });

  it('are served by names of jobs and types, in whatever order', async () => {
    const T = { A: { k80: 1, v100: 3, p100: 1 }, B: { v100: 3, p100: 2, k80: 1 }, C: { v100: 3, p100: 2, k80: 1 } };
    const one = { T, workers: { v100: 1, p100: 1, k80: 1 }, steps: { A: 2, B: 2, C: 2 }, expect: { makespan: 1 } };
    expect(await outcomeOf('gavel-makespan', one)).toMatchObject({ status: 'passed' });
  });

  it('are served for finish times and for cost', async () => {
    const ftf = { T: [[1], [1]], workers: [1], steps: [10, 10], expect: { rho: 1, isolatedThroughput: [0.5, 0.5] } };
    expect(await outcomeOf('gavel-finish-time-fairness', ftf)).toMatchObject({ status: 'passed' });
    const cost = {
      T: [
        [4, 1],
        [3, 2],
      ],
      workers: [1, 1],
      costs: [8, 1],
      expect: { objective: 2.5 },
    };
    expect(await outcomeOf('gavel-cost', cost)).toMatchObject({ status: 'passed' });
  });

  it.each([
    ['gavel-lottery', { T: [[1]], workers: [1], expect: { objective: 1 } }, 'unknown policy `gavel-lottery`'],
    ['gavel-makespan', { T: [[1]], workers: [1], expect: { makespan: 1 } }, 'steps is missing'],
    ['gavel-max-min', { T: [[1]], workers: [1], expect: { odd: 1 } }, '`expect.odd` was not understood'],
    ['gavel-max-min', { T: [[1]], expect: { objective: 1 } }, 'this is no form that is known'],
  ])('fail where they are not understood: %s %j', async (id, one, detail) => {
    const outcome = await outcomeOf(id, one);
    expect(outcome.status).toBe('failed');
    expect(outcome.detail).toContain(detail);
  });
});

/** The value of a fraction such as `30/17`. */
function eval17(text: string): number {
  const [top, bottom] = text.split('/').map(Number);
  return top! / bottom!;
}
