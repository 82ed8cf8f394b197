import type { JobId, TaskId } from '../../base/ids.ts';
import { quote } from '../../base/quote.ts';
import { WrongDecision } from './wrong-decision.ts';

/** What the names of a party's jobs and tasks are made of. */
interface Numbering {
  submission(job: JobId): number;
  firstTask(job: JobId): TaskId;
  taskCount(job: JobId): number;
  jobOf(task: TaskId): JobId;
}

/**
 * The jobs that a party knows of, under numbers that are never used again; rows are.
 *
 * A job goes by its place in the sequence of all submissions, a task by that of its job and its own: `17/0`.
 */
export class KnownJobs {
  readonly #numbering: Numbering;
  readonly #rows = new Map<number, JobId>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  add(job: JobId): void {
    this.#rows.set(this.#numbering.submission(job), job);
  }

  /** Forgets a job that has ended; its row must still be its own. */
  remove(job: JobId): void {
    this.#rows.delete(this.#numbering.submission(job));
  }

  nameOf(task: TaskId): string {
    const job = this.#numbering.jobOf(task);
    return `${this.#numbering.submission(job)}/${task - this.#numbering.firstTask(job)}`;
  }

  /** Gives the row of a job; throws a WrongDecision where there is no such job. */
  job(number: number): JobId {
    const job = this.#rows.get(number);
    if (job === undefined) throw new WrongDecision(`there is no job ${number}, or it has ended`);
    return job;
  }

  /** Gives the row of a task; throws a WrongDecision where there is no such task. */
  task(name: string): TaskId {
    const match = /^(\d{1,15})\/(\d{1,9})$/.exec(name);
    if (match === null) throw new WrongDecision(`there is no task ${quote(name)}; tasks are named as in 17/0`);
    const job = this.job(Number(match[1]));
    const position = Number(match[2]);
    const count = this.#numbering.taskCount(job);
    if (position >= count) throw new WrongDecision(`there is no task ${quote(name)}; its job has ${count}`);
    return this.#numbering.firstTask(job) + position;
  }
}
