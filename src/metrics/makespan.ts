import { toSeconds } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** How long the whole workload took. */
export const makespan: MetricDefinition = {
  name: 'makespan',
  parts: [],
  unit: 's',
  better: 'lower',
  scopes: ['run'],
  summary: 'time from the first submission to the last end of a job',
  formula: 'max(last end) - min(submit)',
  source: 'Feitelson and Rudolph, Metrics and Benchmarking for Parallel Job Scheduling, JSSPP 1998',
  edges: 'of the whole run, whatever the warm-up; unfinished jobs have no end; null where no job has ended',
  create: ({ windows }) => new Makespan(windows),
};

class Makespan implements Metric {
  readonly #windows: Windows;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  readFacts({ count, kind, time }: FactLog): void {
    for (let row = 0; row < count; row++) if (kind[row] === FactKind.jobEnded) this.#lastEnd = time[row]!;
  }

  values(): readonly MetricValue[] {
    const value = Number.isFinite(this.#lastEnd) ? toSeconds(this.#lastEnd - this.#windows.start('full')) : null;
    return [{ name: 'makespan', value }];
  }
}
