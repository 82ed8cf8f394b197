import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readScenario } from '../../src/cli/read-scenario.ts';
import { TASK_COLUMNS } from '../../src/metrics/task-rows.ts';
import { LinearModel, type Sense } from '../../src/optimization/linear-model.ts';
import { loadSolver } from '../../src/optimization/load-solver.ts';
import type { Solver } from '../../src/optimization/solver.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { ROOT } from '../support/run-cli.ts';
import { runShipped, type Settings } from '../support/run-in-process.ts';

async function running(name: string, settings: Settings = {}): Promise<Record<string, number>> {
  const { frameworks } = await runShipped(name, settings);
  return Object.fromEntries(Object.entries(frameworks).map(([who, { running }]) => [who, running.tasks]));
}

describe('the example of the LP-weighted model', () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = await loadSolver();
  });

  /** 5 xA + 3 xB with xA + xB <= 1 and 4 xA + 5 xB <= 20, or with the first as an equation. */
  function example(sense: Sense, isFull = false) {
    const model = new LinearModel(sense);
    model.addVariable(5);
    model.addVariable(3);
    const share = model.addRow(isFull ? 1 : Number.NEGATIVE_INFINITY, 1);
    const resource = model.addRow(Number.NEGATIVE_INFINITY, 20);
    for (const [variable, [one, other]] of [
      [1, 4],
      [1, 5],
    ].entries()) {
      model.addTerm(share, variable, one!);
      model.addTerm(resource, variable, other!);
    }
    const outcome = solver.solve(model);
    if (outcome.status !== 'optimal') throw new Error(outcome.status);
    return { objective: outcome.objective, x: Array.from(outcome.values), duals: Array.from(outcome.duals) };
  }

  it('as it stands allocates nothing: the least of positive costs with upper limits alone is 0 at (0, 0)', () => {
    expect(example('minimize')).toMatchObject({ objective: 0, x: [0, 0] });
  });

  it('has its most at (1, 0), worth 5; the second row binds nobody', () => {
    expect(example('maximize')).toEqual({ objective: 5, x: [1, 0], duals: [5, 0] });
  });

  it('with everything given out has its least at (0, 1), worth 3, and its most at (1, 0)', () => {
    expect(example('minimize', true)).toMatchObject({ objective: 3, x: [0, 1] });
    expect(example('maximize', true)).toMatchObject({ objective: 5, x: [1, 0] });
  });

  it('lp-seed-maximise: A has all 100 slots, and a fifth of the second resource is used', async () => {
    const { frameworks } = await runShipped('lp-seed-maximise');
    expect(frameworks['A']!.running).toMatchObject({ tasks: 100, amounts: { slots: 100, cpus: 400 } });
    expect(frameworks['B']!.running.tasks).toBe(0);
  });

  it.each(['lp-seed-floor', 'lp-seed-ceiling', 'lp-seed-max-min', 'lp-seed-nash'])(
    '%s: (0.5, 0.5) is the best there is',
    async (name) => {
      expect(await running(name)).toEqual({ A: 50, B: 50 });
    },
  );

  it('lp-seed-max-min: weights of roles count, weights of tasks do not', async () => {
    expect(await running('lp-seed-max-min', { 'workload.1.weight': '500' })).toEqual({ A: 50, B: 50 });
    const roles = { roles: '{ A: { weight: 5 }, B: { weight: 3 } }' };
    expect(await running('lp-seed-max-min', roles)).toEqual({ A: 62, B: 38 });
    expect(await running('lp-seed-max-min', { ...roles, allocator: 'drf' })).toEqual({ A: 62, B: 38 });
  });

  it('lp-seed-tie: with equal weights every division is best, and the solver names a corner', async () => {
    expect(await running('lp-seed-tie')).toEqual({ A: 100, B: 0 });
    expect(await running('lp-seed-tie', { 'allocator.floor': 'equal' })).toEqual({ A: 50, B: 50 });
  });
});

describe('lp-weighted', () => {
  it('lp-heterogeneous: what runs at once is worth 975, under DRF 494, under FIFO 320', async () => {
    const worth = async (settings: Settings) => {
      const { web, search, build } = await running('lp-heterogeneous', { until: '30s', ...settings });
      return web! + 4 * search! + 4 * build!;
    };
    expect(await worth({})).toBe(975);
    expect(await worth({ allocator: 'drf' })).toBe(494);
    expect(await worth({ allocator: '{ name: fifo, queue: skip }' })).toBe(320);
  });

  it('lp-heterogeneous: by max-min each role holds 40 % instead of 26, and all is done in 4 min instead of 6', async () => {
    const fair = { allocator: '{ name: lp-weighted, objective: max-min }' };
    const shares = async (settings: Settings) => {
      const { roles } = await runShipped('lp-heterogeneous', { until: '30s', ...settings });
      return Math.min(...Object.values(roles).map(({ running }) => running.dominantShare));
    };
    expect(await shares(fair)).toBeGreaterThan(0.4);
    expect(await shares({ allocator: 'drf' })).toBeLessThan(0.27);
    expect((await runShipped('lp-heterogeneous', fair)).metrics['makespan']).toBe(240);
    expect((await runShipped('lp-heterogeneous', { allocator: 'drf' })).metrics['makespan']).toBe(360);
  });

  it('lp-aging: a weight of 3 that gains 0.1 a second overtakes fresh ones of 5 after 20 s', async () => {
    const waited = async (settings: Settings = {}) =>
      (await runShipped('lp-aging', settings)).frameworks['patient']!.metrics['wait.max'];
    expect(await waited()).toBe(20);
    expect(await waited({ 'allocator.aging': '0.5' })).toBe(4);
    expect(await waited({ 'allocator.aging': '0' })).toBe(61);
  });

  it('lp-cost: batch tasks take the cheap nodes, at half of what first fit would pay', async () => {
    const perHour = async (settings: Settings) => {
      const overrides = Object.entries(settings).map(([path, value]) => ({ path, value }));
      const { scenario, services } = readScenario(join(ROOT, 'scenarios/lp-cost.yaml'), overrides);
      const nodes: string[] = [];
      await runScenario(scenario, services, {
        taskRow: (row) => nodes.push(row[TASK_COLUMNS.indexOf('node')] as string),
      });
      expect(nodes.length).toBe(30);
      // A task takes an eighth of a node.
      return nodes.reduce((sum, node) => sum + (node.startsWith('spot') ? 0.2 : 0.8) / 8, 0);
    };
    expect(await perHour({})).toBeCloseTo(1.5, 12);
    expect(await perHour({ allocator: 'fifo' })).toBeCloseTo(3, 12);
  });
});
