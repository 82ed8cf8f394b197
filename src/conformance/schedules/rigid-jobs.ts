import { toSeconds } from '../../base/time.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction } from '../fraction.ts';
import { type PoolJob, type PoolResult, runPool } from '../pool-run.ts';
import type { Verdict } from '../verdict.ts';
import { compareSpans } from './compare-spans.ts';
import { findPolicy } from './policies.ts';
import { servedRuns } from './served-runs.ts';

/** What the file calls our metrics; a job's width is its processors. */
const METRICS: Readonly<Record<string, string>> = {
  makespan: 'makespan',
  avgWait: 'wait.mean',
  maxWait: 'wait.max',
  avgResponse: 'response.mean',
  maxResponse: 'response.max',
  avgSlowdown: 'slowdown.mean',
  maxSlowdown: 'slowdown.max',
  avgBoundedSlowdown10: 'bounded-slowdown.mean',
  avgPerProcBoundedSlowdown10: 'per-processor-bounded-slowdown.mean',
  areaWeightedResponse: 'area-weighted-response',
  utilization: 'utilization.cpus',
};

/** Rigid jobs on one pool of processors: the whole schedule and every metric, run by run. */
export async function rigidJobs(one: Fields, verdict: Verdict): Promise<void> {
  one.prose('convention');
  const processors = one.fraction('processors');
  const jobs = one.items('jobs').map(readJob);
  for (const { policy, run } of servedRuns(one, 'rigid-jobs', verdict)) {
    const chosen = findPolicy(policy);
    if (chosen === null) throw new CaseError(`unknown policy \`${policy}\``);
    const result = await runPool({ resources: ['cpus'], capacity: [processors], jobs, ...chosen });
    compareSpans(policy, result.spans, run.fields('schedule'), verdict);
    if (run.has('metrics')) compareMetrics(policy, result, run.fields('metrics'), verdict);
  }
}

function readJob(job: Fields): PoolJob {
  const name = job.text('id');
  return {
    name,
    framework: job.has('user') ? String(job.raw('user')) : 'jobs',
    submit: job.number('submit'),
    run: job.number('runtime'),
    demand: [job.has('procs') ? job.fraction('procs') : parseFraction(1)!],
    ...(job.has('estimate') && { estimate: job.number('estimate') }),
    priority: job.has('priority') ? job.number('priority') : 0,
  };
}

function compareMetrics(policy: string, result: PoolResult, metrics: Fields, verdict: Verdict): void {
  for (const key of metrics.keys) {
    const expected = metrics.raw(key);
    const name = METRICS[key];
    const got = key === 'lastEnd' ? toSeconds(result.counts.end) : name && result.metrics[name];
    if (got === undefined || got === null) verdict.fail(`${policy} ${key}: there is no such metric`);
    else verdict.near(`${policy} ${key}`, Number(got), expected);
  }
}
