import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { IntervalLog, IntervalReader } from './interval-log.ts';
import { Spells } from './spells.ts';
import { StepMeans } from './step-means.ts';
import { WindowIntegrals } from './window-integrals.ts';
import type { WindowName, Windows } from './windows.ts';

/**
 * Gathers what all metrics of time need in one pass over the intervals.
 *
 * A reader for each metric would be a dozen loops to compile and to run; here is one.
 */
export class TimeAverages implements IntervalReader {
  /** Most jobs that waited for a first start, and most tasks that waited, after the warm-up. */
  mostJobs = 0;
  mostTasks = 0;
  /** Of the indices over users with queued tasks, times microseconds, while there are two such users at least. */
  readonly jain = new Sum();
  readonly minMax = new Sum();
  /** Microseconds in which there are. */
  backloggedTime = -0;
  /** Fraction of each resource that a framework holds; row framework times resources, plus resource. */
  readonly shares: StepMeans;
  readonly dominantShares: StepMeans;
  readonly roleDominantShares: StepMeans;
  /** Spells in which a framework, or role, has queued tasks and no running one. */
  readonly starving: Spells;
  readonly starvingRoles: Spells;
  readonly #windows: Windows;
  readonly #resources: number;
  /** Of the whole cluster: used by resource, capacity by resource, waiting jobs, queued tasks. */
  readonly #totals: WindowIntegrals;

  constructor(resources: number, windows: Windows) {
    this.#windows = windows;
    this.#resources = resources;
    this.#totals = new WindowIntegrals(windows, 2 * resources + 2);
    this.shares = new StepMeans(windows);
    // Of one resource both are the same.
    this.dominantShares = resources === 1 ? this.shares : new StepMeans(windows);
    this.roleDominantShares = new StepMeans(windows);
    this.starving = new Spells(windows);
    this.starvingRoles = new Spells(windows);
  }

  /** Integral over a window of what is held of a resource, over microseconds; after the end of the run, as those below. */
  used(resource: number, window: WindowName): number {
    return this.#totals.value(resource, window);
  }

  capacity(resource: number, window: WindowName): number {
    return this.#totals.value(this.#resources + resource, window);
  }

  waitingJobs(window: WindowName): number {
    return this.#totals.value(2 * this.#resources, window);
  }

  queuedTasks(window: WindowName): number {
    return this.#totals.value(2 * this.#resources + 1, window);
  }

  readIntervals(log: IntervalLog): void {
    const totals = this.#totals;
    const resources = this.#resources;
    const { warm } = this.#windows;
    for (let row = 0; row < log.count; row++) {
      const since = log.since[row]!;
      if (log.submitted[row] === 1) totals.markSubmission(since);
      for (let r = 0; r < resources; r++) {
        totals.set(r, log.used[row * resources + r]!, since);
        totals.set(resources + r, log.capacity[row * resources + r]!, since);
      }
      const jobs = log.waitingJobs[row]!;
      const tasks = log.queuedTasks[row]!;
      totals.set(2 * resources, jobs, since);
      totals.set(2 * resources + 1, tasks, since);
      const length = log.until[row]! - Math.max(since, warm);
      if (length > 0) {
        if (jobs > this.mostJobs) this.mostJobs = jobs;
        if (tasks > this.mostTasks) this.mostTasks = tasks;
        if (log.backlogged[row]! >= 2) this.#addIndices(log, row, length);
      }
      this.#readFrameworks(log, row, since);
      this.#readRoles(log, row, since);
    }
  }

  #addIndices(
    { backlogged, shareSum, shareSquares, shareLeast, shareGreatest }: IntervalLog,
    row: number,
    length: Time,
  ): void {
    const sum = shareSum[row]!;
    const greatest = shareGreatest[row]!;
    // Rounding may pass 1 by a bit.
    this.jain.add((greatest === 0 ? 1 : Math.min(1, (sum * sum) / (backlogged[row]! * shareSquares[row]!))) * length);
    this.minMax.add((greatest === 0 ? 1 : shareLeast[row]! / greatest) * length);
    this.backloggedTime += length;
  }

  #readFrameworks({ frameworks, frameworkEnd }: IntervalLog, row: number, since: Time): void {
    const resources = this.#resources;
    for (let i = row === 0 ? 0 : frameworkEnd[row - 1]!; i < frameworkEnd[row]!; i++) {
      const who = frameworks.who[i]!;
      for (let r = 0; r < resources; r++)
        this.shares.set(who * resources + r, frameworks.share[i * resources + r]!, since);
      if (resources > 1) this.dominantShares.set(who, frameworks.dominantShare[i]!, since);
      this.starving.set(who, frameworks.starving[i] === 1, since);
    }
  }

  #readRoles({ roles, roleEnd }: IntervalLog, row: number, since: Time): void {
    for (let i = row === 0 ? 0 : roleEnd[row - 1]!; i < roleEnd[row]!; i++) {
      const who = roles.who[i]!;
      this.roleDominantShares.set(who, roles.dominantShare[i]!, since);
      this.starvingRoles.set(who, roles.starving[i] === 1, since);
    }
  }
}
