import type { ResourceCatalog } from '../base/amounts.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { FactLog } from '../simulation/fact-log.ts';
import type { Observer } from '../simulation/observer.ts';
import type { JobLog } from './job-log.ts';
import type { Ledger } from './ledger.ts';
import type { TimeAverages } from './time-averages.ts';
import type { WindowName, Windows } from './windows.ts';

/** Unit of a metric's values. */
export type Unit = 's' | 'ratio' | 'jobs' | 'tasks' | 'jobs/s' | 'cpu-s' | 'offers' | 'runs';

/** Which way a value is better; null where neither is. */
export type Goal = 'lower' | 'higher' | null;

/** What a value describes: the whole run, one framework, or one role. */
export type Scope = 'run' | 'framework' | 'role';

/**
 * Accumulates one quantity over the facts of a run, in bounded memory.
 *
 * The methods yield the flat names that reports and thresholds use (`wait.mean`, `wait.p95`, …) with a number, or null
 * where the quantity is not defined; never NaN. They may be called after `onEnd`.
 */
export interface Metric extends Pick<Observer, 'onStart' | 'readFacts' | 'onEnd'> {
  /** Notes a fact when the ledger has; of metrics that look at the ledger between facts. */
  note?(facts: FactLog, row: number): void;
  /** The ledger has settled this interval; with {@link note}. */
  settle?(before: Time, now: Time): void;
  /** Values of the whole run, over the headline window. */
  values(): readonly MetricValue[];
  frameworkValues?(framework: FrameworkId): readonly MetricValue[];
  roleValues?(role: RoleId): readonly MetricValue[];
  /** Values of the whole run over one window; of metrics that are reported window by window. */
  windowValues?(window: WindowName): readonly MetricValue[];
}

export interface MetricValue {
  readonly name: string;
  readonly value: number | null;
  /** How the value is approximate, where it is. */
  readonly approximate?: string;
}

/** What a metric is made with; all but the resources are told of each fact before any metric is. */
export interface MetricContext {
  readonly resources: ResourceCatalog;
  readonly windows: Windows;
  readonly ledger: Ledger;
  /** What metrics of time are made of. */
  readonly averages: TimeAverages;
  /** Metrics of jobs add themselves as readers. */
  readonly jobs: JobLog;
}

/** What a metric's file exports; `registry.ts` lists them. */
export interface MetricDefinition {
  readonly name: string;
  /** What follows the name and a dot: `mean`, or `<resource>` for one value a resource; empty for the bare name. */
  readonly parts: readonly string[];
  readonly unit: Unit;
  /** Which way its values are better; by part where parts differ, and null for those that are not named. */
  readonly better: Goal | Readonly<Record<string, Goal>>;
  readonly scopes: readonly Scope[];
  readonly summary: string;
  readonly formula: string;
  /** Paper and section, or whose definition it is. */
  readonly source: string;
  /** What holds where the formula says nothing. */
  readonly edges: string;
  create(context: MetricContext): Metric;
}
