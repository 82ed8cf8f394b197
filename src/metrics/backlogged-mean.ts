import type { Sum } from '../base/sum.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { TimeAverages } from './time-averages.ts';

/** What differs from one index of fairness to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'better' | 'summary' | 'formula' | 'source'> {
  /** Integral of the index over the time in which there are two users with queued tasks at least. */
  integral(averages: TimeAverages): Sum;
}

/**
 * Defines a metric that is the time average of an index over the dominant shares (over weights) of the users that have
 * queued tasks, taken over the time in which there are two of them at least.
 */
export function backloggedMean({ integral, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: [],
    unit: 'ratio',
    scopes: ['run'],
    edges: 'all shares zero counts as 1; null if there are never two users with queued tasks at once',
    create: (context) => new BackloggedMean(about.name, integral, context),
  };
}

class BackloggedMean implements Metric {
  readonly #name: string;
  readonly #integral: Spec['integral'];
  readonly #averages: TimeAverages;

  constructor(name: string, integral: Spec['integral'], { averages }: MetricContext) {
    this.#name = name;
    this.#integral = integral;
    this.#averages = averages;
  }

  values(): readonly MetricValue[] {
    const time = this.#averages.backloggedTime;
    return [{ name: this.#name, value: time === 0 ? null : this.#integral(this.#averages).value / time }];
  }
}
