import { SECOND, type Time } from '../base/time.ts';
import { jobDistribution } from './job-distribution.ts';

/** Shorter run times are taken as this long, so that very short jobs do not rule the mean. */
const THRESHOLD = 10 * SECOND;

/** Gives response over run time, the run time bounded from below; may be less than 1. */
export function boundedRatio(response: Time, run: Time): number {
  return response / Math.max(run, THRESHOLD);
}

/** Slowdown with run times of at least ten seconds. */
export const boundedSlowdown = jobDistribution({
  name: 'bounded-slowdown',
  unit: 'ratio',
  better: 'lower',
  summary: 'slowdown with run times under 10 s taken as 10 s, and never below 1',
  formula: 'max(1, response / max(run, 10 s))',
  source: 'Feitelson et al., Theory and Practice in Parallel Job Scheduling, JSSPP 1997',
  edges: 'null without jobs',
  fill: ({ count, response, run }, into) => {
    for (let row = 0; row < count; row++) into[row] = Math.max(1, boundedRatio(response[row]!, run[row]!));
  },
});
