import type { TaskId } from '../../base/ids.ts';
import { SECOND, type Time, toSeconds } from '../../base/time.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { JobOutcome, Observer } from '../../simulation/observer.ts';
import { Sample } from './sample.ts';
import { type Estimate, SLICES, SliceRatio } from './slice-ratio.ts';

/** What is measured beside means. */
export interface GaugeOptions {
  /** Keeps every wait and response, for quantiles. */
  readonly quantiles?: boolean;
  /** Measures the responses of tasks, each from its job's submission. */
  readonly perTask?: boolean;
  /** Mean of the square of service times, in square seconds: lets means be adjusted by that of the sample. */
  readonly secondMoment?: number;
  /** Functions of the number of tasks in the system whose time average is wanted. */
  readonly levels?: Readonly<Record<string, (inSystem: number) => number>>;
}

/** What a class of jobs (those of one framework) went through, in seconds. */
interface ClassGauge {
  readonly wait: SliceRatio;
  readonly response: SliceRatio;
}

/** Measures a queue after a warm-up, in slices of time, so that each mean has a standard error. */
export class Gauges implements Observer {
  readonly wait = new SliceRatio();
  readonly response = new SliceRatio();
  readonly taskResponse = new SliceRatio();
  readonly delayed = new SliceRatio();
  readonly waits = new Sample();
  readonly responses = new Sample();
  /** Tasks in the system, tasks that wait, tasks that run, and whether there are none. */
  readonly inSystem = new SliceRatio();
  readonly queue = new SliceRatio();
  readonly busy = new SliceRatio();
  readonly idle = new SliceRatio();
  readonly classes: ClassGauge[] = [];
  readonly levels: Readonly<Record<string, SliceRatio>>;
  readonly #cluster: Cluster;
  readonly #options: GaugeOptions;
  readonly #functions: readonly (readonly [SliceRatio, (inSystem: number) => number])[];
  readonly #squares = new Float64Array(SLICES);
  readonly #warm: Time;
  readonly #slice: Time;

  /** @param horizon the last arrival comes about then; the slices cut the time from `warm` to there. */
  constructor(cluster: Cluster, warm: Time, horizon: Time, options: GaugeOptions = {}) {
    this.#cluster = cluster;
    this.#options = options;
    this.#warm = warm;
    this.#slice = (horizon - warm) / SLICES;
    const functions = Object.entries(options.levels ?? {});
    this.levels = Object.fromEntries(functions.map(([name]) => [name, new SliceRatio()]));
    this.#functions = functions.map(([name, of]) => [this.levels[name]!, of]);
  }

  /** The sums to which {@link SliceRatio.estimate} may adjust; undefined where the second moment is not known. */
  get control(): Float64Array | undefined {
    return this.#options.secondMoment === undefined ? undefined : this.#squares;
  }

  mean(ratio: SliceRatio): Estimate {
    return ratio.estimate(this.control);
  }

  onTime(before: Time, now: Time): void {
    let from = Math.max(before, this.#warm);
    if (from >= now) return;
    const { queuedTasks, runningTasks } = this.#cluster;
    for (let slice = this.#sliceOf(from); ; slice++) {
      const end = slice === SLICES - 1 ? now : Math.min(now, this.#warm + (slice + 1) * this.#slice);
      this.#hold(slice, end - from, queuedTasks, runningTasks);
      if (end === now) return;
      from = end;
    }
  }

  onTaskEnded(time: Time, task: TaskId): void {
    if (this.#options.perTask !== true) return;
    const submit = this.#cluster.submitTime(this.#cluster.jobOf(task));
    if (submit >= this.#warm) this.taskResponse.add(this.#sliceOf(submit), toSeconds(time - submit), 1);
  }

  onJobEnded(_time: Time, { submit, start, end, run, framework }: JobOutcome): void {
    if (!(submit >= this.#warm && end >= start)) return;
    const slice = this.#sliceOf(submit);
    const wait = toSeconds(start - submit);
    const response = toSeconds(end - submit);
    this.wait.add(slice, wait, 1);
    this.response.add(slice, response, 1);
    this.delayed.add(slice, wait > 0 ? 1 : 0, 1);
    const own = this.#classOf(framework);
    own.wait.add(slice, wait, 1);
    own.response.add(slice, response, 1);
    const { quantiles, secondMoment } = this.#options;
    if (secondMoment !== undefined) this.#squares[slice] = this.#squares[slice]! + (run / SECOND) * (run / SECOND) - secondMoment;
    if (quantiles !== true) return;
    this.waits.add(slice, wait);
    this.responses.add(slice, response);
  }

  #hold(slice: number, length: Time, queued: number, running: number): void {
    this.queue.add(slice, queued * length, length);
    this.busy.add(slice, running * length, length);
    this.inSystem.add(slice, (queued + running) * length, length);
    this.idle.add(slice, queued + running === 0 ? length : 0, length);
    for (const [ratio, of] of this.#functions) ratio.add(slice, of(queued + running) * length, length);
  }

  #sliceOf(time: Time): number {
    return Math.min(SLICES - 1, Math.floor((time - this.#warm) / this.#slice));
  }

  #classOf(framework: number): ClassGauge {
    this.classes[framework] ??= { wait: new SliceRatio(), response: new SliceRatio() };
    return this.classes[framework];
  }
}
