import { beforeAll, describe, expect, it } from 'vitest';
import type { Objective, PlanProblem } from '../../../../src/allocators/lp/plan-problem.ts';
import { solvePlan, solveWholePlan } from '../../../../src/allocators/lp/solve-plan.ts';
import { loadSolver } from '../../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../../src/optimization/solver.ts';
import { planProblem } from '../../../support/plan-problem.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

function plan(problem: PlanProblem, objective: Objective = 'unmet-demand') {
  const found = solvePlan(solver, problem, objective);
  if (found.status !== 'planned') throw new Error(found.reason);
  const { cells, ...rest } = found;
  return { ...rest, cells: Array.from(cells, (x) => Math.round(x * 1e9) / 1e9) };
}

/** A of (2 cpus, 4 mem) and B of (3, 5), worth 5 and 3, on nodes of (10, 20) and (15, 25). */
const kindsOf = (count: number) => [
  { demand: [2, 4], count, weight: 5 },
  { demand: [3, 5], count, weight: 3 },
];
const nodes = [
  [10, 20],
  [15, 25],
];

describe('a plan', () => {
  it('meets the most weight: six of each on two nodes are worth 42.6', () => {
    expect(plan(planProblem(kindsOf(6), nodes)).cells).toEqual([5, 1, 0, 4.2]);
  });

  it('places everything where there is room', () => {
    const { cells } = plan(planProblem(kindsOf(1), nodes));
    expect(cells[0]! + cells[1]!).toBe(1);
    expect(cells[2]! + cells[3]!).toBe(1);
  });

  it('keeps to the nodes that a kind may use', () => {
    const problem = planProblem(kindsOf(6), nodes);
    expect(plan({ ...problem, most: Float64Array.of(0, 6, 3, 5) }).cells.slice(0, 2)).toEqual([0, 6]);
  });

  it('gives what is left to tasks of no weight, as many as fit', () => {
    const tasks = [
      { demand: [2], count: 2, weight: 5 },
      { demand: [3], count: 5, weight: 0 },
    ];
    const found = plan(planProblem(tasks, [[10]]));
    expect(found).toMatchObject({ cells: [2, 2], solves: 2 });
  });

  it('gives tiers what they want in order, however little they weigh', () => {
    const tasks = [
      { demand: [2], count: 3, weight: 1e9 },
      { demand: [2], count: 3, weight: 1, tier: 7 },
    ];
    expect(plan(planProblem(tasks, [[8]]))).toMatchObject({ cells: [1, 3], solves: 2 });
  });

  it('adds what a task is worth where its kind runs', () => {
    const problem = planProblem([{ demand: [1], count: 3, weight: 1 }], [[3], [3]]);
    expect(plan({ ...problem, bonus: Float64Array.of(0, 0.1) }).cells).toEqual([0, 3]);
  });

  it('by cost places all that fits at the least price, and what fits has precedence over what it costs', () => {
    const problem = planProblem([{ demand: [1], count: 5, weight: 1 }], [[4], [4]]);
    const price = Float64Array.of(2, 1);
    expect(plan({ ...problem, price }, 'cost').cells).toEqual([1, 4]);
    expect(plan({ ...problem, price: Float64Array.of(2, 1000) }, 'cost').cells).toEqual([4, 1]);
  });

  it('with nothing that could go anywhere is empty, and no program is solved', () => {
    const problem = planProblem(kindsOf(6), nodes);
    expect(plan({ ...problem, most: new Float64Array(4) })).toEqual({
      status: 'planned',
      cells: [0, 0, 0, 0],
      solves: 0,
      misses: false,
    });
  });
});

describe('floors and ceilings', () => {
  const tasks = [
    { demand: [1], count: 100, weight: 5 },
    { demand: [1], count: 100, weight: 3 },
  ];
  const pool = planProblem(tasks, [[100]]);
  const bound = (kind: number, limits: { atLeast?: number; atMost?: number }) => ({
    owner: kind,
    each: Float64Array.from(tasks, (_, i) => (i === kind ? 1 : 0)),
    atLeast: 0,
    atMost: Number.POSITIVE_INFINITY,
    spares: false,
    ...limits,
  });

  it('make (0.5, 0.5) the best of 5 xA + 3 xB', () => {
    expect(plan(pool).cells).toEqual([100, 0]);
    expect(plan({ ...pool, bounds: [bound(0, { atLeast: 50 }), bound(1, { atLeast: 50 })] }).cells).toEqual([50, 50]);
    expect(plan({ ...pool, bounds: [bound(0, { atMost: 50 }), bound(1, { atMost: 50 })] }).cells).toEqual([50, 50]);
  });

  it('that cannot all be kept are missed by as little as can be, in parts of each, and that is told', () => {
    // Of 100, floors of 120 and 60 cannot be kept: what is missing of the second counts for twice as much.
    const found = plan({ ...pool, bounds: [bound(0, { atLeast: 120 }), bound(1, { atLeast: 60 })] });
    expect(found).toMatchObject({ cells: [40, 60], misses: true });
    expect(plan({ ...pool, bounds: [bound(1, { atLeast: 60 })] })).toMatchObject({ cells: [40, 60], misses: false });
  });

  it('a ceiling wins over a floor above it', () => {
    expect(plan({ ...pool, bounds: [bound(1, { atLeast: 60, atMost: 20 })] }).cells).toEqual([80, 20]);
  });
});

describe('a plan in whole tasks', () => {
  it('is the best there is: six of each on two nodes are worth 42', () => {
    const found = solveWholePlan(solver, planProblem(kindsOf(6), nodes), 'throughput', 1000);
    expect(found).toMatchObject({ status: 'planned' });
    expect(Array.from((found as { cells: Float64Array }).cells)).toEqual([5, 1, 0, 4]);
  });

  it('keeps what earlier objectives have reached', () => {
    const tasks = [
      { demand: [3], count: 3, weight: 1, tier: 1 },
      { demand: [2], count: 9, weight: 100 },
    ];
    const found = solveWholePlan(solver, planProblem(tasks, [[7]]), 'throughput', 1000);
    expect(Array.from((found as { cells: Float64Array }).cells)).toEqual([2, 0]);
  });
});
