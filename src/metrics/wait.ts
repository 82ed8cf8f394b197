import { toSeconds } from '../base/time.ts';
import { jobDistribution } from './job-distribution.ts';

/** How long jobs waited for their first start. */
export const wait = jobDistribution({
  name: 'wait',
  unit: 's',
  better: 'lower',
  summary: 'time from submission to the first start of a task',
  formula: 'first start - submit',
  source: 'Feitelson and Rudolph, Metrics and Benchmarking for Parallel Job Scheduling, JSSPP 1998',
  edges: 'null without jobs',
  fill: ({ count, wait }, into) => {
    for (let row = 0; row < count; row++) into[row] = toSeconds(wait[row]!);
  },
});
