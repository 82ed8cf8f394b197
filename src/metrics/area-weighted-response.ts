import type { FrameworkId } from '../base/ids.ts';
import { Sum } from '../base/sum.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { JobOutcome } from '../simulation/observer.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

const NAME = 'area-weighted-response';

/** Mean response in which each cpu-second counts the same, whatever job it belongs to. */
export const areaWeightedResponse: MetricDefinition = {
  name: NAME,
  parts: [],
  unit: 's',
  scopes: ['run', 'framework'],
  summary: 'mean response weighted by the cpu time of the jobs; the same if a job is cut into narrower ones that run side by side',
  formula: 'sum(area * response) / sum(area), area = sum over tasks of run * cpus',
  source:
    'Krallmann, Schwiegelshohn and Yahyapour, On the Design and Evaluation of Job Scheduling Algorithms, JSSPP 1999',
  edges: 'null without jobs or where no job has an area',
  create: ({ windows }) => new AreaWeightedResponse(windows),
};

class AreaWeightedResponse implements Metric {
  readonly #windows: Windows;
  readonly #run = new WeightedMean();
  readonly #frameworks: (WeightedMean | undefined)[] = [];

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  onJobEnded(_time: Time, job: JobOutcome): void {
    if (!this.#windows.counts(job)) return;
    const response = toSeconds(job.end - job.submit);
    this.#run.add(job.area, response);
    let own = this.#frameworks[job.framework];
    if (own === undefined) {
      own = new WeightedMean();
      this.#frameworks[job.framework] = own;
    }
    own.add(job.area, response);
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
