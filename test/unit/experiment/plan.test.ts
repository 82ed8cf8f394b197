import { describe, expect, it } from 'vitest';
import { nodeServices } from '../../../src/cli/services.ts';
import { readAxes } from '../../../src/experiment/grid.ts';
import { makePlan, type PlanInput } from '../../../src/experiment/plan.ts';

const TEXT = `version: 1
name: small
seed: 5
cluster: { nodes: [{ count: 2, name: n, capacity: { cpus: 4 } }] }
workload: [{ framework: a, demand: { cpus: 1 }, duration: 1s }]
allocators: [fifo, drf]
`;

const services = { ...nodeServices('.'), traceHash: async (file: string) => `hash of ${file}` };
const plan = (input: Partial<PlanInput> = {}) =>
  makePlan({ text: TEXT, file: 'x', overrides: [], allocators: [], seeds: '2', axes: [], ...input }, services);

describe('a plan', () => {
  it('is allocators by settings by seeds', async () => {
    const { runs, allocators, seeds } = await plan({ axes: readAxes(['cluster.nodes.0.count=[2, 3]']) });
    expect(allocators).toEqual(['fifo', 'drf']);
    expect(seeds).toEqual(['5', '6']);
    expect(runs.map(({ allocator, seed, settings }) => [allocator, settings['cluster.nodes.0.count'], seed])).toEqual([
      ['fifo', 2, '5'],
      ['fifo', 2, '6'],
      ['fifo', 3, '5'],
      ['fifo', 3, '6'],
      ['drf', 2, '5'],
      ['drf', 2, '6'],
      ['drf', 3, '5'],
      ['drf', 3, '6'],
    ]);
    expect(runs[7]!.scenario.cluster.nodes[0]).toMatchObject({ count: 3 });
    expect(runs[7]!.scenario).toMatchObject({ seed: '6', allocator: { name: 'drf' } });
  });

  it('gives a run the same id whatever it is part of, and another when anything that matters changes', async () => {
    const ids = async (input: Partial<PlanInput>) => (await plan(input)).runs.map(({ id }) => id);
    const all = await ids({});
    expect(new Set(all).size).toBe(4);
    expect(await ids({ allocators: ['drf'], seeds: '6..6' })).toEqual([all[3]]);
    expect(
      await ids({
        text: TEXT.replace('small', 'other').replace('allocators: [fifo, drf]', 'allocator: drf'),
        seeds: '6..6',
      }),
    ).toEqual([all[3]]);
    const others = await ids({ text: TEXT.replace('1s', '2s') });
    expect(others.filter((id) => all.includes(id))).toEqual([]);
  });

  it('hangs on the content of traces', async () => {
    const text = TEXT.replace(/workload: .*/, 'workload: [{ trace: { file: package.json } }]');
    const id = async (hash: string) =>
      (
        await makePlan(
          { text, file: 'x', overrides: [], allocators: [], seeds: '1', axes: [] },
          { ...services, traceHash: async () => hash },
        )
      ).id;
    expect(await id('a')).toBe(await id('a'));
    expect(await id('a')).not.toBe(await id('b'));
  });

  it('lets the grid refine allocators, and sees two that come out the same', async () => {
    const axes = readAxes(['allocator.placement=[first-fit, best-fit]']);
    const { runs } = await plan({ axes });
    expect(runs[2]!.scenario.allocator).toEqual({ name: 'fifo', placement: 'best-fit' });
    await expect(plan({ allocators: ['fifo', '{name: fifo}'] })).rejects.toThrow('`fifo` is listed twice');
  });

  it('tells apart allocators of one name by their options', async () => {
    const { allocators } = await plan({ allocators: ['easy', '{name: easy, order: sjbf}', 'fifo'] });
    expect(allocators).toEqual(['easy', 'easy (order sjbf)', 'fifo']);
  });

  it('finds a mistake in any of its scenarios before anything is run', async () => {
    await expect(plan({ axes: readAxes(['cluster.nodes.0.count=[2, two]']) })).rejects.toThrow(
      '--grid cluster.nodes.0.count="two"',
    );
    await expect(plan({ axes: readAxes(['cluster.node=[2]']) })).rejects.toThrow('did you mean `nodes`');
    await expect(plan({ allocators: ['fifo', 'eesy'] })).rejects.toThrow('did you mean `easy`');
  });

  it('refuses a trace that can be read only once', async () => {
    const text = TEXT.replace(/workload: .*/, 'workload: [{ trace: { file: "-", format: swf } }]');
    await expect(plan({ text })).rejects.toThrow('can be read by one run alone');
  });
});
