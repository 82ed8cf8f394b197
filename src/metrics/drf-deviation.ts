import { grown } from '../base/grow.ts';
import { type JobId, NONE, type RoleId, type TaskId } from '../base/ids.ts';
import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import { Filling } from '../fairness/filling.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { StepMeans } from './step-means.ts';
import type { Windows } from './windows.ts';

const NAME = 'fairness.drf-deviation';

/** How far the dominant shares are from those of exact fractional DRF. */
export const drfDeviation: MetricDefinition = {
  name: NAME,
  parts: [],
  unit: 'ratio',
  scopes: ['run'],
  summary:
    'mean over the users of the time average, while the user has running or queued tasks, of the distance between its ' +
    'dominant share s and the share s* that exact fractional DRF would give it among the users active then, each ' +
    'demanding all it has running and queued, on pooled capacity',
  formula: 'mean over u of (1 / T_u) * integral of |s_u - s*_u| dt over the time T_u in which u is active',
  source: 'own; s* by Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4',
  edges: 'null if no user was ever active',
  create: (context) => new DrfDeviation(context),
};

const EXACT_WORK = 2_000_000;
/** Work from one doubling of the spacing between samples to the next. */
const SAMPLED_WORK = 250_000;

/** The accumulator of {@link drfDeviation}. */
export class DrfDeviation implements Metric {
  readonly #resources: number;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #filling: Filling;
  readonly #active = new ActiveUsers();
  /** What the user's running and queued tasks demand; stride `#resources`. */
  #demand = new Float64Array(0);

  readonly #deviation: StepMeans;
  /** 1 while the user is active. */
  readonly #activity: StepMeans;
  /** Users that were active at the last evaluation; the first `#heldCount`. */
  #held = new Int32Array(0);
  #heldCount = 0;

  /** True if anything has changed since the last evaluation. */
  #changed = false;
  #work = 0;
  #workLimit: number;
  #evaluations = 0;
  #first = Number.NaN;
  /** Zero while every change is evaluated. */
  #spacing = 0;
  /** Nothing is evaluated before. */
  #next = Number.NEGATIVE_INFINITY;

  /** @param exactWork evaluations times active users up to which every change is evaluated. */
  constructor({ resources, ledger, windows }: MetricContext, exactWork = EXACT_WORK) {
    this.#workLimit = exactWork;
    this.#resources = resources.length;
    this.#ledger = ledger;
    this.#windows = windows;
    this.#filling = new Filling(resources.length);
    this.#deviation = new StepMeans(windows);
    this.#activity = new StepMeans(windows);
  }

  onJobSubmitted(_time: Time, job: JobId): void {
    const { view } = this.#ledger;
    const user = view.roleOf(view.frameworkOf(job));
    const rows = (user + 1) * this.#resources;
    if (rows > this.#demand.length) this.#demand = grown(this.#demand, rows);
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
      this.#active.add(user);
      this.#addDemand(user, task, 1);
    }
  }

  onTaskEnded(_time: Time, task: TaskId): void {
    const { view } = this.#ledger;
    const user = view.roleOf(view.frameworkOf(view.jobOf(task)));
    this.#active.remove(user);
    this.#addDemand(user, task, -1);
  }

  onTime(before: Time, now: Time): void {
    if (this.#ledger.changedFrameworks.count > 0) this.#changed = true;
    if (!this.#changed || now <= this.#next || now <= this.#windows.warm) return;
    this.#changed = false;
    // The state has been this one since `before`; a sample that fell due in between sees it too.
    const time = Math.max(before, this.#next);
    this.#evaluate(time);
    if (this.#work > this.#workLimit) this.#slowDown(time);
    if (this.#spacing > 0) this.#next = time + this.#spacing;
  }

  values(): readonly MetricValue[] {
    const end = this.#windows.end(this.#windows.headline);
    const sum = new Sum();
    let users = 0;
    for (let user = 0; user < this.#active.rows; user++) {
      const time = this.#activity.integral(user, end);
      if (!(time > 0)) continue;
      sum.add(this.#deviation.integral(user, end) / time);
      users++;
    }
    const value = users === 0 ? null : sum.value / users;
    return [{ name: NAME, value, ...(this.#spacing > 0 && { approximate: 'sampled' }) }];
  }

  #addDemand(user: RoleId, task: TaskId, sign: 1 | -1): void {
    for (let r = 0; r < this.#resources; r++) {
      const at = user * this.#resources + r;
      this.#demand[at] = this.#demand[at]! + sign * this.#ledger.view.demand(task, r);
    }
  }

  #evaluate(time: Time): void {
    const { users, count } = this.#active;
    for (let i = 0; i < this.#heldCount; i++) {
      const user = this.#held[i]!;
      if (this.#active.has(user)) continue;
      this.#deviation.set(user, 0, time);
      this.#activity.set(user, 0, time);
    }
    this.#fill();
    if (count > this.#held.length) this.#held = grown(this.#held, count);
    for (let i = 0; i < count; i++) {
      const user = users[i]!;
      const exact = this.#filling.tasks[i]! * this.#filling.unit[i]!;
      this.#deviation.set(user, Math.abs(this.#ledger.userShare(user) - exact), time);
      this.#activity.set(user, 1, time);
      this.#held[i] = user;
    }
    this.#heldCount = count;
    this.#work += count;
    if (this.#evaluations++ === 0) this.#first = time;
  }

  /** Divides the cluster among the active users; all that a user has is one task of which it can use one. */
  #fill(): void {
    const filling = this.#filling;
    const { users, count } = this.#active;
    const resources = this.#resources;
    filling.reserve(count);
    for (let r = 0; r < resources; r++) filling.capacity[r] = this.#ledger.view.totalCapacity(r);
    for (let i = 0; i < count; i++) {
      const user = users[i]!;
      let unit = 0;
      for (let r = 0; r < resources; r++) {
        const demand = this.#demand[user * resources + r]!;
        filling.demand[i * resources + r] = demand;
        if (filling.capacity[r]! > 0) unit = Math.max(unit, demand / filling.capacity[r]!);
      }
      filling.unit[i] = unit;
      filling.weight[i] = this.#ledger.weight(user);
      filling.bound[i] = 1;
    }
    filling.run(count);
  }

  /** Begins to sample, at twice the mean distance of evaluations so far, or doubles the distance of samples. */
  #slowDown(time: Time): void {
    this.#spacing = this.#spacing > 0 ? 2 * this.#spacing : (2 * (time - this.#first)) / this.#evaluations;
    this.#workLimit = this.#work + SAMPLED_WORK;
  }
}

/** The users that have running or queued tasks, in no particular order. */
class ActiveUsers {
  count = 0;
  /** Users seen so far have rows below this. */
  rows = 0;
  /** The first `count` entries. */
  users = new Int32Array(0);
  #tasks = new Int32Array(0);
  /** Where the user stands in `users`. */
  #place = new Int32Array(0);

  has(user: RoleId): boolean {
    return this.#tasks[user]! > 0;
  }

  /** Adds one task of the user. */
  add(user: RoleId): void {
    if (user >= this.rows) this.#grow(user + 1);
    const before = this.#tasks[user]!;
    this.#tasks[user] = before + 1;
    if (before > 0) return;
    this.#place[user] = this.count;
    this.users[this.count++] = user;
  }

  /** Takes one task of the user away. */
  remove(user: RoleId): void {
    const left = this.#tasks[user]! - 1;
    this.#tasks[user] = left;
    if (left > 0) return;
    const last = this.users[--this.count]!;
    this.users[this.#place[user]!] = last;
    this.#place[last] = this.#place[user]!;
  }

  #grow(rows: number): void {
    this.rows = rows;
    this.users = grown(this.users, rows);
    this.#tasks = grown(this.#tasks, rows);
    this.#place = grown(this.#place, rows);
  }
}
