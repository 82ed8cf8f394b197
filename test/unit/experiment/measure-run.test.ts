import { expect, it } from 'vitest';
import { checkScenario } from '../../../src/cli/read-scenario.ts';
import { measureRun } from '../../../src/experiment/measure-run.ts';

/** 100 jobs at once, then one each 2 s: waits fall from 99 s to nothing at 198 s and stay there. */
const EMPTYING = `version: 1
cluster: { nodes: [{ name: n, count: 1, capacity: { cpus: 1 } }] }
workload:
  - { framework: a, jobs: 100, demand: { cpus: 1 }, duration: 1s }
  - { framework: b, jobs: 150, every: 2s, demand: { cpus: 1 }, duration: 1s }
`;

async function warmUp(text: string) {
  const { scenario, services } = checkScenario(text, 'test', '.', []);
  return (await measureRun(scenario, services, { warmUp: true })).warmUp!;
}

it('does not look for the end of the warm-up in what the scenario leaves out itself', async () => {
  const whole = await warmUp(EMPTYING);
  expect(whole).toEqual({ cut: 40, batches: 50, settled: false });
  // From 200 s on there are the last fifty jobs of b, and nothing is left to settle.
  expect(await warmUp(`${EMPTYING}warmup: 200s\n`)).toEqual({ cut: 0, batches: 10, settled: true });
});
