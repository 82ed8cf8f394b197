import type { TaskId } from '../base/ids.ts';
import type { AllocatorDefinition } from './allocator.ts';
import { placementOption, queueOption } from './common-options.ts';
import { createOrdered } from './ordered.ts';
import { mayPreemptOptions, preemptionRule } from './preemption-options.ts';
import { createPreemptive } from './preemptive.ts';

const SUMMARY = 'highest priority first; running tasks of lower priority are preempted where that is asked for';
const SOURCE =
  'Cobham, Priority assignment in waiting line problems, Operations Research 1954; White and Christie 1958';

/** Among equals the one submitted first; victims have the lowest priority, then the latest start. */
export const priority: AllocatorDefinition = {
  name: 'priority',
  summary: SUMMARY,
  source: SOURCE,
  options: { ...mayPreemptOptions, queue: queueOption, placement: placementOption },
  create: (options, context) => {
    const { view } = context;
    const preemption = preemptionRule(options);
    if (preemption === null) {
      const order = { timed: false, blind: true, score: (job: { priority: number }) => -job.priority };
      return createOrdered({ name: 'priority', summary: SUMMARY, source: SOURCE, ...order }, options, context);
    }
    const standing = (task: TaskId) => -view.priority(view.jobOf(task));
    const order = { waiting: standing, started: standing, running: (key: number) => key };
    return createPreemptive('priority', options, context, { order, preemption });
  },
};
