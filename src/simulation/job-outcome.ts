import type { FrameworkId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/** How a job came to its end. */
export type JobStatus = 'completed' | 'killed' | 'failed' | 'rejected' | 'unfinished';

/** A job at its end, to be read at once: the next job may be told through the same object. */
export interface JobOutcome {
  /** Position in the sequence of all submissions, rejected jobs included, from 0. */
  readonly index: number;
  readonly name: string | number;
  readonly framework: FrameworkId;
  /** Microseconds; may be below zero for a job rejected before the first replayed one. */
  readonly submit: Time;
  /** First start of a task; NaN if none has started. */
  readonly start: Time;
  /** Last end of a task; NaN for rejected and unfinished jobs. */
  readonly end: Time;
  /** The critical path; of independent tasks the longest. Microseconds. */
  readonly run: Time;
  /** Sum of the tasks' cpus (of the first resource where there are no cpus), in units. */
  readonly width: number;
  /** Sum over tasks of run time times cpus, in unit-microseconds. */
  readonly area: number;
  /** Sum of the run times of the tasks of a job with stages, microseconds; NaN for others. */
  readonly work?: Time;
  readonly tasks: number;
  readonly status: JobStatus;
  /** Why it was rejected; the empty string otherwise. */
  readonly reason: string;
  readonly source: number;
}

/** An outcome that is filled anew for each job: new ones would leave two hundred bytes behind for every job. */
export type OutcomeSlate = { -readonly [Field in keyof JobOutcome]: JobOutcome[Field] };

/** Gives one with nothing on it; its numbers are doubles from the start. */
export function blankOutcome(): OutcomeSlate {
  return {
    index: 0,
    name: '',
    framework: 0,
    submit: Number.NaN,
    start: Number.NaN,
    end: Number.NaN,
    run: Number.NaN,
    width: Number.NaN,
    area: Number.NaN,
    work: Number.NaN,
    tasks: 1,
    status: 'completed',
    reason: '',
    source: 0,
  };
}
