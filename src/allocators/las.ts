import type { AllocatorDefinition } from './allocator.ts';
import { placementOption, queueOption } from './common-options.ts';
import { FluidLeastAttained } from './fluid-least-attained.ts';
import { createPreemptive, type PreemptiveOrder } from './preemptive.ts';

/**
 * With a quantum, whole tasks run: at each arrival, each end, and a quantum after each pass in which something waits,
 * those with the least work done, of equals the one submitted first. Without one, equals share.
 */
export const las: AllocatorDefinition = {
  name: 'las',
  summary: 'least attained service first: those that have run least share the pool, or take turns',
  source: 'Nuyens and Wierman, The foreground-background queue: a survey, Performance Evaluation 2008',
  options: {
    quantum: {
      kind: 'duration',
      optional: true,
      default: 'none',
      summary: 'how long a turn is; with `none` those that have run least share one pool as a fluid',
    },
    queue: { ...queueOption, summary: `with a quantum: ${queueOption.summary}` },
    placement: { ...placementOption, summary: `with a quantum: ${placementOption.summary}` },
  },
  create: (options, context) => {
    const { view } = context;
    const quantum = options.duration('quantum');
    if (quantum === null) return new FluidLeastAttained(view);
    const order: PreemptiveOrder = {
      onePace: true,
      waiting: (task) => view.workKept(task),
      started: (task) => view.workKept(task) - view.now,
      running: (standing) => standing + view.now,
      tie: (task) => view.submission(view.jobOf(task)) * 1_048_576 + (task - view.firstTask(view.jobOf(task))),
      tiesPreempt: true,
    };
    return createPreemptive('las', options, context, { order, preemption: { kind: 'resume' }, quantum });
  },
};
