import { CaseError, type Fields } from '../fields.ts';
import { parseFraction } from '../fraction.ts';
import { type PoolJob, type PoolResult, runPool } from '../pool-run.ts';
import type { Verdict } from '../verdict.ts';
import { findPolicy } from './policies.ts';
import { servedRuns } from './served-runs.ts';

/** Jobs of one processor on a few servers; of the policies those that never preempt are served. */
export async function preemptive(one: Fields, verdict: Verdict): Promise<void> {
  one.prose('convention');
  const runs = servedRuns(one, 'preemptive', verdict);
  if (runs.length === 0) {
    one.prose(...one.keys);
    return;
  }
  const servers = one.has('servers') ? one.fraction('servers') : parseFraction(1)!;
  const jobs = one.items('jobs').map(readJob);
  for (const { policy, run } of runs) {
    const chosen = findPolicy(policy);
    if (chosen === null) throw new CaseError(`unknown policy \`${policy}\``);
    const result = await runPool({ resources: ['cpus'], capacity: [servers], jobs, ...chosen });
    if (run.has('segments')) compareSegments(policy, result, run.fields('segments'), verdict);
    for (const key of ['end', 'endExact']) if (run.has(key)) compareEnds(policy, result, run.fields(key), verdict);
    if (run.has('metrics')) compareMetrics(policy, result, jobs, run.fields('metrics'), verdict);
  }
}

function readJob(job: Fields): PoolJob {
  return {
    name: job.text('id'),
    framework: 'jobs',
    submit: job.number('submit'),
    run: job.number('runtime'),
    demand: [parseFraction(1)!],
    priority: job.has('priority') ? job.number('priority') : 0,
  };
}

function compareSegments(policy: string, { spans }: PoolResult, segments: Fields, verdict: Verdict): void {
  for (const name of spans.keys()) if (!segments.keys.includes(name)) verdict.fail(`${policy}: ${name} is not listed`);
  for (const name of segments.keys) verdict.same(`${policy} ${name}`, [spans.get(name)], segments.list(name));
}

function compareEnds(policy: string, { spans }: PoolResult, ends: Fields, verdict: Verdict): void {
  for (const name of ends.keys)
    verdict.near(`${policy} ${name} end`, spans.get(name)?.[1] ?? Number.NaN, ends.raw(name));
}

function compareMetrics(
  policy: string,
  { metrics, counts, spans }: PoolResult,
  jobs: readonly PoolJob[],
  expected: Fields,
  verdict: Verdict,
): void {
  const executed = [...spans.values()].reduce((sum, [start, end]) => sum + end - start, 0);
  const useful = jobs.reduce((sum, { run }) => sum + run, 0);
  const got: Readonly<Record<string, number | null | undefined>> = {
    avgResponse: metrics['response.mean'],
    avgWait: metrics['wait.mean'],
    makespan: metrics['makespan'],
    preemptions: counts.tasks.preempted,
    wastedWork: executed - useful,
  };
  for (const key of expected.keys) {
    const value = expected.raw(key);
    const own = got[key];
    if (own === undefined || own === null) verdict.fail(`${policy} ${key}: there is no such metric`);
    else verdict.near(`${policy} ${key}`, own, value);
  }
}
