/**
 * Times replays of one log over and over in one process, so that short logs and long ones start equally warm; as
 * `allot replay` runs them without `--out`.
 *
 * Usage: tsx bench/growth.ts <log> <processors> <allocator> <repeats>
 */

import { checkScenario } from '../src/cli/read-scenario.ts';
import { runScenario } from '../src/scenario/run-scenario.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';

const [file, processors, allocator, repeats] = process.argv.slice(2, 6) as [string, string, string, string];

/** Replays a log as a scenario of its own; gives how many jobs completed. */
async function replay(log: string): Promise<number> {
  const text = JSON.stringify({
    version: 1,
    cluster: { nodes: [{ name: 'pool', count: 1, capacity: { cpus: Number(processors) } }] },
    workload: [{ trace: { file: log, format: 'swf' } }],
    allocator,
  });
  const { scenario, services } = checkScenario(text, 'growth', '.', []);
  const { result } = await runScenario(scenario, services, { roleShares: false });
  return result.jobs.completed;
}

// What is imported on demand is no part of a run.
await replay('traces/batch-64.swf.gz');
const began = cpuSeconds();
let completed = 0;
for (let i = 0; i < Number(repeats); i++) {
  completed += await replay(file);
}
report(cpuSeconds() - began, {}, { jobs: completed });
