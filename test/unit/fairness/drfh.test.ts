import { beforeAll, describe, expect, it } from 'vitest';
import { drfh } from '../../../src/fairness/drfh.ts';
import { loadSolver } from '../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

describe('drfh', () => {
  it("gives ten tasks each in the paper's example, and a global dominant share of 5/7", () => {
    const nodes = [
      { capacity: [2, 12], count: 1 },
      { capacity: [12, 2], count: 1 },
    ];
    const division = drfh(solver, nodes, [{ demand: [0.2, 1] }, { demand: [1, 0.2] }]);
    if (division.status !== 'optimal') throw new Error(division.reason);
    const [a, b, c, d] = division.tasks;
    expect(a! + b!).toBeCloseTo(10, 9);
    expect(c! + d!).toBeCloseTo(10, 9);
    for (const level of division.levels) expect(level).toBeCloseTo(5 / 7, 10);
  });

  it('takes weights, bounds and masks', () => {
    const nodes = [{ capacity: [10], count: 2 }];
    const users = [
      { demand: [1], weight: 3 },
      { demand: [1] },
      { demand: [1], tasks: 2 },
      { demand: [1], mayUse: [false] },
    ];
    const division = drfh(solver, nodes, users);
    if (division.status !== 'optimal') throw new Error(division.reason);
    for (const [u, tasks] of [13.5, 4.5, 2, 0].entries()) expect(division.tasks[u]).toBeCloseTo(tasks, 9);
  });

  it('gives nothing where there are no nodes', () => {
    expect(drfh(solver, [], [{ demand: [1] }])).toMatchObject({ status: 'optimal', levels: [0] });
  });
});
