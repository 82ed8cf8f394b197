import type { TaskId } from '../../base/ids.ts';
import { type Time, toSeconds } from '../../base/time.ts';
import type { ObservedRun, Observer } from '../../simulation/observer.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import { type PoolJob, type PoolResult, runPool, type Span } from '../pool-run.ts';
import { CLOSE, type Verdict } from '../verdict.ts';
import { findPolicy } from './policies.ts';
import { servedRuns } from './served-runs.ts';

/** Ends of fluid tasks round up to the next microsecond, and so does whatever waited for them; seconds. */
const ROUNDING = 1e-6;

/** Jobs of one processor on a few servers, under policies that may preempt. */
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
    const segments = new Segments();
    const result = await runPool({ resources: ['cpus'], capacity: [servers], jobs, observers: [segments], ...chosen });
    const isFluid = chosen.allocator === 'ps' || (chosen.allocator === 'las' && !('quantum' in chosen.options));
    const tolerance = isFluid ? ROUNDING * (jobs.length + 1) : 0;
    if (run.has('segments')) compareSegments(policy, segments.byName, run.fields('segments'), verdict);
    for (const key of ['end', 'endExact'])
      if (run.has(key)) compareEnds(policy, result, run.fields(key), tolerance, verdict);
    if (run.has('metrics')) compareMetrics(policy, result, run.fields('metrics'), tolerance, verdict);
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

/** Writes down from when to when each job ran, in seconds. */
class Segments implements Observer {
  readonly byName = new Map<string, Span[]>();
  #run!: ObservedRun;

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onTaskPreempted(time: Time, task: TaskId): void {
    this.onTaskEnded(time, task);
  }

  onTaskEnded(time: Time, task: TaskId): void {
    const name = String(this.#run.jobName(this.#run.view.jobOf(task)));
    const spans = this.byName.get(name) ?? [];
    spans.push([toSeconds(this.#run.startTime(task)), toSeconds(time)]);
    this.byName.set(name, spans);
  }
}

function compareSegments(
  policy: string,
  got: ReadonlyMap<string, readonly Span[]>,
  segments: Fields,
  verdict: Verdict,
): void {
  for (const name of got.keys()) if (!segments.keys.includes(name)) verdict.fail(`${policy}: ${name} is not listed`);
  for (const name of segments.keys) verdict.same(`${policy} ${name}`, got.get(name), segments.list(name));
}

function compareEnds(policy: string, { spans }: PoolResult, ends: Fields, tolerance: number, verdict: Verdict): void {
  for (const name of ends.keys) {
    const end = parseFraction(ends.raw(name));
    const own = spans.get(name)?.[1] ?? Number.NaN;
    verdict.near(`${policy} ${name} end`, own, end === null ? ends.raw(name) : toNumber(end), tolerance);
  }
}

function compareMetrics(
  policy: string,
  { metrics, counts }: PoolResult,
  expected: Fields,
  tolerance: number,
  verdict: Verdict,
): void {
  const got: Readonly<Record<string, number | null | undefined>> = {
    avgResponse: metrics['response.mean'],
    avgWait: metrics['total-wait.mean'],
    makespan: metrics['makespan'],
    preemptions: counts.tasks.preempted,
    wastedWork: metrics['wasted-work'],
  };
  for (const key of expected.keys) {
    const value = expected.raw(key);
    const own = got[key];
    if (own === undefined || own === null) verdict.fail(`${policy} ${key}: there is no such metric`);
    else verdict.near(`${policy} ${key}`, own, value, Math.max(tolerance, CLOSE * Math.max(1, Math.abs(own))));
  }
}
