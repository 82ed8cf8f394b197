import type { FrameworkId, RoleId } from '../base/ids.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { StepMeans } from './step-means.ts';
import type { TimeAverages } from './time-averages.ts';
import type { Windows } from './windows.ts';

/** How large a share of the cluster a framework or role had, by its dominant resource. */
export const dominantShare: MetricDefinition = {
  name: 'dominant-share',
  parts: ['mean'],
  unit: 'ratio',
  better: null,
  scopes: ['framework', 'role'],
  summary: 'time average of the largest fraction of any resource that is held',
  formula: 'integral of max_r(held_r / capacity_r) dt / window',
  source: 'Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4.1',
  edges: 'a role counts with all below it; 0 where nothing was held; null for an empty window',
  create: (context) => new DominantShare(context),
};

class DominantShare implements Metric {
  readonly #windows: Windows;
  readonly #averages: TimeAverages;

  constructor({ averages, windows }: MetricContext) {
    this.#windows = windows;
    this.#averages = averages;
  }

  values(): readonly MetricValue[] {
    return [];
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#mean(this.#averages.dominantShares, framework);
  }

  roleValues(role: RoleId): readonly MetricValue[] {
    return this.#mean(this.#averages.roleDominantShares, role);
  }

  #mean(means: StepMeans, row: number): readonly MetricValue[] {
    const { headline } = this.#windows;
    const value = this.#windows.mean(means.integral(row, this.#windows.end(headline)), headline);
    return [{ name: 'dominant-share.mean', value }];
  }
}
