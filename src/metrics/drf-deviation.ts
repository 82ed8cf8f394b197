import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { Distances } from './distances.ts';
import { FilledDistances } from './filled-distances.ts';
import type { Ledger } from './ledger.ts';
import { LevelDistances } from './level-distances.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
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

/**
 * Work up to which every change is evaluated. Of several resources an evaluation is worth (active users + 8); of one, the
 * users that the level crosses beyond eight.
 */
export const EXACT_WORK = 400_000;
/** Work from one doubling of the spacing between samples to the next. */
export const SAMPLED_WORK = 30_000;

/** The accumulator of {@link drfDeviation}. */
export class DrfDeviation implements Metric {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #distances: Distances;
  /** True if anything has changed since the last evaluation. */
  #changed = false;
  #work = 0;
  #workLimit: number;
  #evaluations = 0;
  #first = Number.NaN;
  /** Zero while every change is evaluated. */
  #spacing = -0;
  /** Nothing is evaluated before. */
  #next = Number.NEGATIVE_INFINITY;

  /** @param exactWork work up to which every change is evaluated. */
  constructor({ resources, ledger, windows }: MetricContext, exactWork = EXACT_WORK) {
    this.#workLimit = exactWork;
    this.#ledger = ledger;
    this.#windows = windows;
    const { length } = resources;
    this.#distances = length === 1 ? new LevelDistances(ledger, windows) : new FilledDistances(length, ledger, windows);
  }

  note(facts: FactLog, row: number): void {
    this.#distances.note(facts, row);
  }

  settle(before: Time, now: Time): void {
    if (this.#ledger.changed) this.#changed = true;
    if (!this.#changed || now <= this.#next || now <= this.#windows.warm) return;
    this.#changed = false;
    // The state has been this one since `before`; a sample that fell due in between sees it too.
    const time = Math.max(before, this.#next);
    this.#work += this.#distances.evaluate(time);
    if (this.#evaluations++ === 0) this.#first = time;
    if (this.#work > this.#workLimit) this.#slowDown(time);
    if (this.#spacing > 0) this.#next = time + this.#spacing;
  }

  values(): readonly MetricValue[] {
    const distances = this.#distances;
    distances.finish(this.#windows.end(this.#windows.headline));
    const sum = new Sum();
    let users = 0;
    for (let user = 0; user < distances.seen; user++) {
      const time = distances.activeTime(user);
      if (!(time > 0)) continue;
      sum.add(distances.integral(user) / time);
      users++;
    }
    const value = users === 0 ? null : sum.value / users;
    return [{ name: NAME, value, ...(this.#spacing > 0 && { approximate: 'sampled' }) }];
  }

  /** Begins to sample, at twice the mean distance of evaluations so far, or doubles the distance of samples. */
  #slowDown(time: Time): void {
    this.#spacing = this.#spacing > 0 ? 2 * this.#spacing : (2 * (time - this.#first)) / this.#evaluations;
    this.#workLimit = this.#work + SAMPLED_WORK;
  }
}
