import { type Cell, JOB_COLUMNS } from '../metrics/job-rows.ts';
import type { RunResult } from '../report/run-result.ts';
import { type RunOptions, runScenario } from '../scenario/run-scenario.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Services } from '../scenario/services.ts';
import { MSER_BATCH, mser, type WarmUp } from './statistics/mser.ts';

/** Seconds of a week. */
const WEEK = 604_800;

/** The metrics that are known week by week, and the column whose mean over jobs they are. */
const WEEKLY = { 'wait.mean': 'wait_s', 'response.mean': 'response_s', 'bounded-slowdown.mean': 'bounded_slowdown' };

/** Sums over the jobs that were submitted in each week; the first week begins at time 0 of the run. */
export interface Weeks {
  readonly jobs: readonly number[];
  /** By name of the metric that is the sum of all weeks over all jobs. */
  readonly sums: Readonly<Record<string, readonly number[]>>;
}

/** What an experiment keeps of a run. */
export interface Measured
  extends Pick<
    RunResult,
    'allocator' | 'digest' | 'schedule_digest' | 'reproducible' | 'interrupted' | 'time' | 'jobs' | 'tasks' | 'metrics'
  > {
  /** Metrics that are not exact, and how. */
  readonly approximate: RunResult['approximate'];
  readonly engine: Pick<RunResult['engine'], 'wall_s' | 'events'>;
  /** Where asked for. */
  readonly weeks?: Weeks;
  readonly warmUp?: WarmUp;
}

/** What is kept beside the metrics. */
export interface Extras {
  /** Sums by week, for intervals of a single trace. */
  readonly weeks?: boolean;
  /** How much of the beginning the waits of jobs should be rid of. */
  readonly warmUp?: boolean;
}

/** Runs a scenario once and keeps what experiments compare; errors are those of {@link runScenario}. */
export async function measureRun(
  scenario: Scenario,
  services: Services,
  extras: Extras = {},
  pacer?: RunOptions['pacer'],
): Promise<Measured> {
  const weeks = extras.weeks ? new WeeklySums() : undefined;
  const waits = extras.warmUp ? new WaitBatches() : undefined;
  const rows = [weeks, waits].filter((reader) => reader !== undefined);
  const { result } = await runScenario(scenario, services, {
    roleShares: false,
    ...(pacer && { pacer }),
    ...(rows.length > 0 && {
      jobRow: (row: readonly Cell[]) => {
        for (const reader of rows) reader.add(row);
      },
    }),
  });
  const { allocator, digest, schedule_digest, reproducible, interrupted, time, jobs, tasks, metrics } = result;
  const { approximate, engine } = result;
  return {
    ...{ allocator, digest, schedule_digest, reproducible, interrupted, time, jobs, tasks, metrics, approximate },
    engine: { wall_s: engine.wall_s, events: engine.events },
    ...(weeks && { weeks: weeks.value }),
    ...(waits && { warmUp: mser(waits.meansFrom(scenario.warmup === undefined ? 0 : time.end_s - time.window_s)) }),
  };
}

const COLUMN = Object.fromEntries(JOB_COLUMNS.map((name, i) => [name, i])) as Record<
  (typeof JOB_COLUMNS)[number],
  number
>;

/** Jobs count where they ended. */
function hasEnded(row: readonly Cell[]): boolean {
  const status = row[COLUMN.status];
  return status === 'completed' || status === 'killed';
}

class WeeklySums {
  readonly #jobs: number[] = [];
  readonly #sums = Object.values(WEEKLY).map(() => [] as number[]);

  add(row: readonly Cell[]): void {
    if (!hasEnded(row)) return;
    const week = Math.max(0, Math.floor((row[COLUMN.submit_s] as number) / WEEK));
    while (this.#jobs.length <= week) {
      this.#jobs.push(0);
      for (const sums of this.#sums) sums.push(0);
    }
    this.#jobs[week] = this.#jobs[week]! + 1;
    for (const [i, column] of Object.values(WEEKLY).entries()) {
      const sums = this.#sums[i]!;
      sums[week] = sums[week]! + (row[COLUMN[column as keyof typeof COLUMN]] as number);
    }
  }

  get value(): Weeks {
    return {
      jobs: this.#jobs,
      sums: Object.fromEntries(Object.keys(WEEKLY).map((metric, i) => [metric, this.#sums[i]!])),
    };
  }
}

/** Means of the waits of five jobs each, in the order in which jobs were submitted. */
class WaitBatches {
  readonly #sums: number[] = [];
  readonly #counts: number[] = [];
  /** When the first of each was submitted, in seconds. */
  readonly #starts: number[] = [];

  add(row: readonly Cell[]): void {
    if (!hasEnded(row)) return;
    const batch = Math.floor((row[COLUMN.index] as number) / MSER_BATCH);
    this.#sums[batch] = (this.#sums[batch] ?? 0) + (row[COLUMN.wait_s] as number);
    this.#counts[batch] = (this.#counts[batch] ?? 0) + 1;
    this.#starts[batch] = Math.min(this.#starts[batch] ?? Number.POSITIVE_INFINITY, row[COLUMN.submit_s] as number);
  }

  /** Leaves out batches of the time before; what a warm-up leaves out of the means need not settle. */
  meansFrom(start: number): number[] {
    const means: number[] = [];
    for (const [i, count] of this.#counts.entries()) {
      if (count > 0 && this.#starts[i]! >= start) means.push(this.#sums[i]! / count);
    }
    return means;
  }
}
