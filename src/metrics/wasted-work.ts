import { type Resource, toUnits } from '../base/amounts.ts';
import { Sum } from '../base/sum.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { ObservedRun } from '../simulation/observer.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';

/** Work that was done and lost. */
export const wastedWork: MetricDefinition = {
  name: 'wasted-work',
  parts: [],
  unit: 'cpu-s',
  scopes: ['run'],
  summary: 'work that preemptions made the cluster do again',
  formula: 'sum over preemptions of work lost * cpus',
  source: 'own',
  edges:
    'of the whole run, whatever the warm-up; of the first resource where there are no cpus; the time that checkpoints take is not work',
  create: (context) => new WastedWork(context),
};

class WastedWork implements Metric {
  readonly #sum = new Sum();
  readonly #column: number;
  readonly #resource: Resource;
  #view: ClusterView | undefined;

  constructor({ resources }: MetricContext) {
    this.#column = Math.max(
      0,
      resources.findIndex(({ name }) => name === 'cpus'),
    );
    this.#resource = resources[this.#column]!;
  }

  onStart(run: ObservedRun): void {
    this.#view = run.view;
  }

  onTaskPreempted(_time: Time, task: number, _node: number, lost: Time): void {
    if (lost > 0) this.#sum.add(toSeconds(lost) * toUnits(this.#view!.demand(task, this.#column), this.#resource));
  }

  values(): readonly MetricValue[] {
    return [{ name: 'wasted-work', value: this.#sum.value }];
  }
}
