import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../../../src/base/time.ts';
import type { NodeState } from '../../../../../src/cluster/node-states.ts';
import { type MasterRun, runMaster } from '../../../../support/master-run.ts';

/** A node of two cpus with a task of one that runs for 1000 s, and what becomes of the node. */
function withNode(changes: readonly (readonly [at: number, state: NodeState])[], more: Partial<MasterRun> = {}) {
  return runMaster({
    nodes: [2],
    jobs: [{ framework: 'a', tasks: [1] }],
    events: changes.map(([at, state]) => ({ at: at * SECOND, what: 'node' as const, nodes: [0], state })),
    until: 200,
    ...more,
  });
}

const silence = { options: { 'node-loss': 'silence' } };
const checkpoint = { settings: { a: { checkpoint: true } } };

describe('a node whose connection breaks', () => {
  it('takes tasks along at once of frameworks without checkpoints', async () => {
    expect((await withNode([[3, 'down']])).heard).toEqual(['3 a lost n0']);
  });

  it('takes tasks of others along when it has missed five pings of 15 s', async () => {
    // It registered at 0 and was heard at 0; the ping of 15 s is the first without an answer.
    expect((await withNode([[3, 'down']], checkpoint)).heard).toEqual(['90 a lost n0']);
  });

  it('takes them along when its time to register again is over, if that is sooner', async () => {
    const options = { 'agent-reregister-timeout': '20s' };
    expect((await withNode([[3, 'down']], { ...checkpoint, options })).heard).toEqual(['23 a lost n0']);
  });

  it('takes them along when it is back without them', async () => {
    const { heard, tasks } = await withNode(
      [
        [3, 'down'],
        [10, 'up'],
      ],
      checkpoint,
    );
    expect(heard).toEqual(['10 a lost n0']);
    expect(tasks[0]!.start).toBe(10 * SECOND);
  });

  it('has its offers taken back, and nothing of it is offered until it is back', async () => {
    const { said } = await withNode(
      [
        [2.5, 'down'],
        [9.5, 'up'],
      ],
      { acts: { a: () => ({ onOffers: () => {} }) }, until: 20 },
    );
    expect(said.slice(1)).toEqual(['0 offered a n0 2', '2.5 rescinded a n0 2', '10 offered a n0 2']);
  });
});

describe('a node that falls silent', () => {
  it('is given up 75 s after it has registered, if it never answered', async () => {
    const { heard } = await withNode(
      [
        [0, 'down'],
        [1, 'up'],
        [1, 'down'],
      ],
      { ...silence, nodes: [2, 1], until: 80 },
    );
    expect(heard).toEqual([]);
    const late = await withNode(
      [
        [0, 'unreachable'],
        [1, 'up'],
        [2, 'down'],
      ],
      silence,
    );
    // Back at 1 s it has run the task; pings go out at 1, 16, …: the one of 16 s has no answer.
    expect(late.heard).toEqual(['91 a lost n0']);
  });

  it('stays on offer until then', async () => {
    const { said } = await withNode([[3, 'down']], { ...silence, acts: { a: () => ({ onOffers: () => {} }) } });
    expect(said.slice(1)).toEqual(['0 offered a n0 2', '90 rescinded a n0 2']);
  });

  it('tells of what it has lost when it is back before', async () => {
    const { heard, tasks } = await withNode(
      [
        [3, 'down'],
        [50.5, 'up'],
      ],
      silence,
    );
    expect(heard).toEqual(['50.5 a lost n0']);
    // The cpu is free at 50.5 s and offered with the next batch, as the other was refused until 55 s.
    expect(tasks[0]!.start).toBe(51 * SECOND);
  });

  it('goes on with its tasks while it cannot be reached, and is known with them when it is back', async () => {
    const { heard, said, tasks } = await withNode(
      [
        [3, 'unreachable'],
        [100, 'up'],
      ],
      { jobs: [{ framework: 'a', tasks: [1], run: 150 }], until: 160 },
    );
    expect(tasks[0]).toMatchObject({ start: 0, end: 150 * SECOND });
    expect(heard).toEqual(['150 a finished n0']);
    expect(said.filter((line) => line.startsWith('100 '))).toEqual(['100 offered a n0 1', '100 declined a n0 1']);
  });

  it('tells of what has finished meanwhile, and of what never arrived when it is back or given up', async () => {
    const jobs = [
      { framework: 'a', tasks: [1], run: 10 },
      { framework: 'a', at: 20, tasks: [1] },
    ];
    expect(
      (
        await withNode(
          [
            [3, 'unreachable'],
            [30, 'up'],
          ],
          { jobs },
        )
      ).heard,
    ).toEqual(['10 a finished n0', '30 a lost n0']);
    const gone = await withNode([[3, 'unreachable']], { jobs });
    expect(gone.heard).toEqual(['10 a finished n0', '90 a lost n0']);
  });

  it('loses what was launched on it meanwhile', async () => {
    const { heard, tasks } = await withNode(
      [
        [3, 'unreachable'],
        [30, 'up'],
      ],
      {
        jobs: [
          { framework: 'b', tasks: [1], run: 1 },
          { framework: 'a', at: 10, tasks: [1] },
        ],
      },
    );
    expect(heard).toEqual(['1 b finished n0', '30 a lost n0']);
    expect(tasks[1]!.start).toBeGreaterThanOrEqual(30 * SECOND);
  });
});

describe('a node that drains', () => {
  it('lets its tasks end, and is offered to nobody', async () => {
    const { said, heard } = await withNode([[3, 'draining']], {
      jobs: [
        { framework: 'a', tasks: [1], run: 10 },
        { framework: 'a', at: 4, tasks: [1] },
      ],
      until: 30,
    });
    expect(heard).toEqual(['10 a finished n0']);
    expect(said.filter((line) => line.includes('offered') && !line.startsWith('0 '))).toEqual([]);
  });
});
