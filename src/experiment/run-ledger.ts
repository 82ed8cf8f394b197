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
    const isRecord = value?.schema === 'allot.run/1' && typeof value.run === 'string';
    return isRecord && (value.status === 'done' || value.status === 'failed') ? (value as RunRecord) : null;
  } catch {
    return null;
  }
}
