import { beforeAll, describe, expect, it } from 'vitest';
import { type GroupedUser, hierarchicalMaxMin, type ShareGroup } from '../../../src/fairness/hierarchical-max-min.ts';
import { maxMinOnNodes } from '../../../src/fairness/max-min-on-nodes.ts';
import { loadSolver } from '../../../src/optimization/load-solver.ts';
import type { Solver } from '../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const pool = [{ capacity: [12], count: 1 }];
const user = (group: number, more: Partial<GroupedUser> = {}): GroupedUser => ({
  demand: [1],
  unit: 1 / 12,
  weight: 1,
  tasks: Number.POSITIVE_INFINITY,
  group,
  ...more,
});
const TOP = { parent: -1, weight: 1 };

function divide(
  users: readonly GroupedUser[],
  groups: readonly ShareGroup[],
  nodes: { capacity: number[]; count: number }[] = pool,
) {
  const division = hierarchicalMaxMin(solver, nodes, users, groups);
  if (division.status !== 'optimal') throw new Error(division.reason);
  const totals = users.map((_, u) =>
    division.tasks.subarray(u * nodes.length, (u + 1) * nodes.length).reduce((sum, count) => sum + count, 0),
  );
  return { ...division, totals };
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, number] of expected.entries()) expect(actual[i]).toBeCloseTo(number, 9);
}

describe('hierarchicalMaxMin', () => {
  it('divides among groups first, and then inside each', () => {
    // Two groups have 6 each; one has one user, the other two of weights 1 and 2
    const { totals, groupShares, shares } = divide([user(0), user(1), user(1, { weight: 2 })], [TOP, TOP]);
    expectNear(totals, [6, 2, 4]);
    expectNear(groupShares, [1 / 2, 1 / 2]);
    expectNear(shares, [1 / 2, 1 / 6, 1 / 3]);
  });

  it('is max-min among the users where there are no groups', () => {
    const users = [user(-1, { tasks: 2 }), user(-1), user(-1, { weight: 3 })];
    const flat = maxMinOnNodes(solver, pool, users);
    expectNear(divide(users, []).totals, flat.status === 'optimal' ? [...flat.tasks] : []);
  });

  it('gives what a group cannot use to the others, and what a user cannot use to its own group first', () => {
    // The first group can use 2 of 12; the second has 10, of which its first user wants 1
    const users = [user(0, { tasks: 2 }), user(1, { tasks: 1 }), user(1)];
    expectNear(divide(users, [TOP, TOP]).totals, [2, 1, 9]);
  });

  it('goes down storey by storey', () => {
    // a has 6 and b has 6; below a, a/x (weight 1) and a/y (weight 2) have 2 and 4; below a/y two users have 2 each
    const groups = [TOP, TOP, { parent: 0, weight: 1 }, { parent: 0, weight: 2 }];
    const { totals, groupShares } = divide([user(1), user(2), user(3), user(3)], groups);
    expectNear(totals, [6, 2, 2, 2]);
    expectNear(groupShares, [1 / 2, 1 / 2, 1 / 6, 1 / 3]);
  });

  it('keeps the shares of groups while users move from node to node', () => {
    // Group 0 may use both nodes, group 1 the second alone: 7 and 5 of 12 tasks, and 3.5 each inside group 0
    const nodes = [
      { capacity: [7], count: 1 },
      { capacity: [5], count: 1 },
    ];
    const users = [user(0), user(0, { mayUse: [true, true] }), user(1, { mayUse: [false, true] })];
    expectNear(divide(users, [TOP, TOP], nodes).totals, [3.5, 3.5, 5]);
  });

  it('does nothing for groups without users and users without room', () => {
    const users = [user(0, { tasks: 0 }), user(2)];
    const { totals, groupShares } = divide(users, [TOP, TOP, TOP]);
    expectNear(totals, [0, 12]);
    expectNear(groupShares, [0, 0, 1]);
    expect(divide([], []).solves).toBe(0);
  });

  it('refuses a tree that is none', () => {
    expect(() => divide([], [{ parent: 0, weight: 1 }])).toThrow('group 0 stands below group 0');
    expect(() => divide([user(1)], [TOP])).toThrow('there is no group 1');
    expect(() => divide([], [{ parent: -1, weight: 0 }])).toThrow('weight is 0');
  });
});
