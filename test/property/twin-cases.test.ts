import { describe, expect, it } from 'vitest';
import { engineSchedule } from '../support/engine-schedule.ts';
import type { TwinJob, TwinWorld } from '../support/twin-world.ts';
import { type TwinPolicy, UnitStepTwin } from '../support/unit-step-twin.ts';

/** Tasks as [cpus, mem, …] in units; all of a job run equally long. */
function job(framework: string, submit: number, run: number, demands: readonly (readonly number[])[]): TwinJob {
  const tasks = demands.map((demand) => ({ demand: demand.map((units) => units * 1000), run }));
  return { framework, submit, estimate: null, priority: 0, gang: false, tasks };
}

function gang(framework: string, submit: number, run: number, demands: readonly (readonly number[])[]): TwinJob {
  return { ...job(framework, submit, run, demands), gang: true };
}

function world(
  nodes: readonly (readonly number[])[],
  jobs: readonly TwinJob[],
  roleOf: Readonly<Record<string, string>> = {},
): TwinWorld {
  return {
    nodes: nodes.map((units) => units.map((amount) => amount * 1000)),
    jobs,
    roles: [],
    roleOf: { a: 'a', b: 'b', c: 'c', ...roleOf },
  };
}

/** Gives `start@node` for each task of each job, in order; the engine and the twin must both say so. */
async function expectStarts(setup: TwinWorld, policy: TwinPolicy, starts: readonly string[]): Promise<void> {
  const asText = ({ tasks }: { tasks: readonly { start: number | null; node: number | null }[] }) =>
    tasks.map(({ start, node }) => `${start}@${node}`);
  expect(asText(new UnitStepTwin(setup, policy).run())).toEqual(starts);
  expect(asText(await engineSchedule(setup, policy))).toEqual(starts);
}

const fifo: TwinPolicy = { order: 'fifo', queue: 'strict', placement: 'first-fit' };
const drf: TwinPolicy = { order: 'drf', queue: 'strict', placement: 'first-fit' };

describe('a case worked by hand', () => {
  it('best-fit: unlike nodes that are left with 0.4 each tie, and the lower number wins', async () => {
    // Job 0 leaves node 0 with (3, 3) of (5, 3). After job 1 node 0 would have 2/5 + 0/3, node 1 0/1 + 2/5.
    const jobs = [job('a', 0, 5, [[2, 0]]), job('a', 1, 1, [[1, 3]])];
    const nodes = [
      [5, 3],
      [1, 5],
    ];
    await expectStarts(world(nodes, jobs), { ...fifo, placement: 'best-fit' }, ['0@0', '1@0']);
  });

  it('round-robin: the tasks of a gang go round like any others', async () => {
    const jobs = [gang('a', 0, 1, [[1], [1]])];
    await expectStarts(world([[2], [1]], jobs), { ...fifo, placement: 'round-robin' }, ['0@0', '0@1']);
  });

  it('round-robin: a gang that found no room has moved nothing', async () => {
    // At 0 the gang could have nodes 1 and 2 but not 0, where one cpu is free; job 2 then still starts after node 0.
    const jobs = [job('a', 0, 9, [[2]]), gang('a', 0, 1, [[2], [2], [2]]), job('a', 0, 1, [[1]])];
    const policy: TwinPolicy = { ...fifo, queue: 'skip', placement: 'round-robin' };
    await expectStarts(world([[3], [2], [2]], jobs), policy, ['0@0', '9@2', '9@0', '9@1', '0@1']);
  });

  it('drf: a role’s own frameworks appear when the first of them submits, before a child role of the same instant', async () => {
    // Role x has framework a of its own and, a moment later in the same instant, child role x/r with framework c.
    const jobs = [job('a', 0, 1, [[1]]), job('c', 0, 1, [[1]])];
    await expectStarts(world([[1]], jobs, { a: 'x', c: 'x/r' }), drf, ['0@0', '1@0']);
  });

  it('drf: a child is rescaled until its next task lacks a resource or has been found to fit nowhere', async () => {
    // Role x holds x/p (a) and x/q (b), role y holds c; two nodes of 3 cpus, spread by worst-fit.
    // a 1, c 1, b 2: free are 0 and 2. b's next task of 3 fits nowhere, but cpus are left and nobody has tried: b counts
    // like a, 1 of 6, so x counts 2 of 6. c takes 1, y counts 2 of 6 too; x is listed first, a takes the last cpu.
    // At 5 all is free: b's 3 cpus on node 0, c on node 1.
    const jobs = [job('a', 0, 5, [[1], [1]]), job('b', 0, 5, [[2], [3]]), job('c', 0, 5, [[1], [1], [1]])];
    const setup = world([[3], [3]], jobs, { a: 'x/p', b: 'x/q', c: 'y' });
    await expectStarts(setup, { ...drf, placement: 'worst-fit' }, ['0@0', '0@1', '0@0', '5@0', '0@1', '0@1', '5@1']);
  });

  it('best-fit: a gang of unlike tasks that fits side by side starts, whatever the order of nodes', async () => {
    // The task of 1 goes where it leaves nothing, to node 1; the task of 2 has node 0.
    const jobs = [gang('a', 0, 1, [[1], [2]])];
    await expectStarts(world([[2], [1]], jobs), { ...fifo, placement: 'best-fit' }, ['0@1', '0@0']);
  });

  it('skip: a gang of unlike tasks is tried at every pass, because less room can lead its placement to more', async () => {
    // Job 0 keeps node 2 busy. At 0 worst-fit puts the gang's (3, 0) on node 1, where 0 + 2/2 is left, and (1, 2) then
    // has no node. Job 2 takes a cpu of node 1. At 1, with nothing freed, (3, 0) must go to node 0 and (1, 2) has node 1.
    const jobs = [
      job('a', 0, 5, [[0, 0, 1]]),
      gang('a', 0, 1, [
        [3, 0, 0],
        [1, 2, 0],
      ]),
      job('a', 0, 5, [[1, 0, 0]]),
      job('a', 1, 1, [[1, 0, 0]]),
    ];
    const nodes = [
      [3, 0, 0],
      [3, 2, 0],
      [0, 0, 1],
    ];
    const policy: TwinPolicy = { ...fifo, queue: 'skip', placement: 'worst-fit' };
    await expectStarts(world(nodes, jobs), policy, ['0@2', '1@0', '1@1', '0@1', '1@1']);
  });
});

describe('a gang of unlike tasks on an idle cluster', () => {
  it('starts by a packing where the placement is too greedy, so that it never blocks the queue for good', async () => {
    // Worst-fit puts the task of 2 on node 1 (3 cpus), and the task of 3 then has no node; 2 on node 0 and 3 on node 1 do.
    const setup = world([[2], [3]], [gang('a', 0, 1, [[2], [3]])]);
    const { tasks } = await engineSchedule(setup, { ...fifo, placement: 'worst-fit' });
    expect(tasks.map(({ start, node }) => `${start}@${node}`)).toEqual(['0@0', '0@1']);
  });
});

describe('a published example of H-DRF', () => {
  /** Each framework has 30 tasks of one demand, on one node; gives how many of them start at once: twin, then engine. */
  async function startedAtOnce(
    capacity: readonly number[],
    roleOf: Readonly<Record<string, string>>,
    demands: Readonly<Record<string, readonly number[]>>,
  ): Promise<Record<string, number>[]> {
    const jobs = Object.entries(demands).map(([name, demand]) => job(name, 0, 1, new Array(30).fill(demand)));
    const setup: TwinWorld = { ...world([capacity], jobs), roleOf };
    return [new UnitStepTwin(setup, drf).run(), await engineSchedule(setup, drf)].map(({ tasks }) =>
      Object.fromEntries(
        jobs.map(({ framework }, index) => [
          framework,
          tasks.filter((task) => task.job === index && task.start === 0).length,
        ]),
      ),
    );
  }

  it('rescales: 5 tasks each for sci (1, 1), dev (1, 0) and prod (0, 1), the latter two below eng', async () => {
    const counts = { sci: 5, dev: 5, prod: 5 };
    const roleOf = { sci: 'sci', dev: 'eng/dev', prod: 'eng/prod' };
    const demands = { sci: [1, 1], dev: [1, 0], prod: [0, 1] };
    expect(await startedAtOnce([10, 10], roleOf, demands)).toEqual([counts, counts]);
  });

  it('does not let a saturated child hold its sibling back: 10, 10, 10, 15, 15', async () => {
    const counts = { q1: 10, q2: 10, q31: 10, q32: 15, q4: 15 };
    const roleOf = { q1: 'q1', q2: 'q2', q31: 'q3/q31', q32: 'q3/q32', q4: 'q4' };
    const demands = { q1: [1, 0], q2: [1, 0], q31: [1, 0], q32: [0, 1], q4: [0, 1] };
    expect(await startedAtOnce([30, 30], roleOf, demands)).toEqual([counts, counts]);
  });
});
