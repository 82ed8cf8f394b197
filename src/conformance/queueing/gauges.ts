import type { TaskId } from '../../base/ids.ts';
import { SECOND, type Time } from '../../base/time.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { JobOutcome } from '../../simulation/job-outcome.ts';
import type { Observer } from '../../simulation/observer.ts';
import { Sample } from './sample.ts';
import { type Control, type Estimate, SliceRatio } from './slice-ratio.ts';
import { type SliceColumn, Slices } from './slices.ts';

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

/** How short slices are at first; they grow with the run. */
const SLICES_PER_WARMUP = 16;

/** Measures a queue after a warm-up, in slices of time, so that each mean has a standard error; in seconds. */
export class Gauges implements Observer {
  readonly wait: SliceRatio;
  readonly response: SliceRatio;
  readonly taskResponse: SliceRatio;
  /** Part of the jobs that had to wait. */
  readonly delayed: SliceRatio;
  readonly waits: Sample;
  readonly responses: Sample;
  /** Tasks in the system, tasks that wait, tasks that run, and whether there are none. */
  readonly inSystem: SliceRatio;
  readonly queue: SliceRatio;
  readonly busy: SliceRatio;
  readonly idle: SliceRatio;
  /** Responses by source. */
  readonly responseOf: readonly SliceRatio[];
  readonly levels: Readonly<Record<string, SliceRatio>>;
  /** Jobs that were submitted, the warm-up included. */
  jobs = 0;
  readonly #cluster: Cluster;
  readonly #options: GaugeOptions;
  readonly #functions: readonly (readonly [SliceRatio, (inSystem: number) => number])[];
  readonly #offered: readonly Offered[];
  readonly #slices: Slices;
  readonly #warmup: Time;
  #stop: Time = Number.POSITIVE_INFINITY;
  readonly #counts: SliceColumn;
  readonly #works: SliceColumn;
  readonly #squares: SliceColumn;

  /** @param warmup length of the warm-up, counted from the first submit. */
  constructor(cluster: Cluster, warmup: Time, offered: readonly Offered[], options: GaugeOptions = {}) {
    const slices = new Slices(warmup / SLICES_PER_WARMUP);
    this.#warmup = warmup;
    const ratio = () => new SliceRatio(slices);
    this.#cluster = cluster;
    this.#options = options;
    this.#offered = offered;
    this.#slices = slices;
    this.#counts = slices.column();
    this.#works = slices.column();
    this.#squares = slices.column();
    [this.wait, this.response, this.taskResponse, this.delayed] = [ratio(), ratio(), ratio(), ratio()];
    [this.inSystem, this.queue, this.busy, this.idle] = [ratio(), ratio(), ratio(), ratio()];
    this.waits = new Sample(slices);
    this.responses = new Sample(slices);
    const functions = Object.entries(options.levels ?? {});
    this.levels = Object.fromEntries(functions.map(([name]) => [name, ratio()]));
    this.#functions = functions.map(([name, of]) => [this.levels[name]!, of]);
    this.responseOf = offered.map(ratio);
  }

  /** How many jobs came, how much work they had and its square, each less its mean: what chance gave too much. */
  get controls(): readonly Control[] {
    const { count, length } = this.#slices;
    const jobs = this.#offered.reduce((sum, { rate }) => sum + rate, 0) * (length / SECOND);
    const counts = this.#counts.slice(0, count).map((each) => each - jobs);
    return [counts, this.#works.slice(0, count), this.#squares.slice(0, count)];
  }

  /** Gives a mean, adjusted by the controls. */
  mean(ratio: SliceRatio): Estimate {
    return ratio.estimate(this.controls);
  }

  /** Counts what was submitted before the oldest job that has not ended, and not after {@link stop}. */
  settle(): void {
    const cluster = this.#cluster;
    const oldest = cluster.liveJobs().reduce((least, job) => Math.min(least, cluster.submitTime(job)), cluster.now);
    this.#slices.close(Math.min(this.#stop, oldest));
  }

  /** Leaves out what is submitted from now on. */
  stop(): void {
    this.#stop = this.#cluster.now;
  }

  onJobSubmitted(time: Time): void {
    if (this.jobs++ === 0) this.#slices.begin(time + this.#warmup);
  }

  onTime(before: Time, now: Time): void {
    const slices = this.#slices;
    const { queuedTasks, runningTasks } = this.#cluster;
    for (let from = Math.max(before, slices.start); from < now; ) {
      const slice = slices.at(from);
      const end = Math.min(now, slices.endOf(slice));
      this.#hold(slice, end - from, queuedTasks, runningTasks);
      from = end;
    }
  }

  onTaskEnded(time: Time, task: TaskId): void {
    if (this.#options.perTask !== true) return;
    const submit = this.#cluster.submitTime(this.#cluster.jobOf(task));
    if (submit >= this.#slices.start) this.taskResponse.add(this.#slices.at(submit), (time - submit) / SECOND, 1);
  }

  onJobEnded(_time: Time, { submit, start, end, area, source }: JobOutcome): void {
    if (!(submit >= this.#slices.start && end >= start)) return;
    const slice = this.#slices.at(submit);
    const wait = (start - submit) / SECOND;
    const response = (end - submit) / SECOND;
    this.wait.add(slice, wait, 1);
    this.response.add(slice, response, 1);
    this.delayed.add(slice, wait > 0 ? 1 : 0, 1);
    this.responseOf[source]!.add(slice, response, 1);
    this.#offer(slice, area / SECOND, this.#offered[source]!);
    if (this.#options.quantiles !== true) return;
    this.waits.add(slice, wait);
    this.responses.add(slice, response);
  }

  #offer(slice: number, work: number, expected: Offered): void {
    this.#counts[slice] = this.#counts[slice]! + 1;
    this.#works[slice] = this.#works[slice]! + work - expected.work;
    this.#squares[slice] = this.#squares[slice]! + work * work - expected.workSquared;
  }

  #hold(slice: number, length: Time, queued: number, running: number): void {
    this.queue.add(slice, queued * length, length);
    this.busy.add(slice, running * length, length);
    this.inSystem.add(slice, (queued + running) * length, length);
    this.idle.add(slice, queued + running === 0 ? length : 0, length);
    for (const [ratio, of] of this.#functions) ratio.add(slice, of(queued + running) * length, length);
  }
}
