import { grown } from '../base/grow.ts';
import type { FrameworkId } from '../base/ids.ts';
import { Distribution, SUMMARY } from './distribution.ts';
import type { JobLog, JobPart, JobReader } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** What differs from one distribution over jobs to the next. */
interface Spec extends Pick<MetricDefinition, 'name' | 'unit' | 'better' | 'summary' | 'formula' | 'source' | 'edges'> {
  /** Writes the value of each row, zero or more; NaN for a job that is left out. */
  fill(jobs: JobLog, into: Float64Array): void;
}

/** Defines a metric that is the distribution of one quantity over the jobs that count, of the run and each framework. */
export function jobDistribution({ fill, ...about }: Spec): MetricDefinition {
  return {
    ...about,
    parts: SUMMARY,
    scopes: ['run', 'framework'],
    create: ({ jobs }) => new JobDistribution(about.name, fill, jobs),
  };
}

class JobDistribution implements Metric, JobReader {
  readonly #names: readonly string[];
  readonly #fill: (jobs: JobLog, into: Float64Array) => void;
  /** Of the run, where its percentiles cannot be had from those of the frameworks. */
  #run: Distribution | undefined;
  readonly #frameworks: Distribution[] = [];
  /** Of the jobs of a part, in order of end. */
  #values = new Float64Array(0);
  #count = 0;

  constructor(name: string, fill: (jobs: JobLog, into: Float64Array) => void, jobs: JobLog) {
    this.#names = SUMMARY.map((part) => `${name}.${part}`);
    this.#fill = fill;
    jobs.addReader(this);
  }

  read(jobs: JobLog): void {
    const end = this.#count + jobs.count;
    this.#values = grown(this.#values, end);
    this.#fill(jobs, this.#values.subarray(this.#count, end));
    this.#count = end;
  }

  finishPart({ frameworks, place, starts }: JobPart, only: boolean): void {
    const values = moved(this.#values, place);
    this.#count = 0;
    if (only) this.#values = new Float64Array(0);
    let end = 0;
    for (let f = 0; f < frameworks; f++) {
      if (f === this.#frameworks.length) this.#frameworks.push(new Distribution());
      const begin = end;
      end = closeGaps(values, starts[f]!, starts[f + 1]!, begin);
      this.#frameworks[f]!.take(values, begin, end, only);
    }
    if (!only || this.#frameworks.some((own) => own.count === end)) return;
    this.#run = new Distribution();
    this.#run.take(values, 0, end, only);
  }

  values(): readonly MetricValue[] {
    return this.#describe(this.#run ?? joined(this.#frameworks));
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

/** Gives a column in which row i stands at `place[i]`. */
function moved(column: Float64Array, place: Int32Array): Float64Array {
  const sorted = new Float64Array(place.length);
  for (let row = 0; row < place.length; row++) sorted[place[row]!] = column[row]!;
  return sorted;
}

/** Moves the entries `from` to `to - 1` that are numbers to `at` and behind; gives where they end. */
function closeGaps(values: Float64Array, from: number, to: number, at: number): number {
  let end = at;
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) values[end++] = value;
  }
  return end;
}

const NO_JOBS = new Distribution();

/** Gives the distribution of all values of frameworks that are sketches, or of which one has all values. */
function joined(frameworks: readonly Distribution[]): Distribution {
  const parts = frameworks.filter(({ count }) => count > 0);
  if (parts.length === 1) return parts[0]!;
  const whole = new Distribution();
  for (const part of parts) whole.join(part);
  return whole;
}
