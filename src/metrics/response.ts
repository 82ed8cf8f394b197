import { toSeconds } from '../base/time.ts';
import { jobDistribution } from './job-distribution.ts';

/** How long jobs took from submission to end: the job completion time. */
export const response = jobDistribution({
  name: 'response',
  unit: 's',
  better: 'lower',
  summary: 'time from submission to the end of the last task (job completion time)',
  formula: 'last end - submit',
  source: 'Feitelson and Rudolph, Metrics and Benchmarking for Parallel Job Scheduling, JSSPP 1998',
  edges: 'null without jobs',
  fill: ({ count, response }, into) => {
    for (let row = 0; row < count; row++) into[row] = toSeconds(response[row]!);
  },
});
