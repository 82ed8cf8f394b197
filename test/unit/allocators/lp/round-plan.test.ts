import { beforeAll, describe, expect, it } from 'vitest';
import { PlainRoom } from '../../../../src/allocators/lp/plain-room.ts';
import { type PlanProblem, worthOf } from '../../../../src/allocators/lp/plan-problem.ts';
import { roundPlan, topUp } from '../../../../src/allocators/lp/round-plan.ts';
import { solvePlan, solveWholePlan } from '../../../../src/allocators/lp/solve-plan.ts';
import { loadSolver } from '../../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../../src/optimization/solver.ts';
import { COARSE, FINE, type Grain, planFamily } from '../../../support/plan-family.ts';
import { planProblem } from '../../../support/plan-problem.ts';

/** Twenty, but for the largest in the quick suite. */
const seedsOf = (size: number) => (size <= 20 || process.env['ALLOT_FULL'] === '1' ? 20 : 5);

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

function cellsOf(problem: PlanProblem): Float64Array {
  const plan = solvePlan(solver, problem, 'throughput');
  if (plan.status !== 'planned') throw new Error(plan.reason);
  return plan.cells;
}

function rounded(problem: PlanProblem, cells: Float64Array, repairs = true): Float64Array {
  const room = new PlainRoom(problem);
  roundPlan(problem, cells, room, repairs);
  return room.cells;
}

function greedy(problem: PlanProblem): Float64Array {
  const room = new PlainRoom(problem);
  topUp(problem.tasks, room);
  return room.cells;
}

function expectFeasible(problem: PlanProblem, cells: Float64Array): void {
  const { tasks, nodes, resources } = problem;
  for (const [i, { count }] of tasks.entries()) {
    const row = cells.subarray(i * nodes.length, (i + 1) * nodes.length);
    expect(row.every(Number.isInteger)).toBe(true);
    expect(row.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(count);
  }
  for (const [j, { free }] of nodes.entries()) {
    for (let r = 0; r < resources; r++) {
      let used = 0;
      for (const [i, { demand }] of tasks.entries()) used += cells[i * nodes.length + j]! * demand[r]!;
      expect(used).toBeLessThanOrEqual(free[r]!);
    }
  }
}

describe('rounding', () => {
  it('keeps what is whole, whatever the last bits of the solver say', () => {
    const problem = planProblem([{ demand: [2], count: 5, weight: 1 }], [[6]]);
    expect(Array.from(rounded(problem, Float64Array.of(2.999_999_999_9), false))).toEqual([3]);
    expect(Array.from(rounded(problem, Float64Array.of(3.000_000_000_1), false))).toEqual([3]);
  });

  it('gives a task to the larger remainder first, then to the heavier kind, then in order', () => {
    // One place of 10 is left beside whole tasks.
    const two = (first: number, second: number) => [
      { demand: [10], count: 1, weight: first },
      { demand: [10], count: 1, weight: second },
    ];
    expect(Array.from(rounded(planProblem(two(1, 9), [[10]]), Float64Array.of(0.6, 0.4)))).toEqual([1, 0]);
    expect(Array.from(rounded(planProblem(two(1, 9), [[10]]), Float64Array.of(0.5, 0.5)))).toEqual([0, 1]);
    expect(Array.from(rounded(planProblem(two(4, 4), [[10]]), Float64Array.of(0.5, 0.5)))).toEqual([1, 0]);
  });

  it('fills up with what is worth most for the dominant share it takes', () => {
    const tasks = [
      { demand: [6, 0], count: 5, weight: 9 },
      { demand: [2, 2], count: 5, weight: 4 },
    ];
    // 10 of both: 9 for 0.6 against 4 for 0.2, so five of the second and none of the first.
    expect(Array.from(greedy(planProblem(tasks, [[10, 10]])))).toEqual([0, 5]);
  });

  it('never promises a task that no node of a class has room for: two nodes of 3 take two tasks of 2', () => {
    const together: PlanProblem = {
      ...planProblem([{ demand: [2], count: 9, weight: 1 }], [[6]]),
      most: Float64Array.of(2),
    };
    expect(Array.from(cellsOf(together))).toEqual([2]);
    expect(Array.from(cellsOf({ ...together, most: Float64Array.of(3) }))).toEqual([3]);
  });

  it('may be stuck where a search for whole tasks is not: 19 against 20', () => {
    // Of 12, the plan takes 5, 4 and half of a 6. The half does not fit as a whole, and what is left takes the 3: 9 + 7 + 3.
    // Best are both 6: 10 + 10.
    const tasks = [
      { demand: [5], count: 1, weight: 9 },
      { demand: [4], count: 1, weight: 7 },
      { demand: [6], count: 2, weight: 10 },
      { demand: [3], count: 1, weight: 3 },
    ];
    const problem = planProblem(tasks, [[12]]);
    const repaired = worthOf(problem, rounded(problem, cellsOf(problem)));
    const whole = solveWholePlan(solver, problem, 'throughput', 1000);
    expect(whole.status === 'planned' && worthOf(problem, whole.cells)).toBe(20);
    expect(repaired).toBe(19);
  });
});

describe('what rounding costs', () => {
  const averages = (size: number, grain: Grain) => {
    const sums = { floor: 0, repair: 0, greedy: 0 };
    const seeds = seedsOf(size);
    for (let seed = 1; seed <= seeds; seed++) {
      const problem = planFamily(size, size, seed, grain);
      const cells = cellsOf(problem);
      const bound = worthOf(problem, cells);
      const found = { floor: rounded(problem, cells, false), repair: rounded(problem, cells), greedy: greedy(problem) };
      for (const whole of Object.values(found)) expectFeasible(problem, whole);
      const floor = worthOf(problem, found.floor);
      expect(worthOf(problem, found.repair)).toBeGreaterThanOrEqual(floor);
      expect(floor).toBeGreaterThanOrEqual(
        worthOf(
          problem,
          cells.map((x) => Math.floor(x + 1e-6)),
        ),
      );
      for (const name of ['floor', 'repair', 'greedy'] as const)
        sums[name] += worthOf(problem, found[name]) / bound / seeds;
    }
    return sums;
  };

  it.each([
    [5, 0.94],
    [10, 0.94],
    [20, 0.95],
    [50, 0.95],
  ])(
    '%i kinds by as many nodes: mended plans come to %d of the bound or more, above rounding down and greed',
    (size, least) => {
      const { floor, repair, greedy } = averages(size, FINE);
      expect(repair).toBeGreaterThanOrEqual(least);
      expect(repair).toBeGreaterThan(floor);
      expect(repair).toBeGreaterThan(greedy);
    },
  );

  it.each([5, 20])('where a node holds few tasks, %i by as many, it is more, and still less than by greed', (size) => {
    const { floor, repair, greedy } = averages(size, COARSE);
    expect(repair).toBeGreaterThanOrEqual(0.9);
    expect(repair).toBeGreaterThan(Math.max(floor, greedy));
  });
});
