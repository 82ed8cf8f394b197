import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { SimulationError } from '../base/errors.ts';
import { formatDuration, type Time, toSeconds } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { ObservedRun, Observer, RunEnd } from '../simulation/observer.ts';
import type { IntervalLog, IntervalReader } from './interval-log.ts';
import { StepSeries } from './step-series.ts';

/** Roles whose dominant share is kept: the first so many to appear. */
const TRACKED_ROLES = 64;

/**
 * Keeps what was used and what waited as a series of steps, for `timeline.csv` and for a line in a summary.
 *
 * Attach it behind the observers of the metrics whose intervals it reads.
 */
export class Timeline implements Observer, IntervalReader {
  readonly #resources: ResourceCatalog;
  #view: ClusterView | undefined;
  // Columns: used by resource, capacity by resource, jobs, tasks, dominant share by role.
  readonly #series: StepSeries;
  readonly #jobs: number;
  readonly #shares: number;
  readonly #tracked: number;
  #ended = false;

  /** @param roles of how many roles the dominant share is kept; zero where nobody will ask for it. */
  constructor(resources: ResourceCatalog, intervals: IntervalLog, roles = TRACKED_ROLES) {
    this.#resources = resources;
    this.#jobs = 2 * resources.length;
    this.#shares = this.#jobs + 2;
    this.#tracked = roles;
    this.#series = new StepSeries(this.#shares + roles);
    intervals.addReader(this);
  }

  onStart(run: ObservedRun): void {
    this.#view = run.view;
  }

  /** @throws SimulationError if it comes after the end of the run. */
  readIntervals(log: IntervalLog): void {
    if (this.#ended) throw new SimulationError('the timeline must be attached behind the metrics');
    const series = this.#series;
    const { resources, roles, since } = log;
    let change = 0;
    for (let row = 0; row < log.count; row++) {
      const time = since[row]!;
      for (let r = 0; r < resources; r++) {
        series.set(r, log.used[row * resources + r]!, time);
        series.set(resources + r, log.capacity[row * resources + r]!, time);
      }
      series.set(this.#jobs, log.waitingJobs[row]!, time);
      series.set(this.#jobs + 1, log.queuedTasks[row]!, time);
      for (; this.#tracked > 0 && change < log.roleEnd[row]!; change++) {
        const role = roles.who[change]!;
        if (role < this.#tracked) series.set(this.#shares + role, roles.dominantShare[change]!, time);
      }
    }
  }

  onEnd(end: RunEnd): void {
    this.#ended = true;
    this.#series.finish(end.end);
  }

  /** Width of the bins in microseconds; zero where each row is an instant of change. */
  get binWidth(): Time {
    return this.#series.width;
  }

  /** Says what the rows are. */
  resolution(): string {
    const rows =
      this.binWidth > 0
        ? `time averages over bins of ${formatDuration(this.binWidth)}`
        : 'every change, to the microsecond';
    const { roleCount } = this.#view!;
    return roleCount > this.#tracked ? `${rows}; shares of the first ${this.#tracked} of ${roleCount} roles` : rows;
  }

  /** Names of the columns of `rows`. */
  columns(): string[] {
    return [
      'time_s',
      ...this.#resources.map(({ name }) => `${name}_used`),
      'queue_jobs',
      'queue_tasks',
      ...Array.from({ length: this.#roles }, (_, role) => `share_${this.#view!.roleName(role)}`),
      ...this.#resources.map(({ name }) => `${name}_capacity`),
    ];
  }

  /** Gives the rows in order of time; amounts are in units of their resource. */
  *rows(): Generator<number[]> {
    const series = this.#series;
    const resources = this.#resources;
    for (let row = 0; row < series.count; row++) {
      yield [
        toSeconds(series.time(row)),
        ...resources.map((resource, r) => toUnits(series.value(row, r), resource)),
        series.value(row, this.#jobs),
        series.value(row, this.#jobs + 1),
        ...Array.from({ length: this.#roles }, (_, role) => series.value(row, this.#shares + role)),
        ...resources.map((resource, r) => toUnits(series.value(row, resources.length + r), resource)),
      ];
    }
  }

  /** Gives the utilization over equal parts of the run, one list a resource; empty lists for a run without length. */
  utilizationSeries(buckets: number): number[][] {
    return this.#resources.map((_, r) => {
      const capacity = this.#series.means(this.#resources.length + r, buckets);
      const used = this.#series.means(r, buckets);
      return used.map((amount, i) => (capacity[i]! > 0 ? amount / capacity[i]! : 0));
    });
  }

  get #roles(): number {
    return Math.min(this.#view!.roleCount, this.#tracked);
  }
}
