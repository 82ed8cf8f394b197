import { stageDistribution } from './stage-distribution.ts';

/** How many times longer jobs with stages took from their first start than they had to. */
export const criticalPathRatio = stageDistribution({
  name: 'critical-path-ratio',
  unit: 'ratio',
  better: 'lower',
  summary: 'time from the first start of a job to its end over its critical path (schedule length ratio)',
  formula: '(end - first start) / critical path',
  source:
    'Topcuoglu, Hariri and Wu, Performance-effective and low-complexity task scheduling for heterogeneous computing, TPDS 2002, section 6',
  of: ({ run, time, start }, row) => (run[row]! > 0 ? (time[row]! - start[row]!) / run[row]! : Number.NaN),
});
