import { Sum } from '../base/sum.ts';
import type { IntervalLog, IntervalReader } from './interval-log.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** What differs from one index of fairness to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'summary' | 'formula' | 'source'> {
  /** Value of the index in an interval with two or more users of whom at least one has a share above zero. */
  of(log: IntervalLog, row: number): number;
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

class BackloggedMean implements Metric, IntervalReader {
  readonly #name: string;
  readonly #of: (log: IntervalLog, row: number) => number;
  readonly #windows: Windows;
  readonly #integral = new Sum();
  #time = 0;

  constructor(name: string, of: (log: IntervalLog, row: number) => number, { intervals, windows }: MetricContext) {
    this.#name = name;
    this.#of = of;
    this.#windows = windows;
    intervals.addReader(this);
  }

  readIntervals(log: IntervalLog): void {
    const { warm } = this.#windows;
    for (let row = 0; row < log.count; row++) {
      const length = log.until[row]! - Math.max(log.since[row]!, warm);
      if (log.backlogged[row]! < 2 || length <= 0) continue;
      this.#integral.add((log.shareGreatest[row] === 0 ? 1 : this.#of(log, row)) * length);
      this.#time += length;
    }
  }

  values(): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#time === 0 ? null : this.#integral.value / this.#time }];
  }
}
