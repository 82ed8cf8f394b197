import type { Goal } from '../metrics/metric.ts';
import type { Interval } from './statistics/bca-interval.ts';

/**
 * What the intervals of a comparison are over.
 *
 * seeds: independent runs on common random numbers; weeks: blocks of one run in which nothing is random; none: one run.
 */
export type Sampling = 'seeds' | 'weeks' | 'none';

/** One metric under one allocator. */
export interface ComparedValue {
  readonly allocator: string;
  /** Mean over the runs in which the metric is defined; null if it is in none. */
  readonly mean: number | null;
  readonly half_width: number | null;
  /** Bounds of the interval, which need not lie evenly; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly deviation: number | null;
  /** Runs in which the metric is defined. */
  readonly count: number;
}

/** How two allocators differ on one metric. */
export interface ComparedPair {
  readonly a: string;
  readonly b: string;
  /** a - b, paired by seed or week. */
  readonly difference: { readonly mean: number; readonly half_width: number | null } | null;
  /** Half width of the difference if the two had run on random numbers of their own. */
  readonly unpaired_half_width: number | null;
  /** Mean of a over mean of b; null where that is not bounded. */
  readonly ratio: Interval | null;
  /** Of the paired t test, with two sides; null where there is no test. */
  readonly p: number | null;
  /** The same, raised for all pairs of this metric after Holm. */
  readonly p_holm: number | null;
  /** same: equal in every run; different: beyond chance, or in a single run; open: it may be chance. */
  readonly verdict: 'same' | 'different' | 'open';
}

/** One metric under all allocators. */
export interface ComparedMetric {
  readonly metric: string;
  readonly unit: string;
  readonly better: Goal;
  readonly values: readonly ComparedValue[];
  readonly pairs: readonly ComparedPair[];
  /** The best allocator and those that cannot be told from it; empty where none is better, or all are the same. */
  readonly best: readonly string[];
}

/** What `allot compare --json` prints. */
export interface Comparison {
  readonly schema: 'allot.comparison/1';
  readonly scenario: string;
  readonly confidence: number;
  readonly seeds: readonly string[];
  readonly sampling: Sampling;
  /** How many independent pieces intervals are made of. */
  readonly samples: number;
  readonly allocators: readonly ComparedAllocator[];
  readonly metrics: readonly ComparedMetric[];
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
  readonly thresholds: readonly ComparedThreshold[];
  /** SHA-256 over what came of all runs. */
  readonly digest: string;
  readonly reproduce: string;
}

/** One allocator and its runs. */
export interface ComparedAllocator {
  readonly label: string;
  /** With every option. */
  readonly allocator: Readonly<Record<string, unknown>>;
  readonly runs: readonly { readonly seed: string; readonly digest: string; readonly schedule_digest: string }[];
}

/** One threshold, held against the mean of one allocator. */
export interface ComparedThreshold {
  readonly allocator: string;
  readonly metric: string;
  readonly expected: string;
  readonly value: number | null;
  readonly pass: boolean;
}
