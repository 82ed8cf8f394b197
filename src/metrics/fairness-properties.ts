import type { Time } from '../base/time.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { StepMeans } from './step-means.ts';
import { UserBundles } from './user-bundles.ts';
import type { Windows } from './windows.ts';

const PARTS = ['envy', 'sharing-incentive', 'pareto'] as const;

/** How far a schedule is from what fair divisions promise: nobody envies, nobody loses by sharing, nothing is left over. */
export const fairnessProperties: MetricDefinition = {
  name: 'fairness',
  parts: PARTS,
  unit: 'ratio',
  better: 'lower',
  scopes: ['run'],
  summary:
    'time averages, over the time in which someone has queued tasks and two users at least are active, of: the most ' +
    'dominant share that a user with queued tasks would gain by having what another one holds, weights considered; the ' +
    'largest part that one with queued tasks lacks of what its part of the cluster would hold; and whether what is free ' +
    'would hold another mean task of one with queued tasks',
  formula:
    'envy: max over u, v of max(0, U_u(h_v * w_u / w_v) - U_u(h_u)), U_u(h) = min_r(h_r / D_ur) * max_r(D_ur / C_r); ' +
    'sharing-incentive: max over u of max(0, 1 - s_u / (w_u / sum w)); pareto: 1 where free_r >= d_ur for all r and some u. ' +
    'h: what is held; D: all that is running and queued; d: the mean of the queued tasks; s: dominant share; u: users with ' +
    'queued tasks; v and the sum: active users',
  source:
    'own; the properties are those of Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 3, on pooled capacity',
  edges:
    'null if there is never such a time; a share counts as no more than all that the user has running and queued, so who ' +
    'has queued less than its part lacks only that; what demands nothing at all is left out of envy',
  create: (context) => new FairnessProperties(context),
};

/** Work up to which every change is evaluated, in pairs of users; and from one doubling of the spacing to the next. */
const EXACT_PAIRS = 400_000;
const SAMPLED_PAIRS = 30_000;
/** What an evaluation costs beside its pairs. */
const EVALUATION = 8;

/** Row of the time in which the values are defined, behind those of the parts. */
const DEFINED = PARTS.length;

/** The accumulator of {@link fairnessProperties}. */
export class FairnessProperties implements Metric {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #bundles: UserBundles;
  readonly #means: StepMeans;
  #changed = false;
  #work = 0;
  #workLimit: number;
  #evaluations = 0;
  #first = Number.NaN;
  /** Zero while every change is evaluated. */
  #spacing = 0;
  #next = Number.NEGATIVE_INFINITY;
  #active: number[] = [];

  /** @param exactPairs work up to which every change is evaluated. */
  constructor({ resources, ledger, windows }: MetricContext, exactPairs = EXACT_PAIRS) {
    this.#ledger = ledger;
    this.#windows = windows;
    this.#workLimit = exactPairs;
    this.#bundles = new UserBundles(resources.length, ledger);
    this.#means = new StepMeans(windows);
  }

  note(facts: FactLog, row: number): void {
    this.#bundles.note(facts, row);
  }

  settle(before: Time, now: Time): void {
    if (this.#ledger.changed) this.#changed = true;
    if (!this.#changed || now <= this.#next || now <= this.#windows.warm) return;
    this.#changed = false;
    const time = Math.max(before, this.#next);
    this.#evaluate(time);
    if (this.#evaluations++ === 0) this.#first = time;
    if (this.#work > this.#workLimit) {
      this.#spacing = this.#spacing > 0 ? 2 * this.#spacing : (2 * (time - this.#first)) / this.#evaluations;
      this.#workLimit = this.#work + SAMPLED_PAIRS;
    }
    if (this.#spacing > 0) this.#next = time + this.#spacing;
  }

  values(): readonly MetricValue[] {
    const end = this.#windows.end(this.#windows.headline);
    const time = this.#means.integral(DEFINED, end);
    return PARTS.map((part, row) => ({
      name: `fairness.${part}`,
      value: time > 0 ? this.#means.integral(row, end) / time : null,
      ...(this.#spacing > 0 && { approximate: 'sampled' }),
    }));
  }

  #evaluate(time: Time): void {
    const { queued, running, seen } = this.#bundles;
    const active = this.#active;
    active.length = 0;
    let waiting = 0;
    for (let user = 0; user < seen; user++) {
      if (queued[user]! + running[user]! === 0) continue;
      active.push(user);
      if (queued[user]! > 0) waiting++;
    }
    this.#work += waiting * active.length + EVALUATION;
    const isDefined = waiting > 0 && active.length > 1;
    this.#means.set(DEFINED, isDefined ? 1 : 0, time);
    this.#means.set(0, isDefined ? this.#envy(active) : 0, time);
    this.#means.set(1, isDefined ? this.#missing(active) : 0, time);
    this.#means.set(2, isDefined && active.some((user) => this.#couldStart(user)) ? 1 : 0, time);
  }

  #envy(active: readonly number[]): number {
    const { queued, weight } = this.#bundles;
    let most = 0;
    for (const u of active) {
      if (queued[u] === 0) continue;
      const own = this.#worth(u, u, 1);
      for (const v of active) if (v !== u) most = Math.max(most, this.#worth(u, v, weight[u]! / weight[v]!) - own);
    }
    return most;
  }

  /** What the bundle of `v` times a factor is worth to `u`, as dominant share; 0 for who demands nothing. */
  #worth(u: number, v: number, factor: number): number {
    const { resources, held, wanted } = this.#bundles;
    let part = 1;
    let share = 0;
    for (let r = 0; r < resources; r++) {
      const demand = held[u * resources + r]! + wanted[u * resources + r]!;
      if (!(demand > 0)) continue;
      part = Math.min(part, (factor * held[v * resources + r]!) / demand);
      share = Math.max(share, this.#shareOf(demand, r));
    }
    return part * share;
  }

  #missing(active: readonly number[]): number {
    const { queued, weight, resources, held, wanted } = this.#bundles;
    let weights = 0;
    for (const user of active) weights += weight[user]!;
    let most = 0;
    for (const user of active) {
      if (queued[user] === 0) continue;
      let share = 0;
      let all = 0;
      for (let r = 0; r < resources; r++) {
        share = Math.max(share, this.#shareOf(held[user * resources + r]!, r));
        all = Math.max(all, this.#shareOf(held[user * resources + r]! + wanted[user * resources + r]!, r));
      }
      const due = Math.min(weight[user]! / weights, all);
      if (due > 0) most = Math.max(most, 1 - share / due);
    }
    return most;
  }

  /** Says whether the pool has room for another task of the user, by the mean of those queued. */
  #couldStart(user: number): boolean {
    const { resources, queued, wanted, used } = this.#bundles;
    if (queued[user] === 0) return false;
    for (let r = 0; r < resources; r++) {
      if (wanted[user * resources + r]! > (this.#ledger.capacity[r]! - used[r]!) * queued[user]!) return false;
    }
    return true;
  }

  #shareOf(amount: number, r: number): number {
    const capacity = this.#ledger.capacity[r]!;
    return capacity > 0 ? amount / capacity : 0;
  }
}
