import type { ResourceCatalog } from '../base/amounts.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { ObservedRun, Observer, RunEnd } from '../simulation/observer.ts';
import { IntervalLog } from './interval-log.ts';
import { JobLog } from './job-log.ts';
import { Ledger } from './ledger.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import { metricDefinitions } from './registry.ts';
import { TimeAverages } from './time-averages.ts';
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

type Noting = Metric & Required<Pick<Metric, 'note' | 'settle'>>;

/** All metrics of one run, behind one observer that reads the facts in blocks. */
export class Metrics implements Observer {
  /** What stood between any two instants; a timeline reads it too. */
  readonly intervals: IntervalLog;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #jobs: JobLog;
  readonly #metrics: readonly Metric[];
  /** Metrics that look at the ledger between facts. */
  readonly #noting: readonly Noting[];
  #submitted = false;
  #now = Number.NEGATIVE_INFINITY;

  constructor({ resources, warm = 0, definitions = metricDefinitions }: MetricsOptions) {
    this.intervals = new IntervalLog(resources.length);
    this.#ledger = new Ledger(this.intervals);
    this.#windows = new Windows(warm);
    this.#jobs = new JobLog(this.#windows);
    const averages = new TimeAverages(resources.length, this.#windows);
    this.intervals.addReader(averages);
    const context = { resources, averages, ledger: this.#ledger, windows: this.#windows, jobs: this.#jobs };
    this.#metrics = definitions.map((definition) => definition.create(context));
    this.#noting = this.#metrics.filter((metric): metric is Noting => metric.note !== undefined);
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

  readFacts(facts: FactLog): void {
    this.#windows.readFacts(facts);
    this.#jobs.readFacts(facts);
    if (this.#windows.begun) this.#keepLedger(facts);
    for (const metric of this.#metrics) metric.readFacts?.(facts);
  }

  onEnd(end: RunEnd): void {
    this.#windows.onEnd(end);
    this.#jobs.onEnd();
    if (this.#windows.begun) {
      if (end.end > this.#now) this.#settle(end.end);
      this.#ledger.finish(this.#now);
    }
    for (const metric of this.#metrics) metric.onEnd?.(end);
  }

  #keepLedger(facts: FactLog): void {
    const { count, time, kind } = facts;
    for (let row = 0; row < count; row++) {
      if (time[row]! > this.#now) {
        if (this.#submitted) this.#settle(time[row]!);
        else this.#now = time[row]!;
      }
      if (kind[row] === FactKind.submitted) this.#submitted = true;
      this.#ledger.note(facts, row);
      for (let i = 0; i < this.#noting.length; i++) this.#noting[i]!.note(facts, row);
    }
  }

  #settle(now: Time): void {
    const before = this.#now;
    this.#now = now;
    this.#ledger.settle(before, now);
    for (let i = 0; i < this.#noting.length; i++) this.#noting[i]!.settle(before, now);
  }
}

function collect(metrics: readonly Metric[], of: (metric: Metric) => readonly MetricValue[] | undefined): Values {
  const values: Values = {};
  for (const metric of metrics) for (const { name, value } of of(metric) ?? []) values[name] = value;
  return values;
}

function approximations(values: readonly MetricValue[]): Record<string, string> {
  return Object.fromEntries(
    values.flatMap(({ name, approximate }) => (approximate === undefined ? [] : [[name, approximate]])),
  );
}
