import { decline } from './decline.ts';
import { fair } from './fair.ts';
import { fifoScheduler } from './fifo.ts';
import type { SchedulerDefinition } from './framework-scheduler.ts';
import { greedy } from './greedy.ts';

/** Every scheduler that a framework may have. */
export const schedulers: readonly SchedulerDefinition[] = [greedy, fifoScheduler, fair, decline];

export function findScheduler(name: string): SchedulerDefinition | undefined {
  return schedulers.find((each) => each.name === name);
}
