import type { Time } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { WindowName, Windows } from './windows.ts';

/** Jobs completed a second. */
export const throughput: MetricDefinition = {
  name: 'throughput',
  parts: [],
  unit: 'jobs/s',
  better: 'higher',
  scopes: ['run'],
  summary: 'jobs that completed within the window, whenever they were submitted, per second of it',
  formula: '#{jobs: window start <= end <= window end} / window',
  source: 'Jain, The Art of Computer Systems Performance Analysis, 1991, chapter 3',
  edges: 'killed jobs count as completed; null for an empty window',
  create: ({ windows }) => new Throughput(windows),
};

class Throughput implements Metric {
  readonly #windows: Windows;
  #full = 0;
  #steady = 0;
  #submission = 0;
  #lastSubmit: Time = Number.NaN;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  readFacts({ count, kind, time, status }: FactLog): void {
    for (let row = 0; row < count; row++) {
      if (kind[row] === FactKind.submitted) {
        this.#submission = this.#full;
        this.#lastSubmit = time[row]!;
      } else if (kind[row] === FactKind.jobEnded && status[row] !== 'failed') {
        this.#full++;
        if (time[row]! >= this.#windows.warm) this.#steady++;
        // A job that ends in the instant of the last submission belongs to its window, told before or after it.
        if (time[row] === this.#lastSubmit) this.#submission = this.#full;
      }
    }
  }

  values(): readonly MetricValue[] {
    return this.windowValues(this.#windows.headline);
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    const jobs = { full: this.#full, submission: this.#submission, steady: this.#steady }[window];
    return [{ name: 'throughput', value: this.#windows.perSecond(jobs, window) }];
  }
}
