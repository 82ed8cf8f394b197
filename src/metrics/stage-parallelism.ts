import { stageDistribution } from './stage-distribution.ts';

/** How many tasks of jobs with stages could run at once on average. */
export const stageParallelism = stageDistribution({
  name: 'stage-parallelism',
  unit: 'tasks',
  better: null,
  summary: 'the work of a job over its critical path: more nodes than that many tasks need cannot help it alone',
  formula: 'sum over tasks of run / critical path',
  source: 'Brent, The parallel evaluation of general arithmetic expressions, JACM 21(2), 1974',
  of: ({ run, work }, row) => (run[row]! > 0 ? work[row]! / run[row]! : Number.NaN),
});
