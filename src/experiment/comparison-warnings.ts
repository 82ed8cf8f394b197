import type { ComparedMetric, Sampling } from './comparison.ts';
import type { DoneRecord } from './run-record.ts';
import { isLopsided } from './statistics/skewness.ts';

/** Fewer seeds than this give intervals that say little. */
const FEW_SEEDS = 5;

const EVERY = 'every run';
const LEFT_OUT = 'they count in no mean over jobs';

/** The runs of one allocator. */
interface Lane {
  readonly allocator: string;
  readonly runs: readonly DoneRecord[];
}

/** Gives what a reader should know before believing the intervals. */
export function warningsOf(lanes: readonly Lane[], metrics: readonly ComparedMetric[], sampling: Sampling): string[] {
  const warnings: string[] = [];
  const seeds = lanes[0]!.runs.length;
  if (sampling === 'seeds' && seeds < FEW_SEEDS) warnings.push(`${seeds} seeds are few: intervals are wide and rough`);
  warnings.push(...unsettledOf(lanes));
  for (const { allocator, runs } of lanes) {
    const fixed = sampling === 'seeds' && runs.every((run) => run.schedule_digest === runs[0]!.schedule_digest);
    if (fixed) warnings.push(`${allocator} does the same with every seed: only the others vary`);
    if (runs.some(({ reproducible }) => !reproducible)) {
      warnings.push(`${allocator}: a program that decides failed in a run, which may come out otherwise next time`);
    }
    const unfinished = whereOf(runs, ({ jobs }) => jobs.unfinished > 0);
    if (unfinished) warnings.push(`${allocator} leaves jobs unfinished in ${unfinished}: ${LEFT_OUT}`);
  }
  warnings.push(...rejectedOf(lanes));
  for (const { metric, values } of metrics) {
    const partial = values.filter(({ count, mean }) => mean !== null && count < seeds && sampling === 'seeds');
    for (const { allocator, count } of partial) {
      warnings.push(`${metric} is defined in ${count} of ${seeds} runs of ${allocator}`);
    }
  }
  if (sampling === 'seeds') warnings.push(...lopsidedOf(lanes, metrics));
  return warnings;
}

/** Says where jobs are rejected: mostly under every allocator, as they fit on no node. */
function rejectedOf(lanes: readonly Lane[]): string[] {
  const told = lanes.map(({ allocator, runs }) => ({
    allocator,
    where: whereOf(runs, ({ jobs }) => jobs.rejected > 0),
  }));
  if (told.every(({ where }) => where === EVERY)) return [`jobs are rejected in ${EVERY}: ${LEFT_OUT}`];
  return told.flatMap(({ allocator, where }) => (where ? [`${allocator} rejects jobs in ${where}: ${LEFT_OUT}`] : []));
}

/** Says in how many runs something holds; nothing where it holds in none. */
function whereOf(runs: readonly DoneRecord[], holds: (run: DoneRecord) => boolean): string {
  const count = runs.filter(holds).length;
  if (count === 0) return '';
  return count === runs.length ? EVERY : `${count} of ${runs.length} runs`;
}

/** Names the metrics whose values over the seeds lie too unevenly for a t interval of so few. */
function lopsidedOf(lanes: readonly Lane[], metrics: readonly ComparedMetric[]): string[] {
  const told = lanes.flatMap(({ allocator, runs }) => {
    const named = metrics
      .map(({ metric }) => metric)
      .filter((metric) => isLopsided(runs.flatMap((run) => run.metrics[metric] ?? [])));
    return named.length === 0 ? [] : [`${allocator} (${named.join(', ')})`];
  });
  if (told.length === 0) return [];
  return [`a few seeds far from the others make the mean, so intervals are rough; take more seeds: ${told.join('; ')}`];
}

/** Names the allocators and seeds under which waits go on changing. */
function unsettledOf(lanes: readonly Lane[]): string[] {
  const told = lanes.flatMap(({ allocator, runs }) => {
    const seeds = runs.filter(({ warmUp }) => warmUp !== undefined && !warmUp.settled).map(({ seed }) => seed);
    if (seeds.length === 0) return [];
    const named = seeds.length > 3 ? `${seeds.length} of ${runs.length} seeds` : `seed ${seeds.join(', ')}`;
    return [`${allocator} (${named})`];
  });
  if (told.length === 0) return [];
  return [`waits reach no steady state (MSER-5), so means depend on the length of the run: ${told.join(', ')}`];
}
