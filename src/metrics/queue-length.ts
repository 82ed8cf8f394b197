import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { TimeAverages } from './time-averages.ts';
import type { WindowName, Windows } from './windows.ts';

/** What differs from one queue to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'better' | 'summary' | 'formula' | 'source' | 'edges'> {
  /** Integral of the length over a window. */
  integral(averages: TimeAverages, window: WindowName): number;
  /** The greatest length. */
  most(averages: TimeAverages): number;
}

/** Defines a metric that gives the time average and the maximum of a number of things that wait. */
export function queueLength({ integral, most, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: ['mean', 'max'],
    scopes: ['run'],
    create: (context) => new QueueLength(about.name, { integral, most }, context),
  };
}

class QueueLength implements Metric {
  readonly #name: string;
  readonly #of: Pick<Spec, 'integral' | 'most'>;
  readonly #windows: Windows;
  readonly #averages: TimeAverages;

  constructor(name: string, of: Pick<Spec, 'integral' | 'most'>, { averages, windows }: MetricContext) {
    this.#name = name;
    this.#of = of;
    this.#windows = windows;
    this.#averages = averages;
  }

  values(): readonly MetricValue[] {
    const { headline } = this.#windows;
    const max = this.#windows.length(headline) === 0 ? null : this.#of.most(this.#averages);
    return [...this.windowValues(headline), { name: `${this.#name}.max`, value: max }];
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    return [
      { name: `${this.#name}.mean`, value: this.#windows.mean(this.#of.integral(this.#averages, window), window) },
    ];
  }
}
