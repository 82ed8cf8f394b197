import type { FrameworkId } from '../base/ids.ts';
import { Sum } from '../base/sum.ts';
import { toSeconds } from '../base/time.ts';
import type { JobLog, JobReader } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

const NAME = 'area-weighted-response';

/** Mean response in which each cpu-second counts the same, whatever job it belongs to. */
export const areaWeightedResponse: MetricDefinition = {
  name: NAME,
  parts: [],
  unit: 's',
  better: 'lower',
  scopes: ['run', 'framework'],
  summary:
    'mean response weighted by the cpu time of the jobs; the same if a job is cut into narrower ones that run side by side',
  formula: 'sum(area * response) / sum(area), area = sum over tasks of run * cpus',
  source:
    'Krallmann, Schwiegelshohn and Yahyapour, On the Design and Evaluation of Job Scheduling Algorithms, JSSPP 1999',
  edges: 'null without jobs or where no job has an area',
  create: ({ jobs }) => new AreaWeightedResponse(jobs),
};

class AreaWeightedResponse implements Metric, JobReader {
  readonly #run = new WeightedMean();
  readonly #frameworks: WeightedMean[] = [];

  constructor(jobs: JobLog) {
    jobs.addReader(this);
  }

  read(jobs: JobLog): void {
    while (this.#frameworks.length < jobs.frameworks) this.#frameworks.push(new WeightedMean());
    for (let row = 0; row < jobs.count; row++) {
      const area = jobs.area[row]!;
      const response = toSeconds(jobs.response[row]!);
      this.#run.add(area, response);
      this.#frameworks[jobs.framework[row]!]!.add(area, response);
    }
  }

  values(): readonly MetricValue[] {
    return [{ name: NAME, value: this.#run.value }];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return [{ name: NAME, value: this.#frameworks[framework]?.value ?? null }];
  }
}

class WeightedMean {
  readonly #weighted = new Sum();
  readonly #weights = new Sum();

  add(weight: number, value: number): void {
    this.#weighted.add(weight * value);
    this.#weights.add(weight);
  }

  get value(): number | null {
    const weights = this.#weights.value;
    return weights > 0 ? this.#weighted.value / weights : null;
  }
}
