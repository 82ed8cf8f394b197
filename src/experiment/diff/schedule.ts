import type { Time } from '../../base/time.ts';

/** One job of a schedule that somebody made; times are on that schedule's own clock. */
export interface ScheduledJob {
  /** The name under which both schedules know it. */
  readonly name: string;
  readonly submit: Time;
  /** The first start; null if it never started. */
  readonly start: Time | null;
  /** Null if it has not ended. */
  readonly end: Time | null;
}

/** When each job started and ended. */
export interface Schedule {
  readonly source: string;
  readonly format: ScheduleFormat;
  /** By name; names are unique. */
  readonly jobs: ReadonlyMap<string, ScheduledJob>;
}

export type ScheduleFormat = 'allot' | 'batsim' | 'swf';
