import type { ResourceCatalog } from '../base/amounts.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { TimeAverages } from './time-averages.ts';
import type { WindowName, Windows } from './windows.ts';

/** Which part of the cluster was allocated. */
export const utilization: MetricDefinition = {
  name: 'utilization',
  parts: ['<resource>'],
  unit: 'ratio',
  better: 'higher',
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
  readonly #averages: TimeAverages;

  constructor({ resources, windows, averages }: MetricContext) {
    this.#resources = resources;
    this.#windows = windows;
    this.#averages = averages;
  }

  values(): readonly MetricValue[] {
    return this.windowValues(this.#windows.headline);
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    const empty = this.#windows.length(window) === 0;
    return this.#resources.map(({ name }, r) => {
      const capacity = this.#averages.capacity(r, window);
      const value = empty || capacity === 0 ? null : this.#averages.used(r, window) / capacity;
      return { name: `utilization.${name}`, value };
    });
  }
}
