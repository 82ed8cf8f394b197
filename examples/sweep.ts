// Seeds times allocators over one scenario, as a table: `npx tsx examples/sweep.ts`.
import { loadScenario, nodeServices, runScenario } from '../src/index.ts';

const SCENARIO = `
version: 1
name: sweep
cluster:
  nodes:
    - { name: pool, capacity: { cpus: 32 } }
workload:
  - generate:
      model: poisson
      framework: users
      rate: 0.1/s
      jobs: 2000
      demand: { cpus: { empirical: { values: [1, 2, 4, 16], weights: [8, 4, 2, 1] } } }
      duration: { lognormal: { mean: 90s, cv: 2 } }
`;
const SEEDS = ['1', '2', '3', '4', '5'];
const ALLOCATORS = ['fifo', '{ name: fifo, queue: skip }', '{ name: sjf, queue: skip }', '{ name: wfp3, queue: skip }'];

/** Mean wait in seconds of one run; every allocator sees the same jobs for the same seed. */
async function meanWait(allocator: string, seed: string): Promise<number> {
  const services = nodeServices('.');
  const { scenario } = loadScenario(SCENARIO, 'sweep.yaml', services, [
    { path: 'allocator', value: allocator },
    { path: 'seed', value: seed },
  ]);
  const { result } = await runScenario(scenario, services);
  return result.metrics['wait.mean']!;
}

console.log(
  `${'mean wait, s'.padEnd(29)}${SEEDS.map((seed) => `seed ${seed}`.padStart(9)).join('')}${'mean'.padStart(9)}`,
);
for (const allocator of ALLOCATORS) {
  const waits: number[] = [];
  for (const seed of SEEDS) waits.push(await meanWait(allocator, seed));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  console.log(`${allocator.padEnd(29)}${[...waits, mean].map((wait) => wait.toFixed(2).padStart(9)).join('')}`);
}
