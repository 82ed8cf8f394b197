import type { Settings } from './grid.ts';
import type { Measured } from './measure-run.ts';
import type { PlannedRun } from './planned-run.ts';
import type { FailureReason } from './runner.ts';

/** What became of one planned run: a line of `runs.jsonl`. */
export type RunRecord = DoneRecord | FailedRecord;

interface RecordHead {
  readonly schema: 'allot.run/1';
  /** Id of the run. */
  readonly run: string;
  readonly label: string;
  readonly seed: string;
  readonly settings: Settings;
}

/** A run that came to its end; all but `engine` is reproducible. */
export interface DoneRecord extends RecordHead, Omit<Measured, 'interrupted'> {
  readonly status: 'done';
}

/** A run that did not. */
export interface FailedRecord extends RecordHead {
  readonly status: 'failed';
  readonly reason: FailureReason;
  readonly message: string;
}

/** Gives the record of a run that came to its end. */
export function doneRecord(run: PlannedRun, { interrupted: _interrupted, ...measured }: Measured): DoneRecord {
  return { ...headOf(run), status: 'done', ...measured };
}

/** Gives the record of a run that failed. */
export function failedRecord(run: PlannedRun, reason: FailureReason, message: string): FailedRecord {
  return { ...headOf(run), status: 'failed', reason, message };
}

function headOf({ id, allocator, seed, settings }: PlannedRun): RecordHead {
  return { schema: 'allot.run/1', run: id, label: allocator, seed, settings };
}

/** Gives what must be equal where the same run is done twice, as text. */
export function essenceOf({ engine: _engine, label: _label, schema: _schema, ...essence }: DoneRecord): string {
  return JSON.stringify(essence);
}
