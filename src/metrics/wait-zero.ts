import { jobCount } from './job-count.ts';

/** How many jobs did not wait at all. */
export const waitZero = jobCount({
  name: 'wait.zero',
  better: 'higher',
  summary: 'jobs that started in the instant in which they were submitted',
  formula: '#{jobs: first start = submit}',
  source: 'own',
  edges: '0 without jobs',
  is: (jobs, row) => jobs.wait[row] === 0,
});
