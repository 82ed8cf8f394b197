import type { JobId, TaskId } from '../../base/ids.ts';
import { quote } from '../../base/quote.ts';
import { WrongDecision } from './wrong-decision.ts';

/** A job that a party knows of. */
interface KnownJob {
  readonly row: JobId;
  /** Position in the sequence of all submissions. */
  readonly number: number;
  readonly firstTask: TaskId;
  readonly taskCount: number;
}

/**
 * The jobs that a party knows of, under numbers that are never used again; rows are, perhaps before the party has heard
 * of the end of their job.
 *
 * A job goes by its place in the sequence of all submissions, a task by that of its job and its own: `17/0`.
 */
export class KnownJobs {
  readonly #byRow = new Map<JobId, KnownJob>();
  readonly #byNumber = new Map<number, KnownJob>();

  add(job: KnownJob): void {
    this.#byRow.set(job.row, job);
    this.#byNumber.set(job.number, job);
  }

  has(number: number): boolean {
    return this.#byNumber.has(number);
  }

  /** Forgets a job that has ended, and gives its number; undefined where it is not known. */
  remove(row: JobId): number | undefined {
    const job = this.#byRow.get(row);
    if (job === undefined) return undefined;
    this.#byRow.delete(row);
    this.#byNumber.delete(job.number);
    return job.number;
  }

  /** Gives the name of a task of a job; undefined where the job is not known. */
  nameOf(task: TaskId, row: JobId): string | undefined {
    const job = this.#byRow.get(row);
    return job && `${job.number}/${task - job.firstTask}`;
  }

  /** Gives the row of a job; throws a WrongDecision where there is no such job. */
  job(number: number): JobId {
    return this.#known(number).row;
  }

  /** Gives the row of a task; throws a WrongDecision where there is no such task. */
  task(name: string): TaskId {
    const match = /^(\d{1,15})\/(\d{1,9})$/.exec(name);
    if (match === null) throw new WrongDecision(`there is no task ${quote(name)}; tasks are named as in 17/0`);
    const { firstTask, taskCount } = this.#known(Number(match[1]));
    const position = Number(match[2]);
    if (position < taskCount) return firstTask + position;
    throw new WrongDecision(`there is no task ${quote(name)}; its job has ${taskCount}, numbered from 0`);
  }

  #known(number: number): KnownJob {
    const job = this.#byNumber.get(number);
    if (job === undefined) throw new WrongDecision(`there is no job ${number}, or it has ended`);
    return job;
  }
}
