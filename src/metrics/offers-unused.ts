import { type Resource, toUnits, widthColumn } from '../base/amounts.ts';
import type { FrameworkId } from '../base/ids.ts';
import { toSeconds } from '../base/time.ts';
import { FactKind, type FactLog, isOfOffers, PolicyFactKind } from '../simulation/fact-log.ts';
import { FrameworkSums } from './framework-sums.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';

/** What lay in offers and was given back. */
export const offersUnused: MetricDefinition = {
  name: 'offers-unused',
  parts: [],
  unit: 'cpu-s',
  better: 'lower',
  scopes: ['run', 'framework'],
  summary: 'what frameworks were offered and gave back, or had to, times how long they had kept it from others',
  formula: 'sum over offers declined, rescinded or used in part of cpus not used * (answer - offer)',
  source: 'own',
  edges:
    'of the whole run; of the first resource where there are no cpus; 0 where every answer comes at once; absent where nothing is offered',
  create: (context) => new OffersUnused(context),
};

const GIVEN_BACK: readonly number[] = [PolicyFactKind.declined, PolicyFactKind.rescinded, PolicyFactKind.unused];

class OffersUnused implements Metric {
  readonly #sums = new FrameworkSums();
  readonly #column: number;
  readonly #resource: Resource;
  #hasAny = false;

  constructor({ resources }: MetricContext) {
    this.#column = widthColumn(resources);
    this.#resource = resources[this.#column]!;
  }

  readFacts({ count, policies, kind, position, framework, lost, amount, resources }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      this.#hasAny ||= isOfOffers(position[row]!);
      if (!GIVEN_BACK.includes(position[row]!)) continue;
      const units = toUnits(amount[row * resources + this.#column]!, this.#resource);
      this.#sums.add(framework[row]!, units * toSeconds(lost[row]!));
    }
  }

  values(): readonly MetricValue[] {
    return this.#hasAny ? [{ name: 'offers-unused', value: this.#sums.total }] : [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#hasAny ? [{ name: 'offers-unused', value: this.#sums.of(framework) }] : [];
  }
}
