import type { TaskId } from '../base/ids.ts';
import type { AllocatorDefinition } from './allocator.ts';
import { placementOption, queueOption } from './common-options.ts';
import { mayPreemptOptions, preemptionRule } from './preemption-options.ts';
import { createPreemptive } from './preemptive.ts';

/** Of jobs submitted at the same time the one that stands last in the workload goes first. */
export const lcfs: AllocatorDefinition = {
  name: 'lcfs',
  summary: 'last come, first served; what runs is preempted for the newcomer where that is asked for',
  source: 'Kleinrock, Queueing Systems II, 1976, section 4.5',
  options: { ...mayPreemptOptions, queue: queueOption, placement: placementOption },
  create: (options, context) => {
    const { view } = context;
    const standing = (task: TaskId) => -view.submission(view.jobOf(task));
    const order = { waiting: standing, started: standing, running: (key: number) => key };
    return createPreemptive('lcfs', options, context, { order, preemption: preemptionRule(options) });
  },
};
