import { FactKind, type FactLog, PolicyFactKind } from '../simulation/fact-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How passes that plan by linear programs went. */
export const lp: MetricDefinition = {
  name: 'lp',
  parts: ['passes', 'solves', 'fallbacks', 'floors-missed'],
  unit: 'runs',
  better: { fallbacks: 'lower', 'floors-missed': 'lower' },
  scopes: ['run'],
  summary:
    'passes that were planned by linear programs; programs solved for them; passes without a plan, as the solver had no answer; plans that could not give a role its floor',
  formula: 'passes: those with a plan and those without; the other parts: counts',
  source: 'what this project counts of its own policies',
  edges: 'of the whole run, whatever the warm-up; a pass with nothing to plan counts for nothing; absent without plans',
  create: () => new PlanningPasses(),
};

class PlanningPasses implements Metric {
  #planned = 0;
  #solves = 0;
  #fallbacks = 0;
  #missed = 0;

  readFacts({ count, policies, kind, position, index }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      if (position[row] === PolicyFactKind.solved) {
        this.#planned++;
        this.#solves += index[row]!;
      } else if (position[row] === PolicyFactKind.solverFailed) this.#fallbacks++;
      else if (position[row] === PolicyFactKind.floorMissed) this.#missed++;
    }
  }

  values(): readonly MetricValue[] {
    const passes = this.#planned + this.#fallbacks;
    if (passes === 0) return [];
    return [
      { name: 'lp.passes', value: passes },
      { name: 'lp.solves', value: this.#solves },
      { name: 'lp.fallbacks', value: this.#fallbacks },
      { name: 'lp.floors-missed', value: this.#missed },
    ];
  }
}
