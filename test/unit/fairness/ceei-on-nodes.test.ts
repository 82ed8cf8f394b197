import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ceei } from '../../../src/fairness/ceei.ts';
import { ceeiOnNodes } from '../../../src/fairness/ceei-on-nodes.ts';
import type { PlacedUser } from '../../../src/fairness/drfh.ts';
import type { NodeClass } from '../../../src/fairness/node-program.ts';
import { loadSolver } from '../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

function divide(nodes: readonly NodeClass[], users: readonly PlacedUser[], gap?: number) {
  const division = ceeiOnNodes(solver, nodes, users, gap === undefined ? {} : { gap });
  if (division.status !== 'optimal') throw new Error(division.reason);
  const totals = users.map((_, u) =>
    division.tasks.subarray(u * nodes.length, (u + 1) * nodes.length).reduce((sum, count) => sum + count, 0),
  );
  return { ...division, totals };
}

describe('ceeiOnNodes', () => {
  it('is CEEI in one pool: 45/11 and 18/11 tasks', () => {
    const { totals, gap } = divide([{ capacity: [9, 18], count: 1 }], [{ demand: [1, 4] }, { demand: [3, 1] }]);
    expect(totals[0]).toBeCloseTo(45 / 11, 3);
    expect(totals[1]).toBeCloseTo(18 / 11, 3);
    expect(gap).toBeLessThanOrEqual(1e-6);
  });

  it('divides one resource in proportion to weights', () => {
    const { totals } = divide([{ capacity: [6], count: 2 }], [{ demand: [1], weight: 2 }, { demand: [1] }], 1e-9);
    expect(totals[0]).toBeCloseTo(8, 2);
    expect(totals[1]).toBeCloseTo(4, 2);
  });

  it('puts tasks where they fit best', () => {
    // Ten of (0.2, 1) fit on (2, 12) and ten of (1, 0.2) on (12, 2); what is left of each node holds a third more or less
    // of the other: more than ten each cannot be had by both.
    const nodes = [
      { capacity: [2, 12], count: 1 },
      { capacity: [12, 2], count: 1 },
    ];
    const { totals } = divide(nodes, [{ demand: [0.2, 1] }, { demand: [1, 0.2] }]);
    expect(totals[0]).toBeCloseTo(10, 3);
    expect(totals[1]).toBeCloseTo(10, 3);
  });

  it('gives what a bounded user leaves to the others', () => {
    const { totals } = divide([{ capacity: [12], count: 1 }], [{ demand: [1], tasks: 2 }, { demand: [1] }]);
    expect(totals[0]).toBeCloseTo(2, 6);
    expect(totals[1]).toBeCloseTo(10, 6);
  });

  it('comes as near to the prices of one pool as its gap says', () => {
    const world = fc.record({
      capacity: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 3, maxLength: 3 }),
      users: fc.array(
        fc.record({
          demand: fc
            .array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 })
            .filter((d) => d.some((a) => a > 0)),
          weight: fc.constantFrom(1, 2, 0.5),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    });
    const welfare = (users: readonly PlacedUser[], tasks: readonly number[]) =>
      users.reduce((sum, { weight = 1 }, u) => sum + weight * Math.log(tasks[u]!), 0) /
      users.reduce((sum, { weight = 1 }) => sum + weight, 0);
    fc.assert(
      fc.property(world, ({ capacity, users }) => {
        const { totals, gap } = divide([{ capacity, count: 1 }], users);
        const priced = ceei(capacity, users, { gap: 1e-9 });
        expect(gap).toBeLessThanOrEqual(1e-6);
        expect(Math.abs(welfare(users, totals) - welfare(users, priced.tasks))).toBeLessThanOrEqual(2e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps those out of the market who want nothing or can have nothing', () => {
    const users = [{ demand: [0, 0], tasks: 3 }, { demand: [1, 1] }, { demand: [1, 0], tasks: 0 }, { demand: [1, 0] }];
    const { totals } = divide([{ capacity: [8, 0], count: 1 }], users);
    expect(totals.slice(0, 3)).toEqual([3, 0, 0]);
    expect(totals[3]).toBeCloseTo(8, 9);
    expect(divide([], []).solves).toBe(0);
  });

  it('says how near it is when it was stopped', () => {
    const nodes = [{ capacity: [9, 18], count: 1 }];
    const division = ceeiOnNodes(solver, nodes, [{ demand: [1, 4] }, { demand: [3, 1] }], { solves: 1 });
    if (division.status !== 'optimal') throw new Error(division.reason);
    expect(division.solves).toBe(1);
    expect(division.gap).toBeGreaterThan(1e-6);
  });
});
