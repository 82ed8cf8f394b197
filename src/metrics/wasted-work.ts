import { type Resource, toUnits, widthColumn } from '../base/amounts.ts';
import { Sum } from '../base/sum.ts';
import { toSeconds } from '../base/time.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';

/** Work that was done and lost. */
export const wastedWork: MetricDefinition = {
  name: 'wasted-work',
  parts: [],
  unit: 'cpu-s',
  better: 'lower',
  scopes: ['run'],
  summary: 'work that preemptions, and nodes that went down, made the cluster do again',
  formula: 'sum over preemptions and losses of work lost * cpus',
  source: 'own',
  edges:
    'of the whole run, whatever the warm-up; of the first resource where there are no cpus; the time that checkpoints take is not work',
  create: (context) => new WastedWork(context),
};

class WastedWork implements Metric {
  readonly #sum = new Sum();
  readonly #column: number;
  readonly #resource: Resource;

  constructor({ resources }: MetricContext) {
    this.#column = widthColumn(resources);
    this.#resource = resources[this.#column]!;
  }

  readFacts({ count, kind, lost, amount, resources }: FactLog): void {
    for (let row = 0; row < count; row++) {
      if ((kind[row] !== FactKind.preempted && kind[row] !== FactKind.lost) || lost[row] === 0) continue;
      const cpus = toUnits(amount[row * resources + this.#column]!, this.#resource);
      this.#sum.add(toSeconds(lost[row]!) * cpus);
    }
  }

  values(): readonly MetricValue[] {
    return [{ name: 'wasted-work', value: this.#sum.value }];
  }
}
