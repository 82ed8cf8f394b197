import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/fairness/progressive-filling.ts';
import { progressiveFilling } from '../../../src/fairness/progressive-filling.ts';
import { psDsf } from '../../../src/fairness/ps-dsf.ts';

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, number] of expected.entries()) expect(actual[i]).toBeCloseTo(number, 9);
}

/** Gives the first user and server at which the definition does not hold, or null. */
function breach(servers: readonly number[][], users: readonly User[]): string | null {
  const { tasks, totals, alone, virtualShares } = psDsf(servers, users);
  for (const [u, user] of users.entries()) {
    if (totals[u]! >= (user.tasks ?? Number.POSITIVE_INFINITY) - 1e-9) continue;
    for (const [i, capacity] of servers.entries()) {
      if (!(alone[u]![i]! > 0)) continue;
      const isHeldBack = capacity.some((amount, r) => {
        if (!(user.demand[r]! > 0)) return false;
        const load = users.reduce((sum, { demand }, v) => sum + tasks[v]![i]! * demand[r]!, 0);
        if (load < amount * (1 - 1e-9)) return false;
        return users.every(({ demand }, v) => {
          const takes = demand[r]! > 0 && tasks[v]![i]! > 1e-9 * alone[v]![i]!;
          return !takes || virtualShares[v]![i]! <= virtualShares[u]![i]! * (1 + 1e-9);
        });
      });
      if (!isHeldBack) return `user ${u} could have more on server ${i}`;
    }
  }
  return null;
}

const instances = fc.integer({ min: 1, max: 3 }).chain((resources) => {
  const amounts = (min: number, max: number) =>
    fc.array(fc.integer({ min, max }), { minLength: resources, maxLength: resources });
  return fc.record({
    servers: fc.array(amounts(0, 40), { minLength: 1, maxLength: 4 }),
    users: fc.array(
      fc.record({
        demand: amounts(0, 8).filter((demand) => demand.some((amount) => amount > 0)),
        weight: fc.constantFrom(1, 1, 2, 0.5),
        tasks: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 3, 0),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  });
});

describe('psDsf', () => {
  it('is DRF on one server', () => {
    expectNear(psDsf([[9, 18]], [{ demand: [1, 4] }, { demand: [3, 1] }]).totals, [3, 2]);
  });

  it('goes by what each could run alone on each server', () => {
    // On (10, 20) the users alone have 5, 10/3 and 10 tasks, on (15, 25) they have 25/4, 5 and 15.
    const { totals, alone, virtualShares, settled } = psDsf(
      [
        [10, 20],
        [15, 25],
      ],
      [{ demand: [2, 4] }, { demand: [3, 5] }, { demand: [1, 1] }],
    );
    expectNear(totals, [25 / 6, 25 / 9, 25 / 3]);
    expectNear(alone.flat(), [5, 25 / 4, 10 / 3, 5, 10, 15]);
    expectNear(virtualShares.flat(), [5 / 6, 2 / 3, 5 / 6, 5 / 9, 5 / 6, 5 / 9]);
    expect(settled).toBe(true);
  });

  it('lets a user have nothing where its virtual share is large already', () => {
    // The first one has the second server alone, and with it a virtual share of 1 on both; so the second one, which can use
    // the first server alone, rises to 1 there before the first one begins: 10 tasks each.
    const servers = [
      [10, 10],
      [10, 0],
    ];
    const { totals, tasks } = psDsf(servers, [{ demand: [1, 0] }, { demand: [1, 1] }]);
    expectNear(totals, [10, 10]);
    expectNear(tasks[0]!, [0, 10]);
  });

  it('holds to its definition on random servers, bounds and weights', () => {
    fc.assert(
      fc.property(instances, ({ servers, users }) => breach(servers, users) === null),
      { numRuns: 500 },
    );
  });

  it('is progressive filling on one server', () => {
    fc.assert(
      fc.property(instances, ({ servers, users }) => {
        const { totals } = psDsf([servers[0]!], users);
        const { tasks } = progressiveFilling(servers[0]!, users);
        for (const [u, count] of tasks.entries()) {
          expect(Math.abs(totals[u]! - count)).toBeLessThanOrEqual(1e-9 * Math.max(1, count));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives all it can use to a user that demands nothing, and nothing to one without room', () => {
    expectNear(
      psDsf([[4, 0]], [{ demand: [0, 0], tasks: 7 }, { demand: [1, 1] }, { demand: [1, 0] }]).totals,
      [7, 0, 4],
    );
    expect(psDsf([], [{ demand: [1] }])).toMatchObject({ totals: [0], sweeps: 0, settled: true });
    expect(psDsf([[1]], []).totals).toEqual([]);
  });

  it('says when it was stopped before it settled', () => {
    const servers = [
      [10, 20],
      [15, 25],
    ];
    const users = [{ demand: [2, 4] }, { demand: [3, 5] }, { demand: [1, 1] }];
    expect(psDsf(servers, users, { sweeps: 2 })).toMatchObject({ sweeps: 2, settled: false });
  });

  it('refuses numbers that make no sense', () => {
    expect(() => psDsf([[1]], [{ demand: [1, 2] }])).toThrow('demands 2 resources');
    expect(() => psDsf([[1]], [{ demand: [1], weight: 0 }])).toThrow('weight is 0');
  });
});
