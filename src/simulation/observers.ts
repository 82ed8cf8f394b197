import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome, ObservedRun, Observer, RunEnd } from './observer.ts';

/** Tells each fact to those observers that listen to it, in the order in which they were given. */
export class Observers {
  readonly #all: readonly Observer[];
  readonly #time: readonly Observer[];
  readonly #submitted: readonly Observer[];
  readonly #started: readonly Observer[];
  readonly #preempted: readonly Observer[];
  readonly #rated: readonly Observer[];
  readonly #ended: readonly Observer[];
  readonly #jobEnded: readonly Observer[];

  constructor(observers: readonly Observer[]) {
    this.#all = observers;
    this.#time = observers.filter((o) => o.onTime);
    this.#submitted = observers.filter((o) => o.onJobSubmitted);
    this.#started = observers.filter((o) => o.onTaskStarted);
    this.#preempted = observers.filter((o) => o.onTaskPreempted);
    this.#rated = observers.filter((o) => o.onTaskRated);
    this.#ended = observers.filter((o) => o.onTaskEnded);
    this.#jobEnded = observers.filter((o) => o.onJobEnded);
  }

  start(run: ObservedRun): void {
    for (const observer of this.#all) observer.onStart?.(run);
  }

  time(before: Time, now: Time): void {
    for (const observer of this.#time) observer.onTime!(before, now);
  }

  jobSubmitted(time: Time, job: JobId): void {
    for (const observer of this.#submitted) observer.onJobSubmitted!(time, job);
  }

  taskStarted(time: Time, task: TaskId, node: NodeId): void {
    for (const observer of this.#started) observer.onTaskStarted!(time, task, node);
  }

  taskPreempted(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    for (const observer of this.#preempted) observer.onTaskPreempted!(time, task, node, lost);
  }

  taskRated(time: Time, task: TaskId, share: number): void {
    for (const observer of this.#rated) observer.onTaskRated!(time, task, share);
  }

  taskEnded(time: Time, task: TaskId, node: NodeId): void {
    for (const observer of this.#ended) observer.onTaskEnded!(time, task, node);
  }

  jobEnded(time: Time, outcome: JobOutcome): void {
    for (const observer of this.#jobEnded) observer.onJobEnded!(time, outcome);
  }

  end(end: RunEnd): void {
    for (const observer of this.#all) observer.onEnd?.(end);
  }
}
