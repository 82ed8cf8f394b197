import type { TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ObservedRun, Observer, RunEnd } from '../simulation/observer.ts';
import type { Lie } from '../workload/lying-source.ts';

/** Task-time of one framework, and its first moment; and what its tasks demand. */
interface Sums {
  time: number;
  moment: number;
  readonly demanded: boolean[];
}

/**
 * Adds up what the running tasks of each framework are good for.
 *
 * A task that claimed less than it needs counts as the part of it that it could do; one that claimed more as one task. Tasks
 * that run at a share count from start to end.
 */
export class UsefulWork implements Observer {
  end: Time = 0;
  #start: Time = 0;
  readonly #lie: Lie | null;
  readonly #horizon: Time;
  readonly #since = new Map<TaskId, Time>();
  readonly #sums = new Map<string, Sums>();
  #run!: ObservedRun;

  /** @param horizon nothing counts behind it. */
  constructor(lie: Lie | null, horizon: Time) {
    this.#lie = lie;
    this.#horizon = horizon;
  }

  /** The frameworks that have submitted anything that could run, in order of appearance. */
  get frameworks(): readonly string[] {
    return [...this.#sums.keys()];
  }

  /** Says, by resource, whether a framework demands any of it. */
  demanded(framework: string): readonly boolean[] {
    return this.#sums.get(framework)?.demanded ?? [];
  }

  /**
   * Gives how many tasks, running from the first submission to the horizon, would have done as much work as early: of
   * tasks that come and go, 2 / T^2 times the integral of the work done so far; null where no time has passed.
   */
  tasks(frameworks: readonly string[]): number | null {
    const whole = (this.#horizon < Number.POSITIVE_INFINITY ? this.#horizon : this.end) - this.#start;
    if (!(whole > 0)) return null;
    let sum = 0;
    for (const framework of frameworks) {
      const sums = this.#sums.get(framework);
      if (sums !== undefined) sum += whole * sums.time - sums.moment;
    }
    return (2 * sum) / (whole * whole);
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobSubmitted(time: Time, job: number): void {
    if (this.#sums.size === 0) this.#start = time;
    const { view } = this.#run;
    const { demanded } = this.#of(view.frameworkName(view.frameworkOf(job)));
    const first = view.firstTask(job);
    for (let task = first; task < first + view.taskCount(job); task++) {
      for (let r = 0; r < view.resources.length; r++) if (view.demand(task, r) > 0) demanded[r] = true;
    }
  }

  onTaskStarted(time: Time, task: TaskId): void {
    this.#since.set(task, time);
  }

  onTaskPreempted(time: Time, task: TaskId): void {
    this.#count(time, task);
  }

  onTaskLost(time: Time, task: TaskId): void {
    this.#count(time, task);
  }

  onTaskEnded(time: Time, task: TaskId): void {
    this.#count(time, task);
  }

  onEnd({ end }: RunEnd): void {
    this.end = end;
    for (const task of [...this.#since.keys()]) this.#count(end, task);
  }

  #count(time: Time, task: TaskId): void {
    const { view } = this.#run;
    const since = this.#since.get(task)! - this.#start;
    this.#since.delete(task);
    const until = Math.min(time, this.#horizon) - this.#start;
    if (!(until > since)) return;
    const framework = view.frameworkName(view.frameworkOf(view.jobOf(task)));
    const sums = this.#of(framework);
    const useful = this.#usefulPart(framework, task);
    sums.time += useful * (until - since);
    sums.moment += (useful * (until - since) * (until + since)) / 2;
  }

  #usefulPart(framework: string, task: TaskId): number {
    const { claim, framework: liar } = this.#lie ?? {};
    if (claim?.kind !== 'scale' || framework !== liar) return 1;
    return this.#run.view.demand(task, claim.resource) > 0 ? Math.min(1, claim.factor) : 1;
  }

  #of(framework: string): Sums {
    let sums = this.#sums.get(framework);
    if (sums === undefined) {
      sums = { time: 0, moment: 0, demanded: this.#run.view.resources.map(() => false) };
      this.#sums.set(framework, sums);
    }
    return sums;
  }
}
