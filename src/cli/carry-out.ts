import { execute } from '../experiment/execute.ts';
import type { Extras } from '../experiment/measure-run.ts';
import type { PlannedRun } from '../experiment/planned-run.ts';
import type { DoneRecord, FailedRecord, RunRecord } from '../experiment/run-record.ts';
import type { Runner } from '../experiment/runner.ts';
import { processors } from '../platform/threads.ts';
import { ExitCode } from './exit-code.ts';
import { interruptible } from './interruptible.ts';
import { styleFor, tell } from './output.ts';
import { RunsProgress } from './runs-progress.ts';
import { openRunner, type RunnerOptions } from './thread-runner.ts';

/** How runs are carried out on the command line. */
export interface CarryOutOptions extends RunnerOptions {
  readonly extras?: Extras;
  readonly retries?: number;
  /** What the user is told when he stops it. */
  readonly onInterrupt: string;
  /** How many runs there may be in all, so that no thread is opened for nothing; else those that are given. */
  readonly most?: number;
  /** Who runs them; closed when all are done. Else threads are opened. */
  readonly runner?: Runner;
  /** Takes each record when it comes. */
  readonly onRecord?: (record: RunRecord) => void;
  /** Gives further runs when all are done, from what came of them. */
  readonly more?: (done: readonly DoneRecord[]) => readonly PlannedRun[];
}

/** What came of some runs. */
export interface CarriedOut {
  readonly done: readonly DoneRecord[];
  readonly failed: readonly FailedRecord[];
  readonly interrupted: boolean;
  readonly threads: number;
  readonly wall_s: number;
}

/** Carries out runs on threads, shows how far they are, and lets Ctrl-C end them. */
export async function carryOut(runs: readonly PlannedRun[], options: CarryOutOptions): Promise<CarriedOut> {
  const began = performance.now();
  const threads = Math.min(options.threads ?? processors(), Math.max(1, options.most ?? runs.length));
  const runner = options.runner ?? (await openRunner({ ...options, threads }));
  const progress = new RunsProgress(process.stderr, styleFor(process.stderr), runs.length);
  const done: DoneRecord[] = [];
  const failed: FailedRecord[] = [];
  let interrupted = false;
  const onRecord = (record: RunRecord): void => {
    options.onRecord?.(record);
    if (record.status === 'done') done.push(record);
    else {
      failed.push(record);
      progress.clear();
      tell(describeFailure(record));
    }
    progress.note(record.status === 'failed');
  };
  const stop = (): void => {
    interrupted = true;
    progress.end();
    runner.stop();
  };
  const how = {
    onRecord,
    isStopped: () => interrupted,
    ...(options.extras && { extras: options.extras }),
    ...(options.retries !== undefined && { retries: options.retries }),
  };
  try {
    await interruptible(options.onInterrupt, stop, async () => {
      await execute(runs, runner, how);
      const more = interrupted || failed.length > 0 ? [] : (options.more?.(done) ?? []);
      progress.expect(more.length);
      await execute(more, runner, how);
    });
  } finally {
    progress.end();
    await runner.close();
  }
  return { done, failed, interrupted, threads: runner.width, wall_s: (performance.now() - began) / 1_000 };
}

/** Says which run failed and why. */
export function describeFailure(record: FailedRecord): string {
  const { reason, message } = record;
  const why = { memory: 'ran out of memory: ', crash: 'its thread died: ' }[reason as string] ?? '';
  return `run failed ${nameOf(record)}: ${why}${message}`;
}

/** Gives what a run is called: `(fifo, seed 3, cluster.nodes.0.count 2)`. */
export function nameOf({ label, seed, settings }: Pick<RunRecord, 'label' | 'seed' | 'settings'>): string {
  const set = Object.entries(settings).map(([path, value]) => `, ${path} ${JSON.stringify(value)}`);
  return `(${label}, seed ${seed}${set.join('')})`;
}

/** Gives the exit code of failures: bad input where every one of them is that. */
export function exitCodeOf(failed: readonly FailedRecord[]): number {
  if (failed.length === 0) return ExitCode.ok;
  return failed.every(({ reason }) => reason === 'input') ? ExitCode.badInput : ExitCode.failed;
}
