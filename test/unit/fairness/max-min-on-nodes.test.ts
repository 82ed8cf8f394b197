import { beforeAll, describe, expect, it } from 'vitest';
import { dominantShare } from '../../../src/fairness/dominant-share.ts';
import { maxMinOnNodes } from '../../../src/fairness/max-min-on-nodes.ts';
import type { NodeClass, NodeUser } from '../../../src/fairness/node-program.ts';
import { loadSolver } from '../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** Two nodes, one with much of the second resource and one with much of the first. */
const uneven: readonly NodeClass[] = [
  { capacity: [2, 12], count: 1 },
  { capacity: [12, 2], count: 1 },
];

function user(demand: readonly number[], nodes: readonly NodeClass[], more: Partial<NodeUser> = {}): NodeUser {
  const total = demand.map((_, r) => nodes.reduce((sum, { capacity, count }) => sum + count * capacity[r]!, 0));
  return { demand, unit: dominantShare(demand, total), weight: 1, tasks: Number.POSITIVE_INFINITY, ...more };
}

function divide(nodes: readonly NodeClass[], users: readonly NodeUser[]) {
  const division = maxMinOnNodes(solver, nodes, users);
  if (division.status !== 'optimal') throw new Error(division.reason);
  const totals = users.map((_, u) =>
    division.tasks.subarray(u * nodes.length, (u + 1) * nodes.length).reduce((sum, count) => sum + count, 0),
  );
  return { ...division, totals };
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, number] of expected.entries()) expect(actual[i]).toBeCloseTo(number, 10);
}

describe('maxMinOnNodes', () => {
  it('is DRF on one node: three tasks and two in the example of the paper', () => {
    const pool = [{ capacity: [9, 18], count: 1 }];
    const { totals, levels, tasks } = divide(pool, [user([1, 4], pool), user([3, 1], pool)]);
    expectNear(totals, [3, 2]);
    expectNear(levels, [2 / 3, 2 / 3]);
    expect(tasks.length).toBe(2);
  });

  it('puts tasks where they fit best: ten each on two uneven nodes, where DRF on each node gives six', () => {
    // (2, 12) holds ten tasks of (0.2, 1) and (12, 2) ten of (1, 0.2); each is 1/14 of the cluster
    const { totals, levels } = divide(uneven, [user([0.2, 1], uneven), user([1, 0.2], uneven)]);
    expectNear(totals, [10, 10]);
    expectNear(levels, [5 / 7, 5 / 7]);
  });

  it('raises shares in proportion to weights', () => {
    // 2x/9 = 2 (y/3) and 4x + y <= 18 is tight: x = 54/13, y = 18/13
    const pool = [{ capacity: [9, 18], count: 1 }];
    expectNear(divide(pool, [user([1, 4], pool, { weight: 2 }), user([3, 1], pool)]).totals, [54 / 13, 18 / 13]);
  });

  it('counts a class of nodes as one pool', () => {
    const nodes = [{ capacity: [1, 2], count: 9 }];
    expectNear(divide(nodes, [user([1, 4], nodes), user([3, 1], nodes)]).totals, [3, 2]);
  });

  it('goes on for those who are held back by nothing', () => {
    // A stops at its bound of 1; B takes the other 8 cpus
    const pool = [{ capacity: [9, 18], count: 1 }];
    const { totals, levels } = divide(pool, [user([1, 4], pool, { tasks: 1 }), user([3, 1], pool)]);
    expectNear(totals, [1, 8 / 3]);
    expectNear(levels, [2 / 9, 8 / 9]);
  });

  it('keeps users to the nodes that they may use', () => {
    // The first may use the first node alone: 10 of its tasks fit there; the second one has 10 on the other node and more
    // on what the first leaves: nothing.
    const users = [user([1], nodes(), { mayUse: [true, false] }), user([1], nodes())];
    expectNear(divide(nodes(), users).totals, [4, 10]);
    function nodes(): NodeClass[] {
      return [
        { capacity: [4], count: 1 },
        { capacity: [10], count: 1 },
      ];
    }
  });

  it('counts what users have already', () => {
    // 10 steps, shares 0.3 and 0: the second one is given 0.3 first, then both have half of what is left
    const pool = [{ capacity: [10], count: 1 }];
    const { totals, levels } = divide(pool, [user([1], pool, { held: 0.3 }), user([1], pool)]);
    expectNear(totals, [3.5, 6.5]);
    expectNear(levels, [0.65, 0.65]);
    // Who has more than the others can reach is given nothing
    expectNear(divide(pool, [user([1], pool, { held: 2 }), user([1], pool)]).totals, [0, 10]);
  });

  it('lets those who can be given nothing hold nobody back', () => {
    const nodes = [{ capacity: [10, 0], count: 1 }];
    const users = [
      user([1, 0], nodes, { tasks: 0 }),
      user([0, 0], nodes, { tasks: 3 }),
      user([1, 1], nodes),
      user([1, 0], nodes, { mayUse: [false] }),
      user([2, 0], nodes),
    ];
    const { totals, levels, solves } = divide(nodes, users);
    expectNear(totals, [0, 3, 0, 0, 5]);
    expectNear(levels, [0, 0, 0, 0, 1]);
    expect(solves).toBe(1);
  });

  it('solves nothing where there is nobody and nothing', () => {
    expect(divide([], [])).toMatchObject({ totals: [], solves: 0 });
    expect(divide([], [{ demand: [], unit: 0, weight: 1, tasks: 1 }]).totals).toEqual([0]);
    expect(divide(uneven, []).solves).toBe(0);
    const gone = [{ capacity: [4], count: 0 }];
    expect(divide(gone, [user([1], [{ capacity: [4], count: 1 }])]).totals).toEqual([0]);
  });

  it('refuses numbers that make no sense', () => {
    const one = (more: Partial<NodeUser>) => () => divide(uneven, [user([1, 1], uneven, more)]);
    expect(one({ weight: 0 })).toThrow('weight is 0');
    expect(one({ tasks: -1 })).toThrow('tasks is -1');
    expect(one({ held: -1 })).toThrow('held is -1');
    expect(one({ unit: Number.NaN })).toThrow('unit is NaN');
    expect(one({ mayUse: [true] })).toThrow('mayUse has 1 entries');
    expect(one({ demand: [1] })).toThrow('demands 1 resources');
    expect(() => divide([{ capacity: [1, -1], count: 1 }], [])).toThrow('capacity is -1');
    expect(() => divide([{ capacity: [1, 1], count: -1 }], [])).toThrow('count is -1');
  });
});
