import type { IntervalLog, IntervalReader } from './interval-log.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { WindowIntegral } from './window-integral.ts';
import type { WindowName, Windows } from './windows.ts';

/** What differs from one queue to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'summary' | 'formula' | 'source' | 'edges'> {
  /** The column of lengths. */
  of(log: IntervalLog): Float64Array;
}

/** Defines a metric that gives the time average and the maximum of a number of things that wait. */
export function queueLength({ of, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: ['mean', 'max'],
    scopes: ['run'],
    create: (context) => new QueueLength(about.name, of, context),
  };
}

class QueueLength implements Metric, IntervalReader {
  readonly #name: string;
  readonly #of: (log: IntervalLog) => Float64Array;
  readonly #windows: Windows;
  readonly #integral: WindowIntegral;
  #max = 0;

  constructor(name: string, of: (log: IntervalLog) => Float64Array, { intervals, windows }: MetricContext) {
    this.#name = name;
    this.#of = of;
    this.#windows = windows;
    this.#integral = new WindowIntegral(windows);
    intervals.addReader(this);
  }

  readIntervals(log: IntervalLog): void {
    const lengths = this.#of(log);
    this.#integral.read(log, lengths);
    const { warm } = this.#windows;
    for (let row = 0; row < log.count; row++) {
      const until = log.until[row]!;
      if (lengths[row]! > this.#max && until > warm && until > log.since[row]!) this.#max = lengths[row]!;
    }
  }

  values(): readonly MetricValue[] {
    const { headline } = this.#windows;
    const max = this.#windows.length(headline) === 0 ? null : this.#max;
    return [...this.windowValues(headline), { name: `${this.#name}.max`, value: max }];
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    return [{ name: `${this.#name}.mean`, value: this.#windows.mean(this.#integral.value(window), window) }];
  }
}
