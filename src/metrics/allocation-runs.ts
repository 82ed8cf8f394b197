import { toSeconds } from '../base/time.ts';
import { FactKind, type FactLog, isOfOffers, PolicyFactKind } from '../simulation/fact-log.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How often and how long a master deals out nodes. */
export const allocationRuns: MetricDefinition = {
  name: 'allocation-runs',
  parts: ['count', 'nodes', 'busy'],
  unit: 'runs',
  better: null,
  scopes: ['run'],
  summary:
    'runs in which a two-level master dealt out nodes; nodes that a run looked at on average; the part of the time they took',
  formula:
    'count; nodes: sum of nodes with something to offer / count; busy: sum of modelled run times / length of the run',
  source: 'Apache Mesos, docs/monitoring.md: allocator/mesos/allocation_runs, allocation_run_ms',
  edges:
    'of the whole run; runs that could not offer anything, as nothing had happened since the last, are left out; busy is 0 without `run-cost`; absent where nothing is offered',
  create: ({ windows }) => new AllocationRuns(() => windows.length('full')),
};

class AllocationRuns implements Metric {
  readonly #length: () => number;
  #count = 0;
  #nodes = 0;
  #cost = 0;
  #hasAny = false;

  constructor(length: () => number) {
    this.#length = length;
  }

  readFacts({ count, policies, kind, position, index, lost }: FactLog): void {
    if (policies === 0) return;
    for (let row = 0; row < count; row++) {
      if (kind[row] !== FactKind.policy) continue;
      this.#hasAny ||= isOfOffers(position[row]!);
      if (position[row] !== PolicyFactKind.allocationRun) continue;
      this.#count++;
      this.#nodes += index[row]!;
      this.#cost += lost[row]!;
    }
  }

  values(): readonly MetricValue[] {
    if (!this.#hasAny) return [];
    const length = this.#length();
    return [
      { name: 'allocation-runs.count', value: this.#count },
      { name: 'allocation-runs.nodes', value: this.#count === 0 ? null : this.#nodes / this.#count },
      { name: 'allocation-runs.busy', value: length === 0 ? null : toSeconds(this.#cost) / toSeconds(length) },
    ];
  }
}
