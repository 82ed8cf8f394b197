import type { ResourceCatalog } from '../base/amounts.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { Sum } from '../base/sum.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { TimeAverages } from './time-averages.ts';
import type { Windows } from './windows.ts';

/** Which part of each resource of the cluster a framework or role held. */
export const share: MetricDefinition = {
  name: 'share',
  parts: ['<resource>'],
  unit: 'ratio',
  better: null,
  scopes: ['framework', 'role'],
  summary: "time average of the fraction of the cluster's capacity that is held",
  formula: 'integral of held / capacity dt / window',
  source: 'Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4.1',
  edges: 'a role counts with all below it; null for an empty window or a resource of which there is none',
  create: (context) => new Share(context),
};

class Share implements Metric {
  readonly #resources: ResourceCatalog;
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #averages: TimeAverages;

  constructor({ resources, averages, ledger, windows }: MetricContext) {
    this.#resources = resources;
    this.#ledger = ledger;
    this.#windows = windows;
    this.#averages = averages;
  }

  values(): readonly MetricValue[] {
    return [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#sums([framework]);
  }

  /** What a role holds is what its frameworks and those of the roles below it hold. */
  roleValues(role: RoleId): readonly MetricValue[] {
    return this.#sums(this.#ledger.frameworksWithin(role));
  }

  #sums(frameworks: readonly FrameworkId[]): readonly MetricValue[] {
    const { headline } = this.#windows;
    const end = this.#windows.end(headline);
    return this.#resources.map(({ name }, r) => {
      const none = this.#ledger.view.totalCapacity(r) === 0;
      const integral = new Sum();
      for (const f of frameworks) integral.add(this.#averages.shares.integral(f * this.#resources.length + r, end));
      return { name: `share.${name}`, value: none ? null : this.#windows.mean(integral.value, headline) };
    });
  }
}
