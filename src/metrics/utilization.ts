import type { ResourceCatalog } from '../base/amounts.ts';
import type { IntervalLog, IntervalReader } from './interval-log.ts';
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

class Utilization implements Metric, IntervalReader {
  readonly #resources: ResourceCatalog;
  readonly #windows: Windows;
  readonly #used: readonly WindowIntegral[];
  readonly #capacity: readonly WindowIntegral[];

  constructor({ resources, windows, intervals }: MetricContext) {
    this.#resources = resources;
    this.#windows = windows;
    this.#used = resources.map(() => new WindowIntegral(windows));
    this.#capacity = resources.map(() => new WindowIntegral(windows));
    intervals.addReader(this);
  }

  readIntervals(log: IntervalLog): void {
    this.#used.forEach((used, r) => {
      used.read(log, log.used, r, log.resources);
    });
    this.#capacity.forEach((capacity, r) => {
      capacity.read(log, log.capacity, r, log.resources);
    });
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
