import type { FrameworkId } from '../base/ids.ts';
import type { JobLog, JobReader } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** What differs from one count of jobs to the next. */
interface Spec extends Pick<MetricDefinition, 'summary' | 'formula' | 'source' | 'edges'> {
  /** Name and part, as in `wait.zero`. */
  readonly name: string;
  /** Counts them among the rows `from` to `to - 1`. */
  count(jobs: JobLog, from: number, to: number): number;
}

/** Defines a metric that counts the jobs with some property among those that count, of the run and each framework. */
export function jobCount({ count, name, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    name,
    parts: [],
    unit: 'jobs',
    scopes: ['run', 'framework'],
    create: ({ jobs }) => new JobCount(name, count, jobs),
  };
}

class JobCount implements Metric, JobReader {
  readonly #name: string;
  readonly #count: Spec['count'];
  #run = 0;
  readonly #frameworks: number[] = [];

  constructor(name: string, count: Spec['count'], jobs: JobLog) {
    this.#name = name;
    this.#count = count;
    jobs.addReader(this);
  }

  read(jobs: JobLog): void {
    while (this.#frameworks.length < jobs.frameworks) this.#frameworks.push(0);
    for (let f = 0; f < jobs.frameworks; f++) {
      const count = this.#count(jobs, jobs.starts[f]!, jobs.starts[f + 1]!);
      this.#run += count;
      this.#frameworks[f] = this.#frameworks[f]! + count;
    }
  }

  values(): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#run }];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#frameworks[framework] ?? 0 }];
  }
}
