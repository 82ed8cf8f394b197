import { type FrameworkId, type JobId, NONE } from '../base/ids.ts';
import { JobMark, JobNumber, type JobTable } from './job-table.ts';

/**
 * The jobs with queued tasks, in order of submission: one list of all and one a framework, linked through their rows.
 *
 * Entering and leaving cost O(1).
 */
export class JobQueues {
  /** Jobs in the list of all. */
  size = 0;
  #head: JobId = NONE;
  #tail: JobId = NONE;
  readonly #headOf: JobId[] = [];
  readonly #tailOf: JobId[] = [];
  readonly #jobs: JobTable;

  constructor(jobs: JobTable) {
    this.#jobs = jobs;
  }

  addFramework(): void {
    this.#headOf.push(NONE);
    this.#tailOf.push(NONE);
  }

  first(): JobId {
    return this.#head;
  }

  next(job: JobId): JobId {
    return this.#jobs.mark(job, JobMark.next);
  }

  firstOf(framework: FrameworkId): JobId {
    return this.#headOf[framework]!;
  }

  nextOf(job: JobId): JobId {
    return this.#jobs.mark(job, JobMark.nextOf);
  }

  /** Puts a job at the end of both lists. */
  enter(job: JobId, framework: FrameworkId): void {
    this.#insert(job, framework, NONE, NONE);
  }

  /**
   * Puts a job back to its place in order of submission.
   *
   * Costs as many steps as there are jobs between that place and the nearer end.
   */
  reenter(job: JobId, framework: FrameworkId): void {
    const before = this.#follower(job, this.#head, this.#tail, JobMark.previous, JobMark.next);
    const [head, tail] = [this.#headOf[framework]!, this.#tailOf[framework]!];
    const beforeOf = this.#follower(job, head, tail, JobMark.previousOf, JobMark.nextOf);
    this.#insert(job, framework, before, beforeOf);
  }

  /** Puts a job before those two, each -1 for the end. */
  #insert(job: JobId, framework: FrameworkId, after: JobId, afterOf: JobId): void {
    const jobs = this.#jobs;
    const before = after === NONE ? this.#tail : jobs.mark(after, JobMark.previous);
    jobs.setMark(job, JobMark.previous, before);
    jobs.setMark(job, JobMark.next, after);
    if (before === NONE) this.#head = job;
    else jobs.setMark(before, JobMark.next, job);
    if (after === NONE) this.#tail = job;
    else jobs.setMark(after, JobMark.previous, job);
    const beforeOf = afterOf === NONE ? this.#tailOf[framework]! : jobs.mark(afterOf, JobMark.previousOf);
    jobs.setMark(job, JobMark.previousOf, beforeOf);
    jobs.setMark(job, JobMark.nextOf, afterOf);
    if (beforeOf === NONE) this.#headOf[framework] = job;
    else jobs.setMark(beforeOf, JobMark.nextOf, job);
    if (afterOf === NONE) this.#tailOf[framework] = job;
    else jobs.setMark(afterOf, JobMark.previousOf, job);
    this.size++;
  }

  leave(job: JobId, framework: FrameworkId): void {
    const jobs = this.#jobs;
    const before = jobs.mark(job, JobMark.previous);
    const after = jobs.mark(job, JobMark.next);
    if (before === NONE) this.#head = after;
    else jobs.setMark(before, JobMark.next, after);
    if (after === NONE) this.#tail = before;
    else jobs.setMark(after, JobMark.previous, before);
    const beforeOf = jobs.mark(job, JobMark.previousOf);
    const afterOf = jobs.mark(job, JobMark.nextOf);
    if (beforeOf === NONE) this.#headOf[framework] = afterOf;
    else jobs.setMark(beforeOf, JobMark.nextOf, afterOf);
    if (afterOf === NONE) this.#tailOf[framework] = beforeOf;
    else jobs.setMark(afterOf, JobMark.previousOf, beforeOf);
    this.size--;
  }

  /** Finds the first job of a list that was submitted after `job`, from both ends at once; -1 when there is none. */
  #follower(job: JobId, head: JobId, tail: JobId, previous: number, next: number): JobId {
    if (head === NONE) return NONE;
    const jobs = this.#jobs;
    const mine = jobs.number(job, JobNumber.index);
    let fromHead = head;
    let fromTail = tail;
    for (;;) {
      if (jobs.number(fromHead, JobNumber.index) > mine) return fromHead;
      if (jobs.number(fromTail, JobNumber.index) < mine) return jobs.mark(fromTail, next);
      fromHead = jobs.mark(fromHead, next);
      fromTail = jobs.mark(fromTail, previous);
    }
  }
}
