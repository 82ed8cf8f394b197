import { toSeconds } from '../base/time.ts';
import { stageDistribution } from './stage-distribution.ts';

/** How long jobs with stages take at least, whatever the room. */
export const criticalPath = stageDistribution({
  name: 'critical-path',
  unit: 's',
  better: null,
  summary: 'the longest chain of tasks of a job that wait for one another: no schedule ends it sooner',
  formula: 'max over chains of stages of the sum of the longest tasks',
  source: 'Graham, Bounds for certain multiprocessing anomalies, Bell System Technical Journal 45(9), 1966',
  of: ({ run }, row) => (run[row]! > 0 ? toSeconds(run[row]!) : Number.NaN),
});
