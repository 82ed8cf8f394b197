import type { ResourceCatalog } from '../base/amounts.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { StepMeans } from './step-means.ts';
import type { Windows } from './windows.ts';

/** Which part of each resource of the cluster a framework or role held. */
export const share: MetricDefinition = {
  name: 'share',
  parts: ['<resource>'],
  unit: 'ratio',
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
  // Rows: framework or role times resources, plus resource.
  readonly #frameworks: StepMeans;
  readonly #roles: StepMeans;

  constructor({ resources, ledger, windows }: MetricContext) {
    this.#resources = resources;
    this.#ledger = ledger;
    this.#windows = windows;
    this.#frameworks = new StepMeans(windows);
    this.#roles = new StepMeans(windows);
  }

  onTime(before: Time): void {
    const { changedFrameworks, changedRoles, view } = this.#ledger;
    const resources = this.#resources.length;
    for (let r = 0; r < resources; r++) {
      const capacity = view.totalCapacity(r);
      if (capacity === 0) continue;
      for (let i = 0; i < changedFrameworks.count; i++) {
        const row = changedFrameworks.rows[i]!;
        this.#frameworks.set(row * resources + r, view.frameworkUsed(row, r) / capacity, before);
      }
      for (let i = 0; i < changedRoles.count; i++) {
        const row = changedRoles.rows[i]!;
        this.#roles.set(row * resources + r, view.roleUsed(row, r) / capacity, before);
      }
    }
  }

  values(): readonly MetricValue[] {
    return [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#means(this.#frameworks, framework);
  }

  roleValues(role: RoleId): readonly MetricValue[] {
    return this.#means(this.#roles, role);
  }

  #means(means: StepMeans, row: number): readonly MetricValue[] {
    const { headline } = this.#windows;
    const end = this.#windows.end(headline);
    return this.#resources.map(({ name }, r) => {
      const integral = means.integral(row * this.#resources.length + r, end);
      const none = this.#ledger.view.totalCapacity(r) === 0;
      return { name: `share.${name}`, value: none ? null : this.#windows.mean(integral, headline) };
    });
  }
}
