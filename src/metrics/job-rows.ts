import { type Time, toSeconds } from '../base/time.ts';
import type { JobOutcome } from '../simulation/job-outcome.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';

/** One cell of a table; null is an empty one. */
export type Cell = string | number | null;

/** Columns of jobs.csv, in order; times in seconds, `index` counts submissions from 0. */
export const JOB_COLUMNS = [
  'index',
  'job',
  'framework',
  'role',
  'submit_s',
  'start_s',
  'end_s',
  'wait_s',
  'run_s',
  'response_s',
  'bounded_slowdown',
  'tasks',
  'status',
] as const;

/** Microseconds below which a run time counts as this much in a bounded slowdown. */
const TAU: Time = 10_000_000;

/** Gives each job as a row when it ends, is rejected, or is left unfinished. */
export class JobRows implements Observer {
  readonly #write: (row: readonly Cell[]) => void;
  #run!: ObservedRun;

  constructor(write: (row: readonly Cell[]) => void) {
    this.#write = write;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobEnded(_time: Time, job: JobOutcome): void {
    const { view } = this.#run;
    const response = job.end - job.submit;
    this.#write([
      job.index,
      job.name,
      view.frameworkName(job.framework),
      view.roleName(view.roleOf(job.framework)),
      toSeconds(job.submit),
      seconds(job.start),
      seconds(job.end),
      seconds(job.start - job.submit),
      toSeconds(job.run),
      seconds(response),
      Number.isNaN(response) ? null : Math.max(1, response / Math.max(job.run, TAU)),
      job.tasks,
      job.status,
    ]);
  }
}

function seconds(time: Time): Cell {
  return Number.isNaN(time) ? null : toSeconds(time);
}
