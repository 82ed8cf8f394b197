import type { JobId } from '../../../base/ids.ts';
import type { OwnWork } from './own-work.ts';

/** Knows less than which no task of a framework demands, so that what is smaller need not be tried against each job. */
export class LeastDemand {
  readonly #work: OwnWork;
  /** By job: the least of its tasks, one amount a resource. */
  readonly #of = new Map<JobId, Float64Array>();

  constructor(work: OwnWork) {
    this.#work = work;
  }

  /** Must be told, as rows of jobs are used again. */
  onJobEnded(job: JobId): void {
    this.#of.delete(job);
  }

  /** The least that a task of a job with queued tasks demands, one amount a resource; infinite where none is queued. */
  now(): Float64Array {
    const least = new Float64Array(this.#work.resources).fill(Number.POSITIVE_INFINITY);
    for (const job of this.#work.jobs()) lower(least, this.#leastOf(job));
    return least;
  }

  #leastOf(job: JobId): Float64Array {
    const known = this.#of.get(job);
    if (known !== undefined) return known;
    const work = this.#work;
    const least = new Float64Array(work.resources).fill(Number.POSITIVE_INFINITY);
    const first = work.firstTask(job);
    for (let task = first; task < first + work.taskCount(job); task++) {
      for (let r = 0; r < least.length; r++) least[r] = Math.min(least[r]!, work.demand(task, r));
    }
    this.#of.set(job, least);
    return least;
  }
}

function lower(least: Float64Array, by: Float64Array): void {
  for (let r = 0; r < least.length; r++) least[r] = Math.min(least[r]!, by[r]!);
}
