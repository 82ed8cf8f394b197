import { boundedRatio } from './bounded-slowdown.ts';
import { jobDistribution } from './job-distribution.ts';

/** Bounded slowdown per cpu of the job. */
export const perProcessorBoundedSlowdown = jobDistribution({
  name: 'per-processor-bounded-slowdown',
  unit: 'ratio',
  better: 'lower',
  summary: "bounded slowdown over the job's width, the sum of its tasks' cpus (first resource where there are no cpus)",
  formula: 'max(1, response / (width * max(run, 10 s)))',
  source: 'Feitelson, Metrics for Parallel Job Scheduling and Their Convergence, JSSPP 2001',
  edges: 'a job of width zero is left out; null without jobs',
  fill: ({ count, response, run, width }, into) => {
    for (let row = 0; row < count; row++) {
      const ratio = boundedRatio(response[row]!, run[row]!) / width[row]!;
      into[row] = width[row]! > 0 ? Math.max(1, ratio) : Number.NaN;
    }
  },
});
