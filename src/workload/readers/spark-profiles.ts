import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import { at, listAt } from './document.ts';
import type { DraftStage } from './draft.ts';

/** One query at one size, as it was measured. */
export interface SparkProfile {
  readonly query: string;
  readonly size: string;
  readonly document: unknown;
}

/** Finds the profiles of a document; throws a ScenarioError where it has none. */
export function sparkProfiles(document: unknown, file: string): SparkProfile[] {
  const profiles = at(document, 'profiles');
  if (!Array.isArray(profiles)) throw new ScenarioError('a file of Spark profiles has a list `profiles`', { file });
  return profiles.map((profile) => ({
    query: String(at(profile, 'query') ?? 'unknown'),
    size: String(at(profile, 'size') ?? 'unknown'),
    document: profile,
  }));
}

/**
 * Gives the stages of a profile, each task as long as it was with so many executors; or the reason why there are none.
 *
 * `first_wave` holds the first task of each executor, those on fresh executors too, and `rest_wave` all others: together
 * they are the tasks of one execution. Of the executor counts that were measured it takes the largest that is not
 * above `executors`, else the smallest.
 */
export function sparkStages(
  { document }: SparkProfile,
  executors: number,
  demand: ArrayLike<number>,
): DraftStage[] | string {
  const stages = listAt(document, 'stages');
  if (stages.length === 0) return 'no stages';
  const count = at(document, 'num_stages');
  if (count !== undefined && count !== stages.length) return 'wrong number of stages';
  const parents: number[][] = stages.map(() => []);
  for (const edge of listAt(document, 'edges')) {
    const [from, to] = Array.isArray(edge) ? (edge as unknown[]) : [];
    if (!isStage(from, stages.length) || !isStage(to, stages.length)) return 'edge to a stage that is not there';
    parents[to]!.push(from);
  }
  const result: DraftStage[] = [];
  for (const [key, stage] of stages.entries()) {
    const runs = taskTimes(stage, executors);
    if (typeof runs === 'string') return runs;
    const run = runs.reduce((longest, time) => Math.max(longest, time), 0);
    result.push({ key, parents: parents[key]!, run, runs, width: runs.length, demand });
  }
  return result;
}

function isStage(value: unknown, count: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;
}

/** Gives the run times of a stage's tasks in microseconds, or what is wrong with them. */
function taskTimes(stage: unknown, executors: number): Float64Array | string {
  const wave = at(stage, 'first_wave');
  const counts = typeof wave === 'object' && wave !== null ? Object.keys(wave).map(Number) : [];
  const measured = counts.filter((count) => Number.isSafeInteger(count) && count > 0).sort((a, b) => a - b);
  if (measured.length === 0) return 'missing: first_wave';
  const key = String(measured.findLast((count) => count <= executors) ?? measured[0]!);
  const milliseconds = [...listAt(stage, 'first_wave', key), ...listAt(stage, 'rest_wave', key)];
  if (milliseconds.length === 0) return 'stage without tasks';
  const times = new Float64Array(milliseconds.length);
  for (const [i, value] of milliseconds.entries()) {
    if (typeof value !== 'number' || !(value >= 0)) return 'task without a run time';
    times[i] = fromSeconds(value / 1_000);
  }
  return times;
}
