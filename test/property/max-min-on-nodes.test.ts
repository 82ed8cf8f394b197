import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { maxMinOnNodes } from '../../src/fairness/max-min-on-nodes.ts';
import { progressiveFilling } from '../../src/fairness/progressive-filling.ts';
import { loadSolver } from '../../src/optimization/load-solver.ts';
import type { Solver } from '../../src/optimization/solver.ts';
import { bestShare, loadsOf, nodeWorld } from '../support/node-world.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** What the solver's own tolerance of 1e-9 may grow to in the check's model. */
const ROUNDING = 1e-7;
const RUNS = process.env['ALLOT_FULL'] === '1' ? 3000 : 300;

describe('max-min on nodes', () => {
  it('is progressive filling where there is one class of nodes', () => {
    fc.assert(
      fc.property(nodeWorld({ classes: 1 }), ({ nodes, users }) => {
        const total = nodes[0]!.capacity.map((amount) => amount * nodes[0]!.count);
        const expected = progressiveFilling(total, users).tasks;
        const division = maxMinOnNodes(solver, nodes, users);
        if (division.status !== 'optimal') throw new Error(division.reason);
        for (const [u, count] of expected.entries()) {
          expect(Math.abs(division.tasks[u]! - count)).toBeLessThanOrEqual(1e-9 * Math.max(1, count));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps within capacities, bounds and masks', () => {
    fc.assert(
      fc.property(nodeWorld({ classes: 4 }), ({ nodes, users }) => {
        const division = maxMinOnNodes(solver, nodes, users);
        if (division.status !== 'optimal') throw new Error(division.reason);
        for (const load of loadsOf(nodes, users, division.tasks)) expect(load).toBeLessThanOrEqual(1 + 1e-9);
        users.forEach((user, u) => {
          const own = division.tasks.subarray(u * nodes.length, (u + 1) * nodes.length);
          expect(own.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(user.tasks * (1 + 1e-9));
          for (const [j, count] of own.entries()) if (user.mayUse[j] === false) expect(count).toBe(0);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves nobody who could have more without taking from one who has no more', () => {
    fc.assert(
      fc.property(nodeWorld({ classes: 4 }), ({ nodes, users }) => {
        const division = maxMinOnNodes(solver, nodes, users);
        if (division.status !== 'optimal') throw new Error(division.reason);
        const { levels } = division;
        expect(division.solves).toBeLessThanOrEqual(users.length);
        users.forEach((user, u) => {
          // The others who have no more keep what they have; those with more may fall to the level of this one.
          const floors = users.map((_, v) => (v === u ? 0 : Math.min(levels[v]!, levels[u]!)));
          const best = bestShare(solver, nodes, users, u, floors);
          expect(best / user.weight).toBeLessThanOrEqual(levels[u]! + ROUNDING * Math.max(1, levels[u]!));
        });
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
