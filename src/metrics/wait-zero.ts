import { jobCount } from './job-count.ts';

/** How many jobs did not wait at all. */
export const waitZero = jobCount({
  name: 'wait.zero',
  summary: 'jobs that started in the instant in which they were submitted',
  formula: '#{jobs: first start = submit}',
  source: 'own',
  edges: '0 without jobs',
  count: ({ wait }, from, to) => {
    let count = 0;
    for (let row = from; row < to; row++) if (wait[row] === 0) count++;
    return count;
  },
});
