import type { Extras } from './measure-run.ts';
import type { PlannedRun } from './planned-run.ts';
import { doneRecord, failedRecord, type RunRecord } from './run-record.ts';
import { RunFailure, type Runner } from './runner.ts';

/** How runs are carried out. */
export interface Execution {
  readonly extras?: Extras;
  /** How often a run is tried again whose thread has died; 2 unless said otherwise. */
  readonly retries?: number;
  /** Takes each record as it comes, in no order. */
  readonly onRecord: (record: RunRecord) => void;
  /** No further run begins once this is true. */
  readonly isStopped?: () => boolean;
}

const RETRIES = 2;

/** Carries out runs, as many at a time as the runner takes, in the order given; those that were stopped leave no record. */
export async function execute(runs: readonly PlannedRun[], runner: Runner, how: Execution): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < runs.length && !how.isStopped?.()) {
      const record = await attempt(runs[next++]!, runner, how);
      if (record === null) continue;
      how.onRecord(record);
      runner.written?.(record.run);
    }
  };
  await Promise.all(Array.from({ length: Math.min(runner.width, runs.length) }, lane));
}

async function attempt(run: PlannedRun, runner: Runner, how: Execution): Promise<RunRecord | null> {
  for (let left = how.retries ?? RETRIES; ; left--) {
    try {
      return doneRecord(run, await runner.run(run.scenario, how.extras ?? {}, run.id));
    } catch (error) {
      if (!(error instanceof RunFailure)) throw error;
      if (error.reason === 'stopped' || how.isStopped?.()) return null;
      if (error.reason !== 'crash' || left === 0) return failedRecord(run, error.reason, error.message);
    }
  }
}
