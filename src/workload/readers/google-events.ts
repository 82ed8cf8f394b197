import type { Time } from '../../base/time.ts';
import { LifeEvent } from './lifetimes.ts';
import type { TableRow } from './table.ts';

/** Below it a whole number is a job's name as a number is written; others are kept as text. */
const WHOLE = 1e15;

/** An event of a log of Google's, as far as all its tables have the same columns. */
export interface GoogleEvent {
  time: Time;
  kind: number;
  job: string | number;
}

/** Reads time, kind and job of an event into `event`, or gives the reason why it is left out. */
export function readEvent(row: TableRow, columns: GoogleColumns, event: GoogleEvent): string | null {
  event.time = Math.floor(row.number(columns.time) + 0.5);
  event.kind = row.number(columns.kind);
  const id = row.number(columns.job);
  if (Number.isNaN(event.time)) return `${row.isEmpty(columns.time) ? 'missing' : 'not a number'}: ${columns.time}`;
  if (event.time < 0) return 'negative time';
  // 2^63 - 1 stands for what came after the trace.
  if (event.time > Number.MAX_SAFE_INTEGER) return 'after the trace';
  const isKnown = event.kind >= LifeEvent.submit && event.kind <= LifeEvent.updateRunning;
  if (!isKnown || !Number.isInteger(event.kind)) return 'unknown event';
  if (row.isEmpty(columns.job)) return `missing: ${columns.job}`;
  event.job = Number.isInteger(id) && id >= 0 && id < WHOLE ? id : row.text(columns.job);
  return null;
}

/** What a table calls the columns of an event. */
export interface GoogleColumns {
  readonly time: string;
  readonly kind: string;
  readonly job: string;
}
