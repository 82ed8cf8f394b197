import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { formatDuration, type Time, toSeconds } from '../base/time.ts';
import type { Observer, RunEnd } from '../simulation/observer.ts';
import type { Ledger } from './ledger.ts';
import { StepSeries } from './step-series.ts';

/** Roles whose dominant share is kept: the first so many to appear. */
const TRACKED_ROLES = 64;

/**
 * Keeps what was used and what waited as a series of steps, for `timeline.csv` and for a line in a summary.
 *
 * Attach it behind the observers of the metrics whose ledger it reads.
 */
export class Timeline implements Observer {
  readonly #resources: ResourceCatalog;
  readonly #ledger: Ledger;
  // Columns: used by resource, capacity by resource, jobs, tasks, dominant share by role.
  readonly #series: StepSeries;
  readonly #jobs: number;
  readonly #shares: number;
  #begun = false;

  constructor(resources: ResourceCatalog, ledger: Ledger) {
    this.#resources = resources;
    this.#ledger = ledger;
    this.#jobs = 2 * resources.length;
    this.#shares = this.#jobs + 2;
    this.#series = new StepSeries(this.#shares + TRACKED_ROLES);
  }

  onJobSubmitted(): void {
    this.#begun = true;
  }

  onTime(before: Time): void {
    if (this.#begun) this.#take(before);
  }

  onEnd(end: RunEnd): void {
    if (this.#begun) this.#take(end.end);
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
    const { roleCount } = this.#ledger.view;
    return roleCount > TRACKED_ROLES ? `${rows}; shares of the first ${TRACKED_ROLES} of ${roleCount} roles` : rows;
  }

  /** Names of the columns of `rows`. */
  columns(): string[] {
    return [
      'time_s',
      ...this.#resources.map(({ name }) => `${name}_used`),
      'queue_jobs',
      'queue_tasks',
      ...Array.from({ length: this.#roles }, (_, role) => `share_${this.#ledger.view.roleName(role)}`),
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
    return Math.min(this.#ledger.view.roleCount, TRACKED_ROLES);
  }

  #take(time: Time): void {
    const { view, changedRoles, waitingJobs } = this.#ledger;
    const resources = this.#resources.length;
    for (let r = 0; r < resources; r++) {
      const capacity = view.totalCapacity(r);
      this.#series.set(r, capacity - view.totalFree(r), time);
      this.#series.set(resources + r, capacity, time);
    }
    this.#series.set(this.#jobs, waitingJobs, time);
    this.#series.set(this.#jobs + 1, view.queuedTasks, time);
    for (let i = 0; i < changedRoles.count; i++) {
      const role = changedRoles.rows[i]!;
      if (role < TRACKED_ROLES) this.#series.set(this.#shares + role, this.#ledger.roleShare(role), time);
    }
  }
}
