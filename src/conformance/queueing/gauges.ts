import type { TaskId } from '../../base/ids.ts';
import { type Time, toSeconds } from '../../base/time.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { JobOutcome, Observer } from '../../simulation/observer.ts';
import { Sample } from './sample.ts';
import { type Control, type Estimate, SLICES, SliceRatio } from './slice-ratio.ts';

/** What is known of the jobs of one source beforehand. */
export interface Offered {
  /** Jobs a second. */
  readonly rate: number;
  /** Mean of the work of a job and of its square, in seconds of one server. */
  readonly work: number;
  readonly workSquared: number;
}

/** What is measured beside means. */
export interface GaugeOptions {
  /** Keeps every wait and response, for quantiles. */
  readonly quantiles?: boolean;
  /** Measures the responses of tasks, each from its job's submission. */
  readonly perTask?: boolean;
  /** Functions of the number of tasks in the system whose time average is wanted. */
  readonly levels?: Readonly<Record<string, (inSystem: number) => number>>;
}

/** When slices begin, and how long each is. */
export interface Slicing {
  /** Length of the warm-up, counted from the first submit; it belongs to no slice. */
  readonly warmup: Time;
  readonly slice: Time;
}

/** Measures a queue after a warm-up, in slices of time, so that each mean has a standard error; in seconds. */
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
  /** Responses by source. */
  readonly responseOf: readonly SliceRatio[];
  readonly levels: Readonly<Record<string, SliceRatio>>;
  /** How many jobs came, how much work they had and its square, each less its mean: what chance gave too much. */
  readonly controls: readonly [count: Control, work: Control, square: Control];
  readonly #cluster: Cluster;
  readonly #options: GaugeOptions;
  readonly #functions: readonly (readonly [SliceRatio, (inSystem: number) => number])[];
  readonly #offered: readonly Offered[];
  readonly #slicing: Slicing;
  #warm: Time = Number.POSITIVE_INFINITY;

  constructor(cluster: Cluster, slicing: Slicing, offered: readonly Offered[], options: GaugeOptions = {}) {
    this.#cluster = cluster;
    this.#options = options;
    this.#offered = offered;
    this.#slicing = slicing;
    const functions = Object.entries(options.levels ?? {});
    this.levels = Object.fromEntries(functions.map(([name]) => [name, new SliceRatio()]));
    this.#functions = functions.map(([name, of]) => [this.levels[name]!, of]);
    this.responseOf = offered.map(() => new SliceRatio());
    const jobs = offered.reduce((sum, { rate }) => sum + rate, 0) * toSeconds(slicing.slice);
    this.controls = [new Float64Array(SLICES).fill(-jobs), new Float64Array(SLICES), new Float64Array(SLICES)];
  }

  /** Gives a mean, adjusted by the controls. */
  mean(ratio: SliceRatio): Estimate {
    return ratio.estimate(this.controls);
  }

  onJobSubmitted(time: Time): void {
    if (this.#warm === Number.POSITIVE_INFINITY) this.#warm = time + this.#slicing.warmup;
  }

  onTime(before: Time, now: Time): void {
    let from = Math.max(before, this.#warm);
    if (from >= now) return;
    const { queuedTasks, runningTasks } = this.#cluster;
    for (let slice = this.#sliceOf(from); ; slice++) {
      const end = slice === SLICES - 1 ? now : Math.min(now, this.#warm + (slice + 1) * this.#slicing.slice);
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

  onJobEnded(_time: Time, { submit, start, end, area, source }: JobOutcome): void {
    if (!(submit >= this.#warm && end >= start)) return;
    const slice = this.#sliceOf(submit);
    const wait = toSeconds(start - submit);
    const response = toSeconds(end - submit);
    this.wait.add(slice, wait, 1);
    this.response.add(slice, response, 1);
    this.delayed.add(slice, wait > 0 ? 1 : 0, 1);
    this.responseOf[source]!.add(slice, response, 1);
    this.#offer(slice, toSeconds(area), this.#offered[source]!);
    if (this.#options.quantiles !== true) return;
    this.waits.add(slice, wait);
    this.responses.add(slice, response);
  }

  #offer(slice: number, work: number, expected: Offered): void {
    const [counts, works, squares] = this.controls;
    counts[slice] = counts[slice]! + 1;
    works[slice] = works[slice]! + work - expected.work;
    squares[slice] = squares[slice]! + work * work - expected.workSquared;
  }

  #hold(slice: number, length: Time, queued: number, running: number): void {
    this.queue.add(slice, queued * length, length);
    this.busy.add(slice, running * length, length);
    this.inSystem.add(slice, (queued + running) * length, length);
    this.idle.add(slice, queued + running === 0 ? length : 0, length);
    for (const [ratio, of] of this.#functions) ratio.add(slice, of(queued + running) * length, length);
  }

  #sliceOf(time: Time): number {
    return Math.min(SLICES - 1, Math.floor((time - this.#warm) / this.#slicing.slice));
  }
}
