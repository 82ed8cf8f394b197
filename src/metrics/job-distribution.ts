import type { FrameworkId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome } from '../simulation/observer.ts';
import { Distribution, EXACT_VALUES, type Room, SUMMARY } from './distribution.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** What differs from one distribution over jobs to the next. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'summary' | 'formula' | 'source' | 'edges'> {
  /** The job's value, zero or more; NaN for a job that is left out. */
  of(job: JobOutcome): number;
}

/** Defines a metric that is the distribution of one quantity over the jobs that count, of the run and each framework. */
export function jobDistribution({ of, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: SUMMARY,
    scopes: ['run', 'framework'],
    create: ({ windows }) => new JobDistribution(about.name, of, windows),
  };
}

class JobDistribution implements Metric {
  readonly #names: readonly string[];
  readonly #of: (job: JobOutcome) => number;
  readonly #windows: Windows;
  readonly #run = new Distribution({ left: EXACT_VALUES });
  readonly #frameworks: (Distribution | undefined)[] = [];
  /** All frameworks together keep as many values as the run, so memory does not grow with their number. */
  readonly #room: Room = { left: EXACT_VALUES };

  constructor(name: string, of: (job: JobOutcome) => number, windows: Windows) {
    this.#names = SUMMARY.map((part) => `${name}.${part}`);
    this.#of = of;
    this.#windows = windows;
  }

  onJobEnded(_time: Time, job: JobOutcome): void {
    if (!this.#windows.counts(job)) return;
    const value = this.#of(job);
    if (Number.isNaN(value)) return;
    this.#run.add(value);
    let own = this.#frameworks[job.framework];
    if (own === undefined) {
      own = new Distribution(this.#room);
      this.#frameworks[job.framework] = own;
    }
    own.add(value);
  }

  values(): readonly MetricValue[] {
    return this.#describe(this.#run);
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#describe(this.#frameworks[framework] ?? NO_JOBS);
  }

  #describe(distribution: Distribution): readonly MetricValue[] {
    const { approximate } = distribution;
    return distribution.summary().map((value, i) => ({
      name: this.#names[i]!,
      value,
      // Mean and maximum are exact in any case.
      ...(approximate !== undefined && SUMMARY[i]!.startsWith('p') && { approximate }),
    }));
  }
}

const NO_JOBS = new Distribution({ left: 0 });
