import type { TaskId } from '../base/ids.ts';
import type { AllocatorDefinition } from './allocator.ts';
import { estimatesOption, placementOption, queueOption } from './common-options.ts';
import { expectedRunTime } from './expected-run-time.ts';
import { preemptionRule, preemptOptions } from './preemption-options.ts';
import { createPreemptive, type PreemptiveOrder } from './preemptive.ts';

/** A running task goes on against a waiting one that needs as long; of waiting ones the one submitted first. */
export const srtf: AllocatorDefinition = {
  name: 'srtf',
  summary: 'shortest remaining time first: what needs longer than a waiting task is preempted for it',
  source:
    'Schrage and Miller, The queue M/G/1 with the shortest remaining processing time discipline, Operations Research 1966',
  options: { ...preemptOptions, queue: queueOption, estimates: estimatesOption, placement: placementOption },
  create: (options, context) => {
    const { view } = context;
    const expected = expectedRunTime(options.text('estimates'), view);
    const left = (task: TaskId) => Math.max(0, expected.of(view.jobOf(task)) - view.workKept(task));
    const order: PreemptiveOrder = {
      onePace: true,
      waiting: left,
      started: (task) => view.now + left(task),
      running: (standing) => standing - view.now,
    };
    return createPreemptive('srtf', options, context, { order, preemption: preemptionRule(options) });
  },
};
