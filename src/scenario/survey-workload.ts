import { Interner } from '../base/interner.ts';
import { NEVER } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { TaskTally } from '../cluster/task-tally.ts';
import { buildWorkload } from './build-workload.ts';
import type { Scenario } from './schema.ts';
import type { Services } from './services.ts';
import { readDuration } from './values.ts';

/** Reads the whole workload of a scenario, with the draws that the run will make, and counts its tasks by their shape. */
export async function surveyWorkload(scenario: Scenario, cluster: Cluster, services: Services): Promise<TaskTally> {
  const tally = new TaskTally(cluster.resources);
  const until = scenario.until === undefined ? NEVER : readDuration(scenario.until)!;
  for (const source of await buildWorkload(scenario, cluster, new Interner(), services)) {
    for await (const batch of source.batches()) {
      if (batch.jobs > 0 && batch.submit[0]! > until) break;
      for (let row = 0; row < batch.jobs; row++) {
        const end = batch.taskStart[row + 1]!;
        for (let task = batch.taskStart[row]!; task < end; task++) {
          tally.add(batch.demand, task * batch.resources, batch.constraint[row]!);
        }
      }
    }
  }
  return tally;
}
