import type { FrameworkId } from '../base/ids.ts';
import { FactKind, type FactLog, PolicyFactKind } from '../simulation/fact-log.ts';
import { FrameworkSums } from './framework-sums.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How many tasks start beside their data. */
export const locality: MetricDefinition = {
  name: 'locality',
  parts: [],
  unit: 'ratio',
  better: 'higher',
  scopes: ['run', 'framework'],
  summary: 'the part of the starts that are on a node which has the data of the task',
  formula: 'local starts / (local + remote starts)',
  source: 'Zaharia et al., Delay scheduling, EuroSys 2010, section 5',
  edges:
    'of the whole run, of tasks whose scheduler knows where their data lie; null for a framework without such, absent where there are none',
  create: () => new Locality(),
};

class Locality implements Metric {
  readonly #local = new FrameworkSums();
  readonly #remote = new FrameworkSums();

  readFacts({ count, policies, kind, position, framework }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      if (position[row] === PolicyFactKind.local) this.#local.add(framework[row]!, 1);
      else if (position[row] === PolicyFactKind.remote) this.#remote.add(framework[row]!, 1);
    }
  }

  values(): readonly MetricValue[] {
    return this.#of(this.#local.total, this.#remote.total);
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#of(this.#local.of(framework), this.#remote.of(framework));
  }

  #of(local: number, remote: number): readonly MetricValue[] {
    if (this.#local.total + this.#remote.total === 0) return [];
    return [{ name: 'locality', value: local + remote === 0 ? null : local / (local + remote) }];
  }
}
