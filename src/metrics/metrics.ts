import type { ResourceCatalog } from '../base/amounts.ts';
import { SimulationError } from '../base/errors.ts';
import type { FrameworkId, JobId, NodeId, RoleId, TaskId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { JobOutcome, ObservedRun, Observer, RunEnd } from '../simulation/observer.ts';
import { IntervalLog } from './interval-log.ts';
import { JobLog } from './job-log.ts';
import { Ledger } from './ledger.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import { metricDefinitions } from './registry.ts';
import { Windows } from './windows.ts';

/** Values by name, in the order of the registry. */
export type Values = Record<string, number | null>;

/** What was measured over one window. */
export interface WindowValues {
  readonly start_s: number;
  readonly end_s: number;
  readonly metrics: Values;
}

/** What metrics are made for. */
export interface MetricsOptions {
  readonly resources: ResourceCatalog;
  /** Length of the warm-up, counted from the first submit; none where left out. */
  readonly warm?: Time;
  /** What is computed; the registry where left out. */
  readonly definitions?: readonly MetricDefinition[];
}

/** Makes the metrics of one run; attach `observers`, run, then read. */
export function createMetrics(options: MetricsOptions): Metrics {
  return new Metrics(options);
}

/** All metrics of one run, behind one observer that tells each of them only the facts it asks for. */
export class Metrics implements Observer {
  /** What stood between any two instants; a timeline reads it too. */
  readonly intervals: IntervalLog;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #jobs: JobLog;
  readonly #metrics: readonly Metric[];
  readonly #timed: readonly Hook<'onTime'>[];
  readonly #submitted: readonly Hook<'onJobSubmitted'>[];
  readonly #started: readonly Hook<'onTaskStarted'>[];
  readonly #preempted: readonly Hook<'onTaskPreempted'>[];
  readonly #taskEnded: readonly Hook<'onTaskEnded'>[];
  readonly #jobEnded: readonly Hook<'onJobEnded'>[];
  #now = Number.NEGATIVE_INFINITY;

  constructor({ resources, warm = 0, definitions = metricDefinitions }: MetricsOptions) {
    this.intervals = new IntervalLog(resources.length);
    this.#ledger = new Ledger(this.intervals);
    this.#windows = new Windows(warm);
    this.#jobs = new JobLog(this.#windows);
    const { intervals } = this;
    const context = { resources, intervals, ledger: this.#ledger, windows: this.#windows, jobs: this.#jobs };
    this.#metrics = definitions.map((definition) => definition.create(context));
    this.#timed = withHook(this.#metrics, 'onTime');
    this.#submitted = withHook(this.#metrics, 'onJobSubmitted');
    this.#started = withHook(this.#metrics, 'onTaskStarted');
    this.#preempted = withHook(this.#metrics, 'onTaskPreempted');
    this.#taskEnded = withHook(this.#metrics, 'onTaskEnded');
    this.#jobEnded = withHook(this.#metrics, 'onJobEnded');
  }

  get observers(): readonly Observer[] {
    return [this];
  }

  /** Values of the whole run, over the steady window where a warm-up is set, else the full one. */
  values(): Values {
    return collect(this.#metrics, (metric) => metric.values());
  }

  /** How values of the run are approximate, of those that are. */
  approximate(): Record<string, string> {
    return approximations(this.#metrics.flatMap((metric) => metric.values()));
  }

  framework(framework: FrameworkId): Values {
    return collect(this.#metrics, (metric) => metric.frameworkValues?.(framework));
  }

  /** How values of a framework are approximate, of those that are. */
  frameworkApproximate(framework: FrameworkId): Record<string, string> {
    return approximations(this.#metrics.flatMap((metric) => metric.frameworkValues?.(framework) ?? []));
  }

  role(role: RoleId): Values {
    return collect(this.#metrics, (metric) => metric.roleValues?.(role));
  }

  /** Bounds and values of each window; `steady` only where a warm-up is set. Bounds are 0 where there was no job. */
  windows(): Record<string, WindowValues> {
    const seconds = (time: Time) => (Number.isNaN(time) ? 0 : toSeconds(time));
    return Object.fromEntries(
      this.#windows.names.map((window) => [
        window,
        {
          start_s: seconds(this.#windows.start(window)),
          end_s: seconds(this.#windows.end(window)),
          metrics: collect(this.#metrics, (metric) => metric.windowValues?.(window)),
        },
      ]),
    );
  }

  onStart(run: ObservedRun): void {
    this.#ledger.onStart(run);
    for (const metric of this.#metrics) metric.onStart?.(run);
  }

  onTime(before: Time, now: Time): void {
    this.#now = now;
    if (!this.#windows.begun) return;
    this.#ledger.settle(before, now);
    for (let i = 0; i < this.#timed.length; i++) this.#timed[i]!.onTime(before, now);
  }

  onJobSubmitted(time: Time, job: JobId): void {
    this.#now = time;
    this.#windows.onJobSubmitted(time);
    this.#ledger.onJobSubmitted(time, job);
    for (let i = 0; i < this.#submitted.length; i++) this.#submitted[i]!.onJobSubmitted(time, job);
  }

  onTaskStarted(time: Time, task: TaskId, node: NodeId): void {
    this.#ledger.onTaskStarted(time, task);
    for (let i = 0; i < this.#started.length; i++) this.#started[i]!.onTaskStarted(time, task, node);
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    this.#ledger.onTaskPreempted(time, task);
    for (let i = 0; i < this.#preempted.length; i++) this.#preempted[i]!.onTaskPreempted(time, task, node, lost);
  }

  onTaskRated(time: Time, task: TaskId): void {
    this.#ledger.onTaskRated(time, task);
  }

  onTaskEnded(time: Time, task: TaskId, node: NodeId): void {
    this.#ledger.onTaskEnded(time, task);
    for (let i = 0; i < this.#taskEnded.length; i++) this.#taskEnded[i]!.onTaskEnded(time, task, node);
  }

  onJobEnded(time: Time, job: JobOutcome): void {
    this.#jobs.onJobEnded(time, job);
    for (let i = 0; i < this.#jobEnded.length; i++) this.#jobEnded[i]!.onJobEnded(time, job);
  }

  /** @throws SimulationError if the run ends later than the clock was said to stand. */
  onEnd(end: RunEnd): void {
    if (this.#windows.begun && end.end > this.#now) {
      throw new SimulationError(
        `the run ends at ${end.end} us, but observers were told of no time after ${this.#now} us`,
      );
    }
    this.#windows.onEnd(end);
    this.#jobs.onEnd();
    if (this.#windows.begun) this.#ledger.finish(this.#now);
    for (const metric of this.#metrics) metric.onEnd?.(end);
  }
}

type Hook<Name extends keyof Observer> = Required<Pick<Observer, Name>>;

function withHook<Name extends keyof Observer>(metrics: readonly Metric[], name: Name): Hook<Name>[] {
  return metrics.filter((metric) => metric[name] !== undefined) as unknown as Hook<Name>[];
}

function collect(metrics: readonly Metric[], of: (metric: Metric) => readonly MetricValue[] | undefined): Values {
  return Object.fromEntries(metrics.flatMap((metric) => (of(metric) ?? []).map(({ name, value }) => [name, value])));
}

function approximations(values: readonly MetricValue[]): Record<string, string> {
  return Object.fromEntries(
    values.flatMap(({ name, approximate }) => (approximate === undefined ? [] : [[name, approximate]])),
  );
}
