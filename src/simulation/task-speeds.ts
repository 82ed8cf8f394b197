import { grown } from '../base/grow.ts';
import type { TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/** How fast running tasks get on: microseconds of work in one. Costs nothing where every task has speed 1. */
export class TaskSpeeds {
  /** By task row; 0 stands for 1. Empty until a task has another speed. */
  #speed = new Float64Array(0);

  /** By task row: how long it has run, for work that was kept. Empty where speeds do not depend on nodes. */
  #ran = new Float64Array(0);

  set(task: TaskId, speed: number): void {
    if (task >= this.#speed.length) {
      if (speed === 1) return;
      this.#speed = grown(this.#speed, task + 1);
    }
    this.#speed[task] = speed;
  }

  of(task: TaskId): number {
    return this.#speed[task] || 1;
  }

  /** How long so much work takes; rounded up to a microsecond. */
  timeFor(task: TaskId, work: Time): Time {
    const speed = this.of(task);
    return speed === 1 ? work : Math.ceil(work / speed);
  }

  /** Notes that the task has done so much work that is kept, at its speed. */
  ran(task: TaskId, work: Time): void {
    this.#ran[task] = this.#ran[task]! + this.timeFor(task, work);
  }

  /** Begins to count anew how long the task runs. */
  forget(task: TaskId): void {
    if (task >= this.#ran.length) this.#ran = grown(this.#ran, task + 1);
    this.#ran[task] = 0;
  }

  runTimeOf(task: TaskId): Time {
    return this.#ran[task]!;
  }

  /** How much work is done in that time; rounded down to a microsecond. */
  workIn(task: TaskId, elapsed: Time): Time {
    const speed = this.of(task);
    return speed === 1 ? elapsed : Math.floor(elapsed * speed);
  }
}
