import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { runWorkload } from '../../support/run-workload.ts';

/** Longer than a run. */
const LONG = 1_000_000_000;

interface Shared {
  readonly allocator: { readonly name: string; readonly [option: string]: string };
  /** Cpus and memory of each node. */
  readonly nodes: readonly (readonly [number, number])[];
  /** Cpus and memory of a task, by framework; each has more tasks than could ever run. */
  readonly users: Readonly<Record<string, readonly [number, number]>>;
  readonly tasks?: Readonly<Record<string, number>>;
  readonly roles?: readonly { readonly path: string; readonly weight: number }[];
  readonly roleOf?: Readonly<Record<string, string>>;
}

/** How many tasks of each framework run when nothing more fits. */
async function divide({ allocator, nodes, users, tasks = {}, roles, roleOf }: Shared): Promise<number[]> {
  const names = Object.keys(users);
  const finished = await runWorkload({
    resources: [resource('cpus'), resource('mem')],
    groups: nodes.map((amounts, n) => ({
      name: `n${n}`,
      count: 1,
      capacity: amounts.map((amount) => amount * 1000),
      attributes: {},
    })),
    jobs: names.map((framework) => ({
      framework,
      submit: 0,
      tasks: Array.from({ length: tasks[framework] ?? 6000 }, () => ({
        demand: users[framework]!.map((amount) => amount * 1000),
        run: LONG,
      })),
    })),
    allocator,
    ...(roles && { roles }),
    ...(roleOf && { roleOf }),
    until: 1,
  });
  const running = names.map(() => 0);
  for (const { job, start } of finished.tasks) if (start !== null) running[job] = running[job]! + 1;
  return running;
}

/** Whole tasks are at most so many away from the exact division, by user. */
function expectWithin(actual: readonly number[], exact: readonly number[], most: readonly number[]): void {
  for (const [u, count] of exact.entries()) expect(Math.abs(actual[u]! - count)).toBeLessThanOrEqual(most[u]!);
}

describe('asset-fairness', () => {
  it('gives the second user of the paper 12 tasks, where half of the cluster would hold 15', async () => {
    // 6 x (1 + 3) / 30 = 12 x (1 + 1) / 30, and 18 + 12 of 30 GB
    const users = { first: [1, 3], second: [1, 1] } as const;
    expect(await divide({ allocator: { name: 'asset-fairness' }, nodes: [[30, 30]], users })).toEqual([6, 12]);
    expect(await divide({ allocator: { name: 'drf' }, nodes: [[30, 30]], users })).toEqual([5, 15]);
  });

  it('comes within a task of the exact division with weights', async () => {
    // 4x / 2 = 2y, so x = y; 3x + y = 3000
    const roles = [
      { path: 'first', weight: 2 },
      { path: 'second', weight: 1 },
    ];
    const users = { first: [1, 3], second: [1, 1] } as const;
    const given = await divide({ allocator: { name: 'asset-fairness' }, nodes: [[3000, 3000]], users, roles });
    expectWithin(given, [750, 750], [1, 1]);
  });
});

describe('ceei', () => {
  const allocator = { name: 'ceei' };

  it("comes within a task of the paper's 45/11 and 18/11", async () => {
    expectWithin(
      await divide({ allocator, nodes: [[900, 1800]], users: { A: [1, 4], B: [3, 1] } }),
      [4500 / 11, 1800 / 11],
      [2, 1],
    );
  });

  it('rewards the lie of the paper: more memory claimed, more tasks run', async () => {
    // A task of the first costs as much as fifteen of the second.
    const nodes = [[10_000, 10_000]] as const;
    const honest = await divide({ allocator, nodes, users: { first: [16, 1], second: [1, 2] } });
    const lied = await divide({ allocator, nodes, users: { first: [16, 8], second: [1, 2] } });
    expectWithin(honest, [10_000 / 31, 150_000 / 31], [1, 16]);
    expectWithin(lied, [2500 / 6, 10_000 / 3], [1, 16]);
  });

  it('takes as incomes what weights give, role by role', async () => {
    // One resource: 2/3 to a, of which a/x and a/y have a third and two thirds
    const roles = [
      { path: 'a', weight: 2 },
      { path: 'b', weight: 1 },
      { path: 'a/x', weight: 1 },
      { path: 'a/y', weight: 2 },
    ];
    const given = await divide({
      allocator: { ...allocator, hierarchy: 'sorter' },
      nodes: [[900, 1]],
      users: { p: [1, 0], q: [1, 0], r: [1, 0] },
      roles,
      roleOf: { p: 'a/x', q: 'a/y', r: 'b' },
    });
    expectWithin(given, [200, 400, 300], [1, 1, 1]);
  });

  it('leaves out of the market who has nothing queued', async () => {
    const given = await divide({ allocator, nodes: [[12, 12]], users: { A: [1, 0], B: [1, 0] }, tasks: { A: 2 } });
    expect(given).toEqual([2, 10]);
  });
});

describe('drfh', () => {
  const nodes = [
    [2, 12],
    [12, 2],
  ] as const;
  const users = { first: [0.2, 1], second: [1, 0.2] } as const;

  it("gives both users of the paper's example ten tasks, each on the node that suits it", async () => {
    expect(await divide({ allocator: { name: 'drfh' }, nodes, users })).toEqual([10, 10]);
  });

  it('gives fewer where tasks go to the first node with room', async () => {
    expect(await divide({ allocator: { name: 'drfh', placement: 'first-fit' }, nodes, users })).toEqual(
      await divide({ allocator: { name: 'drf' }, nodes, users }),
    );
    expect(await divide({ allocator: { name: 'drf' }, nodes, users })).not.toEqual([10, 10]);
  });

  it('places what demands nothing anywhere', async () => {
    expect(await divide({ allocator: { name: 'drfh' }, nodes, users: { idle: [0, 0] }, tasks: { idle: 3 } })).toEqual([
      3,
    ]);
  });
});

describe('ps-dsf', () => {
  const allocator = { name: 'ps-dsf' };

  it('comes within a task a node of the exact division', async () => {
    const nodes = [
      [1000, 2000],
      [1500, 2500],
    ] as const;
    const given = await divide({ allocator, nodes, users: { a: [2, 4], b: [3, 5], c: [1, 1] } });
    expectWithin(given, [2500 / 6, 2500 / 9, 2500 / 3], [2, 2, 2]);
  });

  it('lets a user have nothing on a class where its virtual share is large already', async () => {
    // The first alone can use the second node, the other one only the first node: both rise to ten tasks.
    const nodes = [
      [10, 10],
      [10, 0],
    ] as const;
    expect(await divide({ allocator, nodes, users: { a: [1, 0], b: [1, 1] } })).toEqual([10, 10]);
  });

  it('is DRF on one class of nodes', async () => {
    expect(await divide({ allocator, nodes: [[9, 18]], users: { A: [1, 4], B: [3, 1] } })).toEqual([3, 2]);
  });

  it('weighs virtual shares', async () => {
    const roles = [
      { path: 'a', weight: 2 },
      { path: 'b', weight: 1 },
    ];
    expect(await divide({ allocator, nodes: [[12, 12]], users: { a: [1, 1], b: [1, 1] }, roles })).toEqual([8, 4]);
  });
});
