import { SECOND } from '../base/time.ts';
import { jobDistribution } from './job-distribution.ts';
import type { JobLog } from './job-log.ts';

/** Shorter run times are taken as this long, so that very short jobs do not rule the mean. */
const THRESHOLD = 10 * SECOND;

/** Gives response over run time, the run time bounded from below; may be less than 1. */
export function boundedRatio(jobs: JobLog, row: number): number {
  return jobs.response[row]! / Math.max(jobs.run[row]!, THRESHOLD);
}

/** Slowdown with run times of at least ten seconds. */
export const boundedSlowdown = jobDistribution({
  name: 'bounded-slowdown',
  unit: 'ratio',
  summary: 'slowdown with run times under 10 s taken as 10 s, and never below 1',
  formula: 'max(1, response / max(run, 10 s))',
  source: 'Feitelson et al., Theory and Practice in Parallel Job Scheduling, JSSPP 1997',
  edges: 'null without jobs',
  of: (jobs, row) => Math.max(1, boundedRatio(jobs, row)),
});
