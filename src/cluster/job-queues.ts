import { grown } from '../base/grow.ts';
import { type FrameworkId, type JobId, NONE } from '../base/ids.ts';

/**
 * The jobs with queued tasks, in order of submission: one list of all and one a framework, linked through columns.
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
  #previous = new Int32Array(0);
  #next = new Int32Array(0);
  #previousOf = new Int32Array(0);
  #nextOf = new Int32Array(0);

  addFramework(): void {
    this.#headOf.push(NONE);
    this.#tailOf.push(NONE);
  }

  first(): JobId {
    return this.#head;
  }

  next(job: JobId): JobId {
    return this.#next[job]!;
  }

  firstOf(framework: FrameworkId): JobId {
    return this.#headOf[framework]!;
  }

  nextOf(job: JobId): JobId {
    return this.#nextOf[job]!;
  }

  /** Puts a job at the end of both lists. */
  enter(job: JobId, framework: FrameworkId): void {
    if (job >= this.#next.length) this.#grow(job + 1);
    this.#previous[job] = this.#tail;
    this.#next[job] = NONE;
    if (this.#tail === NONE) this.#head = job;
    else this.#next[this.#tail] = job;
    this.#tail = job;
    const tail = this.#tailOf[framework]!;
    this.#previousOf[job] = tail;
    this.#nextOf[job] = NONE;
    if (tail === NONE) this.#headOf[framework] = job;
    else this.#nextOf[tail] = job;
    this.#tailOf[framework] = job;
    this.size++;
  }

  leave(job: JobId, framework: FrameworkId): void {
    const before = this.#previous[job]!;
    const after = this.#next[job]!;
    if (before === NONE) this.#head = after;
    else this.#next[before] = after;
    if (after === NONE) this.#tail = before;
    else this.#previous[after] = before;
    const beforeOf = this.#previousOf[job]!;
    const afterOf = this.#nextOf[job]!;
    if (beforeOf === NONE) this.#headOf[framework] = afterOf;
    else this.#nextOf[beforeOf] = afterOf;
    if (afterOf === NONE) this.#tailOf[framework] = beforeOf;
    else this.#previousOf[afterOf] = beforeOf;
    this.size--;
  }

  #grow(length: number): void {
    this.#previous = grown(this.#previous, length);
    this.#next = grown(this.#next, length);
    this.#previousOf = grown(this.#previousOf, length);
    this.#nextOf = grown(this.#nextOf, length);
  }
}
