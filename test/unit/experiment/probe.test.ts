import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkScenario, readScenario } from '../../../src/cli/read-scenario.ts';
import { type Probe, type ProbeOptions, probe } from '../../../src/experiment/probe.ts';
import { probeText } from '../../../src/experiment/probe-text.ts';
import { plainStyle } from '../../../src/report/style.ts';
import { ROOT } from '../../support/run-cli.ts';

async function probeShipped(name: string, allocator: string, options: ProbeOptions = {}): Promise<Probe> {
  const overrides = [{ path: 'allocator', value: allocator }];
  const { scenario, services } = readScenario(join(ROOT, 'scenarios', `${name}.yaml`), overrides);
  return (await probe(scenario, services, options))!;
}

async function probeOf(text: string, options: ProbeOptions = {}): Promise<Probe | null> {
  const { scenario, services } = checkScenario(text, 'test', ROOT, []);
  return probe(scenario, services, options);
}

/** Two jobs of ten seconds for one cpu each on a single one, and 20 s of time in all. */
const QUEUE = `
version: 1
cluster: { nodes: [{ name: pool, capacity: { cpus: 1, mem: 8GB } }] }
workload:
  - { framework: a, demand: { cpus: 1, mem: 1GB }, duration: 10s }
  - { framework: b, demand: { cpus: 1 }, duration: 10s }
allocator: fifo
`;

describe('probe', () => {
  it("finds that no claim of A gives more than three useful tasks in the DRF paper's example", async () => {
    const { frameworks, horizon_s } = await probeShipped('drf-paper', 'drf');
    const [a, b] = frameworks;
    expect([a!.honest, b!.honest]).toEqual([3, 2]);
    expect(a!.lies.map(({ lie }) => lie)).toEqual([
      ...[0.5, 1.5, 2, 4].map((factor) => `cpus x ${factor}`),
      ...[0.5, 1.5, 2, 4].map((factor) => `mem x ${factor}`),
      'two frameworks',
    ]);
    for (const { kind, useful } of a!.lies) if (kind === 'claim') expect(useful).toBeLessThanOrEqual(3);
    expect(a!.best_claim).toBeNull();
    // As two, A has two roles against one of B.
    expect(a!.best).toMatchObject({ kind: 'split', useful: 4 });
    expect(a!.gain).toBeCloseTo(1 / 3, 12);
    expect(horizon_s).toBe(60);
  });

  it('finds the lie of the paper under CEEI: more memory claimed', async () => {
    const { frameworks } = await probeShipped('ceei-lie', 'ceei', { frameworks: ['first'] });
    expect(frameworks.map(({ framework }) => framework)).toEqual(['first']);
    const { honest, best_claim } = frameworks[0]!;
    expect(honest).toBe(323);
    expect(best_claim!.lie).toMatch(/^mem x /);
    expect(best_claim!.useful).toBeGreaterThan(honest);
  });

  it('counts work by how early it is done, and the part of a task that claims less', async () => {
    const found = await probeOf(QUEUE);
    // T = 20 s: a's work is 10 s of which 20 s to 10 s are left, so 2 / 400 x 150; b's 2 / 400 x 50
    expect(found!.frameworks.map(({ honest }) => honest)).toEqual([0.75, 0.25]);
    const [a, b] = found!.frameworks;
    const useful = (of: typeof a, lie: string) => of!.lies.find((each) => each.lie === lie)!.useful;
    expect(useful(a, 'cpus x 0.5')).toBe(0.375);
    // Beside nobody: what is claimed for the cpu can never run
    expect(useful(a, 'cpus x 2')).toBe(0);
    expect(useful(a, 'mem x 4')).toBe(0.75);
    // b asks for all of the memory too, and waits as it does without
    expect(useful(b, 'mem too')).toBe(0.25);
  });

  it('tells of its runs and stops between them', async () => {
    const told: number[] = [];
    let runs = 0;
    await probeOf(QUEUE, { frameworks: ['b'], onPlan: (planned) => told.push(planned), onRun: () => runs++ });
    // The truth, four factors for cpus, memory too, and two frameworks
    expect(told).toEqual([7]);
    expect(runs).toBe(7);
    expect(await probeOf(QUEUE, { isStopped: () => true })).toBeNull();
    let left = 3;
    expect(await probeOf(QUEUE, { isStopped: () => left-- === 0 })).toBeNull();
  });

  it('gives the second half a role beside that of the first', async () => {
    const text = `
version: 1
cluster: { nodes: [{ name: pool, capacity: { cpus: 12 } }] }
roles: { x: { weight: 1 }, x/a: { weight: 1 }, y: { weight: 1 } }
frameworks: { a: { role: x/a }, b: { role: y } }
workload:
  - { framework: a, tasks: 100, demand: { cpus: 1 }, duration: 100s }
  - { framework: b, tasks: 100, demand: { cpus: 1 }, duration: 100s }
allocator: drf
until: 10s
`;
    const found = await probeOf(text);
    // Inside x two gain nothing; b as two roles at the top has two thirds
    expect(found!.frameworks.map(({ honest }) => honest)).toEqual([6, 6]);
    expect(found!.frameworks.map(({ lies }) => lies.at(-1)!.useful)).toEqual([6, 8]);
  });

  it('refuses a framework that submits nothing, with a guess', async () => {
    await expect(probeShipped('ceei-lie', 'ceei', { frameworks: ['frist'] })).rejects.toThrow('did you mean `first`?');
  });

  it('prints a line a framework', async () => {
    const text = probeText(await probeShipped('drf-paper', 'drf'), 'allot probe x', plainStyle);
    expect(text).toMatch(/^ *A +3 +none pays +4 \(\+33\.33 %\)$/m);
    expect(text).toContain('no claim tried gives anyone more');
    expect(text).toMatch(/reproduce {2}allot probe x\n$/);
  });
});
