import { queueLength } from './queue-length.ts';

/** How many tasks wait for a node. */
export const queueTasks = queueLength({
  name: 'queue-tasks',
  unit: 'tasks',
  better: 'lower',
  summary: 'tasks that wait for a node: time average and maximum',
  formula: 'integral of L dt / window; max L',
  source: 'Little, A Proof for the Queuing Formula L = lambda W, Operations Research 9(3), 1961',
  edges: 'also those of jobs that have begun; null for an empty window',
  integral: (averages, window) => averages.queuedTasks(window),
  most: ({ mostTasks }) => mostTasks,
});
