import { jobDistribution } from './job-distribution.ts';

/** How many times longer jobs took than they ran. */
export const slowdown = jobDistribution({
  name: 'slowdown',
  unit: 'ratio',
  better: 'lower',
  summary: 'response over run time; the run time of a job of many tasks is its critical path',
  formula: 'response / run',
  source: 'Feitelson et al., Theory and Practice in Parallel Job Scheduling, JSSPP 1997',
  edges: 'a job with a run time of zero is left out and counted in slowdown.undefined; null without jobs',
  fill: ({ count, response, run }, into) => {
    for (let row = 0; row < count; row++) into[row] = run[row]! > 0 ? response[row]! / run[row]! : Number.NaN;
  },
});
