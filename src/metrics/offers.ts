import type { FrameworkId } from '../base/ids.ts';
import { FactKind, type FactLog, isOfOffers, PolicyFactKind } from '../simulation/fact-log.ts';
import { FrameworkSums } from './framework-sums.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

const PARTS = ['made', 'accepted', 'declined', 'rescinded', 'filtered'] as const;
const KINDS = [
  PolicyFactKind.offered,
  PolicyFactKind.accepted,
  PolicyFactKind.declined,
  PolicyFactKind.rescinded,
  PolicyFactKind.filtered,
] as const;

/** What became of offers. */
export const offers: MetricDefinition = {
  name: 'offers',
  parts: PARTS,
  unit: 'offers',
  better: null,
  scopes: ['run', 'framework'],
  summary: 'offers that a two-level master has made, and what became of them',
  formula:
    'made: offers, one a node and framework; filtered: how often a filter kept a framework from being offered a node',
  source: 'Apache Mesos, docs/monitoring.md: master/frameworks/*/offers/*',
  edges:
    'of the whole run, whatever the warm-up; absent where nothing is offered; filtered is of the run alone; nodes that everyone is known to refuse are not asked again and not counted',
  create: () => new Offers(),
};

class Offers implements Metric {
  readonly #counts = KINDS.map(() => new FrameworkSums());
  #hasAny = false;

  readFacts({ count, policies, kind, position, framework, index }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      this.#hasAny ||= isOfOffers(position[row]!);
      const column = KINDS.indexOf(position[row]! as (typeof KINDS)[number]);
      if (column >= 0) this.#counts[column]!.add(framework[row]!, index[row]!);
    }
  }

  values(): readonly MetricValue[] {
    return this.#hasAny ? PARTS.map((part, i) => ({ name: `offers.${part}`, value: this.#counts[i]!.total })) : [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    if (!this.#hasAny) return [];
    return PARTS.slice(0, -1).map((part, i) => ({ name: `offers.${part}`, value: this.#counts[i]!.of(framework) }));
  }
}
