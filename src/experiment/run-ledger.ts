import { type DoneRecord, essenceOf, type FailedRecord, type RunRecord } from './run-record.ts';

/** A run was done twice and came out differently. */
export interface Conflict {
  readonly run: string;
  readonly first: DoneRecord;
  readonly second: DoneRecord;
}

/** Collects records of runs from any number of places; a run that is done counts once, whatever else is told of it. */
export class RunLedger {
  readonly done = new Map<string, DoneRecord>();
  /** The last failure of each run that is not done. */
  readonly failed = new Map<string, FailedRecord>();
  readonly conflicts: Conflict[] = [];
  /** Lines that are no records, such as one that was cut off when a process died. */
  unreadable = 0;

  /** Reads the lines of a `runs.jsonl`. */
  readLines(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const record = parseRecord(line);
      if (record === null) this.unreadable++;
      else this.add(record);
    }
  }

  add(record: RunRecord): void {
    const known = this.done.get(record.run);
    if (record.status === 'failed') {
      if (known === undefined) this.failed.set(record.run, record);
      return;
    }
    this.failed.delete(record.run);
    if (known === undefined) this.done.set(record.run, record);
    else if (essenceOf(known) !== essenceOf(record)) {
      this.conflicts.push({ run: record.run, first: known, second: record });
    }
  }
}

function parseRecord(line: string): RunRecord | null {
  try {
    const value = JSON.parse(line) as Partial<RunRecord> | null;
    return value?.schema === 'allot.run/1' && isWhole(value) ? (value as RunRecord) : null;
  } catch {
    return null;
  }
}

/** Says whether what others count on is there. */
function isWhole(record: Partial<RunRecord>): boolean {
  const { run, label, seed, settings, status } = record;
  if (!areTexts(run, label, seed) || !isObject(settings)) return false;
  if (status === 'failed') return areTexts(record.reason, record.message);
  if (status !== 'done' || !areTexts(record.digest, record.schedule_digest)) return false;
  const { metrics, engine } = record;
  return isObject(metrics) && Object.values(metrics).every(isFigure) && isObject(engine) && isFigure(engine.wall_s);
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFigure(value: unknown): boolean {
  return value === null || typeof value === 'number';
}
