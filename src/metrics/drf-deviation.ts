import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import { ActiveUsers } from './active-users.ts';
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

/** Evaluations times (active users + 8) up to which every change is evaluated. */
export const EXACT_WORK = 400_000;
/** What an evaluation costs beside its users, in users. */
const EVALUATION = 8;
/** Work from one doubling of the spacing between samples to the next. */
export const SAMPLED_WORK = 30_000;

/** The accumulator of {@link drfDeviation}. */
export class DrfDeviation implements Metric {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #active: ActiveUsers;

  readonly #deviation: StepMeans;
  /** 1 while the user is active. */
  readonly #activity: StepMeans;
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

  /** @param exactWork evaluations times (active users + 8) up to which every change is evaluated. */
  constructor({ resources, ledger, windows }: MetricContext, exactWork = EXACT_WORK) {
    this.#workLimit = exactWork;
    this.#ledger = ledger;
    this.#windows = windows;
    this.#active = new ActiveUsers(resources.length);
    this.#deviation = new StepMeans(windows);
    this.#activity = new StepMeans(windows);
  }

  note({ kind, framework, position, amount, resources }: FactLog, row: number): void {
    const user = this.#ledger.userOf(framework[row]!);
    if (kind[row] === FactKind.submitted) {
      this.#active.add(user, this.#ledger.weight(user), position[row]!, amount, row * resources);
    } else if (kind[row] === FactKind.ended) this.#active.remove(user, amount, row * resources);
  }

  settle(before: Time, now: Time): void {
    if (this.#ledger.changed) this.#changed = true;
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
    for (let user = 0; user < this.#active.seen; user++) {
      const time = this.#activity.integral(user, end);
      if (!(time > 0)) continue;
      sum.add(this.#deviation.integral(user, end) / time);
      users++;
    }
    const value = users === 0 ? null : sum.value / users;
    return [{ name: NAME, value, ...(this.#spacing > 0 && { approximate: 'sampled' }) }];
  }

  #evaluate(time: Time): void {
    const active = this.#active;
    for (let i = 0; i < active.idle.count; i++) {
      const user = active.idle.rows[i]!;
      if (active.isActive(user)) continue;
      this.#deviation.set(user, 0, time);
      this.#activity.set(user, 0, time);
    }
    active.idle.clear();
    active.divide(this.#ledger.capacity);
    for (let row = 0; row < active.count; row++) {
      const user = active.users[row]!;
      this.#deviation.set(user, Math.abs(this.#ledger.userShare(user) - active.exactShare(row)), time);
      this.#activity.set(user, 1, time);
    }
    this.#work += active.count + EVALUATION;
    if (this.#evaluations++ === 0) this.#first = time;
  }

  /** Begins to sample, at twice the mean distance of evaluations so far, or doubles the distance of samples. */
  #slowDown(time: Time): void {
    this.#spacing = this.#spacing > 0 ? 2 * this.#spacing : (2 * (time - this.#first)) / this.#evaluations;
    this.#workLimit = this.#work + SAMPLED_WORK;
  }
}
