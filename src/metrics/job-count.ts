import type { FrameworkId } from '../base/ids.ts';
import type { JobLog, JobReader } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** What differs from one count of jobs to the next. */
interface Spec extends Pick<MetricDefinition, 'better' | 'summary' | 'formula' | 'source' | 'edges'> {
  /** Name and part, as in `wait.zero`. */
  readonly name: string;
  is(jobs: JobLog, row: number): boolean;
}

/** Defines a metric that counts the jobs with some property among those that count, of the run and each framework. */
export function jobCount({ is, name, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    name,
    parts: [],
    unit: 'jobs',
    scopes: ['run', 'framework'],
    create: ({ jobs }) => new JobCount(name, is, jobs),
  };
}

class JobCount implements Metric, JobReader {
  readonly #name: string;
  readonly #is: (jobs: JobLog, row: number) => boolean;
  #run = 0;
  readonly #frameworks: number[] = [];

  constructor(name: string, is: (jobs: JobLog, row: number) => boolean, jobs: JobLog) {
    this.#name = name;
    this.#is = is;
    jobs.addReader(this);
  }

  read(jobs: JobLog): void {
    while (this.#frameworks.length < jobs.frameworks) this.#frameworks.push(0);
    for (let row = 0; row < jobs.count; row++) {
      if (!this.#is(jobs, row)) continue;
      const framework = jobs.framework[row]!;
      this.#run++;
      this.#frameworks[framework] = this.#frameworks[framework]! + 1;
    }
  }

  values(): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#run }];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return [{ name: this.#name, value: this.#frameworks[framework] ?? 0 }];
  }
}
