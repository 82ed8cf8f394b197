import type { JobId, TaskId } from '../../../base/ids.ts';
import type { Offer } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';

/** What a framework holds of a node to run one task after the other on. */
export class Executor {
  readonly held: Offer;
  /** Position in the sequence of all that the framework has had. */
  readonly number: number;
  running = 0;
  /** Jobs of which a task has finished here: their data lie in its memory. */
  readonly cached = new Set<JobId>();
  readonly #work: OwnWork;
  /** What no task has, one amount a resource. */
  readonly left: Float64Array;

  constructor(held: Offer, number: number, work: OwnWork) {
    this.held = held;
    this.number = number;
    this.#work = work;
    this.left = held.amounts.slice();
  }

  fits(task: TaskId): boolean {
    const left = this.left;
    for (let r = 0; r < left.length; r++) if (this.#work.demand(task, r) > left[r]!) return false;
    return this.#work.mayRun(task, this.held.node);
  }

  take(task: TaskId): void {
    this.#change(task, -1);
  }

  giveBack(task: TaskId): void {
    this.#change(task, 1);
  }

  #change(task: TaskId, sign: number): void {
    const left = this.left;
    for (let r = 0; r < left.length; r++) left[r] = left[r]! + sign * this.#work.demand(task, r);
    this.running -= sign;
  }
}
