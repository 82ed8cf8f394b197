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
const text = JSON.stringify({
  version: 1,
  cluster: { nodes: [{ name: 'pool', count: 1, capacity: { cpus: Number(processors) } }] },
  workload: [{ trace: { file, format: 'swf' } }],
  allocator,
});

const began = cpuSeconds();
let completed = 0;
for (let i = 0; i < Number(repeats); i++) {
  const { scenario, services } = checkScenario(text, 'growth', '.', []);
  const { result } = await runScenario(scenario, services, { roleShares: false });
  completed += result.jobs.completed;
}
report(cpuSeconds() - began, {}, { jobs: completed });
