import { decline } from './decline.ts';
import { fair } from './fair.ts';
import { fifoScheduler } from './fifo.ts';
import type { SchedulerDefinition } from './framework-scheduler.ts';
import { greedy } from './greedy.ts';
import { hadoop } from './hadoop.ts';
import { mpi } from './mpi.ts';
import { spark } from './spark.ts';

/** Every scheduler that a framework may have. */
export const schedulers: readonly SchedulerDefinition[] = [greedy, fifoScheduler, fair, hadoop, spark, mpi, decline];

export function findScheduler(name: string): SchedulerDefinition | undefined {
  return schedulers.find((definition) => definition.name === name);
}
