import { Sum } from '../base/sum.ts';
import type { Time } from '../base/time.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { MomentTree } from './moment-tree.ts';
import type { Windows } from './windows.ts';

/** What differs from one index of fairness to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'summary' | 'formula' | 'source'> {
  /** Value of the index for two or more users of whom at least one has a share above zero. */
  of(shares: MomentTree): number;
}

/**
 * Defines a metric that is the time average of an index over the dominant shares (over weights) of the users that have
 * queued tasks, taken over the time in which there are two of them at least.
 */
export function backloggedMean({ of, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: [],
    unit: 'ratio',
    scopes: ['run'],
    edges: 'all shares zero counts as 1; null if there are never two users with queued tasks at once',
    create: (context) => new BackloggedMean(about.name, of, context),
  };
}

class BackloggedMean implements Metric {
  readonly #name: string;
  readonly #of: (shares: MomentTree) => number;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #integral = new Sum();
  #time = 0;

  constructor(name: string, of: (shares: MomentTree) => number, { ledger, windows }: MetricContext) {
    this.#name = name;
    this.#of = of;
    this.#ledger = ledger;
    this.#windows = windows;
  }

  onTime(before: Time, now: Time): void {
    const shares = this.#ledger.backlogged;
    const length = now - Math.max(before, this.#windows.warm);
    if (shares.count < 2 || length <= 0) return;
    this.#integral.add((shares.greatest === 0 ? 1 : this.#of(shares)) * length);
    this.#time += length;
  }

  values(): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#time === 0 ? null : this.#integral.value / this.#time }];
  }
}
