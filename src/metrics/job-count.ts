import type { FrameworkId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome } from '../simulation/observer.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** What differs from one count of jobs to the next. */
interface Spec extends Pick<MetricDefinition, 'summary' | 'formula' | 'source' | 'edges'> {
  /** Name and part, as in `wait.zero`. */
  readonly name: string;
  is(job: JobOutcome): boolean;
}

/** Defines a metric that counts the jobs with some property among those that count, of the run and each framework. */
export function jobCount({ is, name, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    name,
    parts: [],
    unit: 'jobs',
    scopes: ['run', 'framework'],
    create: ({ windows }) => new JobCount(name, is, windows),
  };
}

class JobCount implements Metric {
  readonly #name: string;
  readonly #is: (job: JobOutcome) => boolean;
  readonly #windows: Windows;
  #run = 0;
  readonly #frameworks: number[] = [];

  constructor(name: string, is: (job: JobOutcome) => boolean, windows: Windows) {
    this.#name = name;
    this.#is = is;
    this.#windows = windows;
  }

  onJobEnded(_time: Time, job: JobOutcome): void {
    if (!this.#windows.counts(job) || !this.#is(job)) return;
    this.#run++;
    this.#frameworks[job.framework] = (this.#frameworks[job.framework] ?? 0) + 1;
  }

  values(): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#run }];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#frameworks[framework] ?? 0 }];
  }
}
