import type { ResourceCatalog } from '../base/amounts.ts';
import type { Time } from '../base/time.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { WindowIntegral } from './window-integral.ts';
import type { WindowName, Windows } from './windows.ts';

/** Which part of the cluster was allocated. */
export const utilization: MetricDefinition = {
  name: 'utilization',
  parts: ['<resource>'],
  unit: 'ratio',
  scopes: ['run'],
  summary: 'part of the capacity that running tasks were allocated, weighted by time',
  formula: 'integral of allocated dt / integral of capacity dt',
  source: 'Feitelson and Rudolph, Metrics and Benchmarking for Parallel Job Scheduling, JSSPP 1998',
  edges: 'allocated, not measured, use; null for an empty window or a resource of which there is none',
  create: (context) => new Utilization(context),
};

class Utilization implements Metric {
  readonly #resources: ResourceCatalog;
  readonly #windows: Windows;
  readonly #ledger: Ledger;
  readonly #used: readonly WindowIntegral[];
  readonly #capacity: readonly WindowIntegral[];

  constructor({ resources, windows, ledger }: MetricContext) {
    this.#resources = resources;
    this.#windows = windows;
    this.#ledger = ledger;
    this.#used = resources.map(() => new WindowIntegral(windows));
    this.#capacity = resources.map(() => new WindowIntegral(windows));
  }

  onTime(before: Time): void {
    if (!this.#windows.begun) return;
    const { view } = this.#ledger;
    for (let r = 0; r < this.#used.length; r++) {
      const capacity = view.totalCapacity(r);
      this.#capacity[r]!.set(capacity, before);
      this.#used[r]!.set(capacity - view.totalFree(r), before);
    }
  }

  onJobSubmitted(time: Time): void {
    for (let r = 0; r < this.#used.length; r++) {
      this.#used[r]!.markSubmission(time);
      this.#capacity[r]!.markSubmission(time);
    }
  }

  values(): readonly MetricValue[] {
    return this.windowValues(this.#windows.headline);
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    const empty = this.#windows.length(window) === 0;
    return this.#resources.map(({ name }, r) => {
      const capacity = this.#capacity[r]!.value(window);
      const value = empty || capacity === 0 ? null : this.#used[r]!.value(window) / capacity;
      return { name: `utilization.${name}`, value };
    });
  }
}
