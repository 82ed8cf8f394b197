import { jobCount } from './job-count.ts';

/** How many jobs `slowdown` leaves out. */
export const slowdownUndefined = jobCount({
  name: 'slowdown.undefined',
  better: null,
  summary: 'jobs without a slowdown, as their run time is zero',
  formula: '#{jobs: run = 0}',
  source: 'own',
  edges: '0 without jobs',
  is: (jobs, row) => jobs.run[row] === 0,
});
