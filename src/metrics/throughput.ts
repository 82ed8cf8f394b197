import type { Time } from '../base/time.ts';
import type { JobOutcome } from '../simulation/observer.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { WindowName, Windows } from './windows.ts';

/** Jobs completed a second. */
export const throughput: MetricDefinition = {
  name: 'throughput',
  parts: [],
  unit: 'jobs/s',
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

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  onJobSubmitted(): void {
    this.#submission = this.#full;
  }

  onJobEnded(time: Time, job: JobOutcome): void {
    if (job.status !== 'completed' && job.status !== 'killed') return;
    this.#full++;
    if (time >= this.#windows.warm) this.#steady++;
    // A job that ends in the instant of the last submission belongs to its window, told before or after it.
    if (time === this.#windows.lastSubmit) this.#submission = this.#full;
  }

  values(): readonly MetricValue[] {
    return this.windowValues(this.#windows.headline);
  }

  windowValues(window: WindowName): readonly MetricValue[] {
    const jobs = { full: this.#full, submission: this.#submission, steady: this.#steady }[window];
    return [{ name: 'throughput', value: this.#windows.perSecond(jobs, window) }];
  }
}
