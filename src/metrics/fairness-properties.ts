import type { Time } from '../base/time.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { FairnessGauge } from './fairness-gauge.ts';
import { FairnessOfOneResource } from './fairness-of-one-resource.ts';
import { FairnessOfResources } from './fairness-of-resources.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import { StepMeans } from './step-means.ts';
import { UserBundles } from './user-bundles.ts';
import type { Windows } from './windows.ts';

const PARTS = ['envy', 'sharing-incentive', 'pareto'] as const;

/** How far a schedule is from what fair divisions promise: nobody envies, nobody loses by sharing, nothing is left over. */
export const fairnessProperties: MetricDefinition = {
  name: 'fairness',
  parts: PARTS,
  unit: 'ratio',
  scopes: ['run'],
  summary:
    'time averages, over the time in which someone has queued tasks and two users at least are active, of: the most ' +
    'dominant share that a user with queued tasks would gain by having what another one holds, weights considered; the ' +
    'largest part that one with queued tasks lacks of what its part of the cluster would hold; and whether what is free ' +
    'would hold another mean task of one with queued tasks',
  formula:
    'envy: max over u, v of max(0, U_u(h_v * w_u / w_v) - U_u(h_u)), U_u(h) = min_r(h_r / D_ur) * max_r(D_ur / C_r); ' +
    'sharing-incentive: max over u of max(0, 1 - s_u / (w_u / sum w)); pareto: 1 where free_r >= d_ur for all r and some u. ' +
    'h: what is held; D: all that is running and queued; d: the mean of the queued tasks; s: dominant share; u: users with ' +
    'queued tasks; v and the sum: active users',
  source:
    'own; the properties are those of Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 3, on pooled capacity',
  edges:
    'null if there is never such a time; a share counts as no more than all that the user has running and queued, so who ' +
    'has queued less than its part lacks only that; what demands nothing at all is left out of envy',
  create: (context) => new FairnessProperties(context),
};

/** The part of the steps that are exact which is taken from one doubling of the spacing to the next. */
const SAMPLED_PART = 0.075;

/** Row of the time in which the values are defined, behind those of the parts. */
const DEFINED = PARTS.length;

/** The accumulator of {@link fairnessProperties}. */
export class FairnessProperties implements Metric {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #bundles: UserBundles;
  readonly #gauge: FairnessGauge;
  readonly #means: StepMeans;
  readonly #exactSteps: number;
  #stepLimit: number;
  #changed = false;
  #looks = 0;
  #first = Number.NaN;
  /** Zero while there is a look at every change. */
  #spacing = -0;
  #next = Number.NEGATIVE_INFINITY;

  /** @param exactSteps steps of the gauge up to which there is a look at every change; its own unless given. */
  constructor({ resources, ledger, windows }: MetricContext, exactSteps?: number) {
    this.#ledger = ledger;
    this.#windows = windows;
    this.#bundles = new UserBundles(resources.length, ledger);
    const Gauge = resources.length === 1 ? FairnessOfOneResource : FairnessOfResources;
    this.#gauge = new Gauge(ledger, this.#bundles);
    this.#exactSteps = exactSteps ?? this.#gauge.exactSteps;
    this.#stepLimit = this.#exactSteps;
    this.#means = new StepMeans(windows);
  }

  note(facts: FactLog, row: number): void {
    this.#bundles.note(facts, row);
  }

  settle(before: Time, now: Time): void {
    if (this.#ledger.changed) this.#changed = true;
    if (!this.#changed || now <= this.#next || now <= this.#windows.warm) return;
    this.#changed = false;
    const time = Math.max(before, this.#next);
    this.#look(time);
    if (this.#looks++ === 0) this.#first = time;
    if (this.#gauge.steps > this.#stepLimit) {
      this.#spacing = this.#spacing > 0 ? 2 * this.#spacing : (2 * (time - this.#first)) / this.#looks;
      this.#stepLimit = this.#gauge.steps + SAMPLED_PART * this.#exactSteps;
    }
    if (this.#spacing > 0) this.#next = time + this.#spacing;
  }

  values(): readonly MetricValue[] {
    const end = this.#windows.end(this.#windows.headline);
    const time = this.#means.integral(DEFINED, end);
    return PARTS.map((part, row) => ({
      name: `fairness.${part}`,
      value: time > 0 ? this.#means.integral(row, end) / time : null,
      ...(this.#spacing > 0 && { approximate: 'sampled' }),
    }));
  }

  #look(time: Time): void {
    const gauge = this.#gauge;
    const means = this.#means;
    const isDefined = gauge.look();
    means.set(DEFINED, isDefined ? 1 : 0, time);
    means.set(0, isDefined ? gauge.envy : 0, time);
    means.set(1, isDefined ? gauge.missing : 0, time);
    means.set(2, isDefined && gauge.hasRoom ? 1 : 0, time);
  }
}
