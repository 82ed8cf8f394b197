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
    this.#insert(job, framework, NONE, NONE);
  }

  /**
   * Puts a job back to its place in order of submission; `index` gives each job's position in that order.
   *
   * Costs as many steps as there are jobs between that place and the nearer end.
   */
  reenter(job: JobId, framework: FrameworkId, index: Float64Array): void {
    const before =
      this.#head === NONE ? NONE : follower(job, this.#head, this.#tail, this.#next, this.#previous, index);
    const [head, tail] = [this.#headOf[framework]!, this.#tailOf[framework]!];
    const beforeOf = head === NONE ? NONE : follower(job, head, tail, this.#nextOf, this.#previousOf, index);
    this.#insert(job, framework, before, beforeOf);
  }

  /** Puts a job before those two, each -1 for the end. */
  #insert(job: JobId, framework: FrameworkId, after: JobId, afterOf: JobId): void {
    if (job >= this.#next.length) this.#grow(job + 1);
    const before = after === NONE ? this.#tail : this.#previous[after]!;
    this.#previous[job] = before;
    this.#next[job] = after;
    if (before === NONE) this.#head = job;
    else this.#next[before] = job;
    if (after === NONE) this.#tail = job;
    else this.#previous[after] = job;
    const beforeOf = afterOf === NONE ? this.#tailOf[framework]! : this.#previousOf[afterOf]!;
    this.#previousOf[job] = beforeOf;
    this.#nextOf[job] = afterOf;
    if (beforeOf === NONE) this.#headOf[framework] = job;
    else this.#nextOf[beforeOf] = job;
    if (afterOf === NONE) this.#tailOf[framework] = job;
    else this.#previousOf[afterOf] = job;
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

/** Finds the first job of a list that was submitted after `job`, from both ends at once; -1 when there is none. */
function follower(
  job: JobId,
  head: JobId,
  tail: JobId,
  next: Int32Array,
  previous: Int32Array,
  index: Float64Array,
): JobId {
  const mine = index[job]!;
  let fromHead = head;
  let fromTail = tail;
  for (;;) {
    if (index[fromHead]! > mine) return fromHead;
    if (index[fromTail]! < mine) return next[fromTail]!;
    fromHead = next[fromHead]!;
    fromTail = previous[fromTail]!;
  }
}
