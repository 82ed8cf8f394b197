import type { FrameworkId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import { FactKind, type FactLog, isOfOffers, PolicyFactKind } from '../simulation/fact-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How long newcomers wait for the first offer. */
export const firstOffer: MetricDefinition = {
  name: 'first-offer',
  parts: ['mean', 'max'],
  unit: 's',
  better: 'lower',
  scopes: ['run', 'framework'],
  summary: 'time from the first registration of a framework with a two-level master to the first offer to it',
  formula: 'mean and max over frameworks of (first offer - first registration)',
  source: 'own',
  edges:
    'of the whole run; frameworks that were never offered anything are left out; of a framework both are its own; null where nobody was, absent where nothing is offered',
  create: () => new FirstOffer(),
};

class FirstOffer implements Metric {
  readonly #registered = new Map<FrameworkId, Time>();
  readonly #waited = new Map<FrameworkId, Time>();
  #hasAny = false;

  readFacts({ count, policies, kind, position, framework, time }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      this.#hasAny ||= isOfOffers(position[row]!);
      const who = framework[row]!;
      if (position[row] === PolicyFactKind.subscribed) {
        if (!this.#registered.has(who)) this.#registered.set(who, time[row]!);
      } else if (position[row] === PolicyFactKind.offered && !this.#waited.has(who)) {
        this.#waited.set(who, time[row]! - this.#registered.get(who)!);
      }
    }
  }

  values(): readonly MetricValue[] {
    return this.#of([...this.#waited.values()]);
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    const waited = this.#waited.get(framework);
    return this.#of(waited === undefined ? [] : [waited]);
  }

  #of(waited: readonly Time[]): readonly MetricValue[] {
    if (!this.#hasAny) return [];
    const mean = waited.length === 0 ? null : toSeconds(waited.reduce((sum, one) => sum + one, 0) / waited.length);
    const max = waited.length === 0 ? null : toSeconds(waited.reduce((most, one) => Math.max(most, one), 0));
    return [
      { name: 'first-offer.mean', value: mean },
      { name: 'first-offer.max', value: max },
    ];
  }
}
