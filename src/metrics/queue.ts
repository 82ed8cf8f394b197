import { queueLength } from './queue-length.ts';

/** How many jobs wait for their first start. */
export const queue = queueLength({
  name: 'queue',
  unit: 'jobs',
  better: 'lower',
  summary: 'jobs submitted of which no task has started yet: time average and maximum',
  formula: 'integral of L dt / window; max L',
  source: 'Little, A Proof for the Queuing Formula L = lambda W, Operations Research 9(3), 1961',
  edges: 'a job that starts in the instant of its submission never counts; null for an empty window',
  integral: (averages, window) => averages.waitingJobs(window),
  most: ({ mostJobs }) => mostJobs,
});
