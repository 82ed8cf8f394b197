import { describe, expect, it } from 'vitest';
import { lpOptions, readLpSettings } from '../../../../src/allocators/lp/lp-settings.ts';
import { LpWeighted } from '../../../../src/allocators/lp/lp-weighted-allocator.ts';
import { noParties } from '../../../../src/allocators/parties.ts';
import { placements } from '../../../../src/allocators/placement/registry.ts';
import { resource } from '../../../../src/base/amounts.ts';
import { OptionReader, resolveOptions } from '../../../../src/base/options.ts';
import { openStream } from '../../../../src/base/random.ts';
import { SECOND } from '../../../../src/base/time.ts';
import type { Cluster } from '../../../../src/cluster/cluster.ts';
import type { Solver } from '../../../../src/optimization/solver.ts';
import { PolicyFactKind } from '../../../../src/simulation/fact-log.ts';
import { runText } from '../../../support/run-in-process.ts';
import { runWorkload } from '../../../support/run-workload.ts';

interface Parts {
  readonly nodes?: string;
  readonly roles?: string;
  readonly events?: string;
  readonly work: readonly string[];
  readonly options?: string;
  readonly until?: string;
}

function run({ nodes = '{ name: n, capacity: { cpus: 10 } }', roles, events, work, options = '', until }: Parts) {
  return runText(`version: 1
cluster: { nodes: [${nodes}] }
${roles === undefined ? '' : `roles: ${roles}`}
${events === undefined ? '' : `events: [${events}]`}
workload:
${work.map((item) => `  - ${item}`).join('\n')}
allocator: { name: lp-weighted, ${options} }
${until === undefined ? '' : `until: ${until}`}
`);
}

async function running(parts: Parts): Promise<Record<string, number>> {
  const { frameworks } = await run({ until: '1s', ...parts });
  return Object.fromEntries(Object.entries(frameworks).map(([name, { running }]) => [name, running.tasks]));
}

const tasks = (framework: string, count: number, cpus: number, more = '') =>
  `{ framework: ${framework}, tasks: ${count}, demand: { cpus: ${cpus} }, duration: 10s${more} }`;

describe('lp-weighted', () => {
  it('takes what is worth most, and priority where no weight is said', async () => {
    const work = [tasks('a', 9, 2, ', weight: 3'), tasks('b', 9, 3, ', priority: 4')];
    // b is worth 5 for 3 cpus, a 3 for 2: three of b, and a cpu is left.
    expect(await running({ work })).toEqual({ a: 0, b: 3 });
    expect(await running({ work: [tasks('a', 9, 2, ', complexity: 4'), work[1]!] })).toEqual({ a: 5, b: 0 });
  });

  it('with tiers serves priority first, whatever the weights', async () => {
    const work = [tasks('a', 9, 1, ', weight: 1000'), tasks('b', 2, 3, ', priority: 1, weight: 0.001')];
    expect(await running({ work })).toEqual({ a: 9, b: 0 });
    expect(await running({ work, options: 'tiers: true' })).toEqual({ a: 4, b: 2 });
  });

  it('starts gangs whole or not at all, beside other tasks', async () => {
    const gang = tasks('g', 4, 2, ', gang: true, weight: 9');
    expect(await running({ work: [tasks('a', 9, 1), gang] })).toEqual({ a: 2, g: 4 });
    const { jobs, metrics } = await run({ work: [tasks('a', 9, 1, ', weight: 9'), gang] });
    expect([jobs.completed, metrics['makespan']]).toEqual([2, 20]);
  });

  it('sees to devices where a task is placed, whatever their total says', async () => {
    const nodes = '{ name: n, count: 2, capacity: { cpus: 10, gpus: { devices: 2 } } }';
    const work = ['{ framework: a, tasks: 9, demand: { cpus: 1, gpus: 0.6 }, duration: 10s }'];
    expect(await running({ nodes, work })).toEqual({ a: 4 });
  });

  it('keeps to constraints', async () => {
    const nodes =
      '{ name: x, capacity: { cpus: 4 }, attributes: { zone: x } }, { name: y, capacity: { cpus: 4 }, attributes: { zone: y } }';
    const work = [tasks('a', 9, 1, ', constraints: { zone: y }'), tasks('b', 9, 2)];
    expect(await running({ nodes, work })).toEqual({ a: 4, b: 2 });
  });

  it('starts again what was lost with a node', async () => {
    const nodes = '{ name: n, count: 2, capacity: { cpus: 10 } }';
    const events = '{ at: 5s, node: n-0, is: down, for: 10s }';
    const { jobs, tasks: counted, metrics } = await run({ nodes, events, work: [tasks('a', 20, 1)] });
    expect([jobs.completed, counted.failed, metrics['makespan']]).toEqual([1, 10, 20]);
  });

  it('gives a quota its guarantee and holds it to its limit', async () => {
    const work = [tasks('a', 20, 1, ', weight: 9'), tasks('b', 20, 1)];
    const roles = '{ a: { quota: { limit: { cpus: 6 } } }, b: { quota: { guarantee: { cpus: 7 } } } }';
    expect(await running({ work, roles, options: 'floor: quota' })).toEqual({ a: 3, b: 7 });
    expect(await running({ work, roles, options: 'ceiling: quota' })).toEqual({ a: 6, b: 4 });
  });

  it('counts plans that cannot give every role its floor', async () => {
    const roles = '{ a: { quota: { guarantee: { cpus: 8 } } }, b: { quota: { guarantee: { cpus: 8 } } } }';
    const work = [tasks('a', 20, 1, ', weight: 9'), tasks('b', 20, 1)];
    const { metrics } = await run({ work, roles, options: 'floor: quota', until: '1s' });
    expect(metrics['lp.floors-missed']).toBe(1);
  });

  it('starts a task that is more than the equal part of a role that holds nothing, so that nobody waits for ever', async () => {
    const work = [tasks('a', 3, 6), tasks('b', 3, 6)];
    const { jobs, metrics } = await run({ work, options: 'ceiling: equal' });
    expect([jobs.completed, metrics['makespan']]).toEqual([2, 60]);
  });

  it('by whole tasks is never worse than a mended plan', async () => {
    const work = [
      tasks('a', 1, 5, ', weight: 9'),
      tasks('b', 1, 4, ', weight: 7'),
      tasks('c', 2, 6, ', weight: 10'),
      tasks('d', 1, 3, ', weight: 3'),
    ];
    const nodes = '{ name: n, capacity: { cpus: 12 } }';
    expect(await running({ nodes, work })).toEqual({ a: 1, b: 1, c: 0, d: 1 });
    expect(await running({ nodes, work, options: 'rounding: mip' })).toEqual({ a: 0, b: 0, c: 2, d: 0 });
  });

  it('rounded down starts no fraction, but never leaves a cluster idle', async () => {
    // Of 10 cpus: 2.5 tasks of 4.
    const work = [tasks('a', 3, 4), tasks('b', 9, 1, ', weight: 0.01')];
    expect(await running({ work })).toEqual({ a: 2, b: 2 });
    const late = [tasks('a', 3, 4), tasks('b', 9, 1, ', weight: 0.01, submit: 1s')];
    const { jobs } = await run({ work: late, options: 'rounding: floor' });
    expect(jobs.completed).toBe(2);
  });

  it('with stickiness prefers nodes like the one on which a task of the class runs', async () => {
    const group = (name: string) => ({ name, count: 1, capacity: [8000], attributes: { is: name } });
    const job = (submit: number, cpus: number, run: number) => ({
      framework: 'a',
      submit: submit * SECOND,
      tasks: [{ demand: [cpus * 1000], run: run * SECOND }],
    });
    // The first node is taken for a second, so that the first small task goes to the other one.
    const jobs = [job(0, 8, 1), job(0, 1, 9), job(2, 1, 9)];
    const nodesWith = async (stickiness: number) => {
      const allocator = { name: 'lp-weighted', stickiness: stickiness as unknown as string };
      const ran = await runWorkload({
        resources: [resource('cpus')],
        groups: [group('x'), group('y')],
        jobs,
        allocator,
      });
      return ran.tasks.map(({ node }) => node);
    };
    expect(await nodesWith(0)).toEqual([0, 1, 0]);
    expect(await nodesWith(0.1)).toEqual([0, 1, 1]);
  });

  it('plans on a grid of times, or after a pause', async () => {
    const work = [tasks('a', 1, 1, ', submit: 1s'), tasks('b', 1, 1, ', submit: 4s')];
    const waits = async (options: string) => {
      const { frameworks } = await run({ work, options });
      return ['a', 'b'].map((name) => frameworks[name]!.metrics['wait.max']);
    };
    expect(await waits('interval: 5s')).toEqual([4, 1]);
    // Time 0 is when a is submitted: the pause after a is over at 2 s, that after b at 5 s.
    expect(await waits('debounce: 2s')).toEqual([2, 2]);
    expect(await waits('debounce: 3s')).toEqual([3, 0]);
  });

  it('plans the classes that are worth most for their share, and gives the others what is left', async () => {
    const work = [tasks('a', 1, 3), tasks('b', 9, 2, ', weight: 8'), tasks('c', 1, 1, ', weight: 0.5')];
    expect(await running({ work, options: 'task-classes: 1' })).toEqual({ a: 0, b: 5, c: 0 });
    const few = [tasks('a', 1, 3), tasks('b', 3, 2, ', weight: 8'), tasks('c', 1, 1, ', weight: 0.5')];
    expect(await running({ work: few, options: 'task-classes: 1' })).toEqual({ a: 1, b: 3, c: 1 });
  });

  it('takes nodes of a kind together where there are too many, and promises no task that none has room for', async () => {
    const nodes = '{ name: n, count: 4, capacity: { cpus: 3 } }';
    const work = [tasks('a', 1, 1), tasks('b', 9, 2, ', submit: 1s')];
    expect(await running({ nodes, work, options: 'node-classes: 1', until: '2s' })).toEqual({ a: 1, b: 4 });
  });

  it('refuses floors and ceilings where shares are made equal anyway', async () => {
    const refused = running({ work: [tasks('a', 1, 1)], options: 'objective: max-min, floor: equal' });
    await expect(refused).rejects.toThrow('does not go with `objective: max-min`');
  });
});

describe('without an answer of the solver', () => {
  const failing: Solver = {
    name: 'failing',
    version: '0',
    solve: () => ({ status: 'failed', reason: 'on purpose' }),
    open: () => {
      throw new Error('on purpose');
    },
    conflict: () => null,
  };

  it('a pass gives nodes to what is worth most for its share, and the fallback is told', async () => {
    const facts: number[] = [];
    const { values } = resolveOptions(lpOptions, {});
    const make = (view: Cluster) =>
      new LpWeighted(failing, readLpSettings(new OptionReader(values)), 'first-fit', {
        view,
        resources: view.resources,
        stream: (name) => openStream('1', name),
        parties: noParties,
        timed: (work) => work(),
        placement: (name) => placements.find((each) => each.name === name)!.create(view, openStream('1', name)),
      });
    const job = (framework: string, priority: number) => ({
      framework,
      submit: 0,
      priority,
      tasks: new Array(9).fill({ demand: [1000], run: 1_000_000 }),
    });
    const { tasks: ran } = await runWorkload({
      resources: [resource('cpus')],
      groups: [{ name: 'n', count: 1, capacity: [10_000], attributes: {} }],
      jobs: [job('a', 0), job('b', 1)],
      allocator: make,
      observers: () => [
        {
          readFacts: ({ count, kind, position }) => {
            for (let row = 0; row < count; row++) if (kind[row] === 13) facts.push(position[row]!);
          },
        },
      ],
    });
    expect(ran.filter(({ start }) => start === 0).map((task) => task.job)).toEqual([0, ...new Array(9).fill(1)]);
    expect(facts).toEqual([PolicyFactKind.solverFailed, PolicyFactKind.solverFailed]);
  });
});
