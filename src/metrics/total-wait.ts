import type { FrameworkId } from '../base/ids.ts';
import { Sum } from '../base/sum.ts';
import { toSeconds } from '../base/time.ts';
import type { JobLog, JobReader } from './job-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How long jobs did not run between submission and end: with preemption more than the wait for the first start. */
export const totalWait: MetricDefinition = {
  name: 'total-wait',
  parts: ['mean', 'max'],
  unit: 's',
  better: 'lower',
  scopes: ['run', 'framework'],
  summary: 'time between submission and end that was not the run itself: before the first start and while preempted',
  formula: 'response - run',
  source: 'Silberschatz, Galvin and Gagne, Operating System Concepts, chapter on CPU scheduling: waiting time',
  edges: 'null without jobs; work done a second time, checkpoints and running at a share count as waiting',
  create: ({ jobs }) => new TotalWait(jobs),
};

class TotalWait implements Metric, JobReader {
  readonly #run = new Waits();
  readonly #frameworks: Waits[] = [];

  constructor(jobs: JobLog) {
    jobs.addReader(this);
  }

  read(jobs: JobLog): void {
    while (this.#frameworks.length < jobs.frameworks) this.#frameworks.push(new Waits());
    for (let row = 0; row < jobs.count; row++) {
      const wait = jobs.response[row]! - jobs.run[row]!;
      this.#run.add(wait);
      this.#frameworks[jobs.framework[row]!]!.add(wait);
    }
  }

  values(): readonly MetricValue[] {
    return this.#run.values();
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return (this.#frameworks[framework] ?? new Waits()).values();
  }
}

class Waits {
  readonly #sum = new Sum();
  #count = 0;
  #max = -0;

  add(wait: number): void {
    this.#sum.add(wait);
    this.#count++;
    if (wait > this.#max) this.#max = wait;
  }

  values(): readonly MetricValue[] {
    const none = this.#count === 0;
    return [
      { name: 'total-wait.mean', value: none ? null : toSeconds(this.#sum.value / this.#count) },
      { name: 'total-wait.max', value: none ? null : toSeconds(this.#max) },
    ];
  }
}
