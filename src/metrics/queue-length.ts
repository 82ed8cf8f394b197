import type { Time } from '../base/time.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { WindowIntegral } from './window-integral.ts';
import type { WindowName, Windows } from './windows.ts';

/** What differs from one queue to the other. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'summary' | 'formula' | 'source' | 'edges'> {
  of(ledger: Ledger): number;
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

class QueueLength implements Metric {
  readonly #name: string;
  readonly #of: (ledger: Ledger) => number;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #integral: WindowIntegral;
  #max = 0;

  constructor(name: string, of: (ledger: Ledger) => number, { ledger, windows }: MetricContext) {
    this.#name = name;
    this.#of = of;
    this.#ledger = ledger;
    this.#windows = windows;
    this.#integral = new WindowIntegral(windows);
  }

  onTime(before: Time, now: Time): void {
    const length = this.#of(this.#ledger);
    this.#integral.set(length, before);
    if (now > this.#windows.warm && length > this.#max) this.#max = length;
  }

  onJobSubmitted(time: Time): void {
    this.#integral.markSubmission(time);
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
