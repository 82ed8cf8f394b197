import { openStream } from '../base/random.ts';
import type { ComparedPair, ComparedValue } from './comparison.ts';
import type { Weeks } from './measure-run.ts';
import { bcaInterval, type Interval } from './statistics/bca-interval.ts';

/** One metric of the single run of one allocator; weeks are given where the metric is known by week. */
export interface SingleRun {
  readonly allocator: string;
  readonly value: number | null;
  readonly weeks: Weeks | null;
}

/** How intervals over weeks are asked for. */
export interface WeeklyAsk {
  readonly metric: string;
  readonly confidence: number;
  /** Seed of the drawing of weeks. */
  readonly seed: string;
}

/** Fewer weeks than this say nothing of others. */
export const FEWEST_WEEKS = 8;

/** Gives the value of a single run, with the interval that drawing its weeks anew gives. */
export function weeklyValue({ allocator, value, weeks }: SingleRun, ask: WeeklyAsk): ComparedValue {
  const interval = weeks && bootstrap([weeks], ask, ask.confidence, ([own]) => own!.sum / own!.jobs);
  return {
    allocator,
    mean: value,
    half_width: interval && (interval.high - interval.low) / 2,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    deviation: null,
    count: value === null ? 0 : 1,
  };
}

/**
 * Compares all pairs of single runs; where weeks are known, two differ if the interval of their ratio leaves out 1,
 * at a confidence that is raised for the number of pairs (Bonferroni). Else the values are what they are.
 */
export function weeklyPairs(runs: readonly SingleRun[], ask: WeeklyAsk): ComparedPair[] {
  const count = (runs.length * (runs.length - 1)) / 2;
  return runs.flatMap((a, i) => runs.slice(i + 1).map((b) => pairOf(a, b, ask, count)));
}

function pairOf(a: SingleRun, b: SingleRun, ask: WeeklyAsk, pairs: number): ComparedPair {
  const names = { a: a.allocator, b: b.allocator, p: null, p_holm: null, unpaired_half_width: null };
  if (a.value === null || b.value === null) return { ...names, difference: null, ratio: null, verdict: 'open' };
  if (a.value === b.value) {
    return { ...names, difference: { mean: 0, half_width: null }, ratio: null, verdict: 'same' };
  }
  const mean = a.value - b.value;
  if (a.weeks === null || b.weeks === null) {
    const single = { value: a.value / b.value, low: a.value / b.value, high: a.value / b.value };
    const ratio = b.value === 0 ? null : single;
    return { ...names, difference: { mean, half_width: null }, ratio, verdict: 'different' };
  }
  const both = [a.weeks, b.weeks];
  const difference = bootstrap(both, ask, ask.confidence, ([x, y]) => x!.sum / x!.jobs - y!.sum / y!.jobs);
  const raised = bootstrap(
    both,
    ask,
    1 - (1 - ask.confidence) / pairs,
    ([x, y]) => x!.sum / x!.jobs - y!.sum / y!.jobs,
  );
  const ratio = bootstrap(both, ask, ask.confidence, ([x, y]) => (x!.sum * y!.jobs) / (x!.jobs * y!.sum));
  return {
    ...names,
    difference: { mean, half_width: (difference.high - difference.low) / 2 },
    ratio: Number.isFinite(ratio.high) ? ratio : null,
    verdict: raised.low > 0 || raised.high < 0 ? 'different' : 'open',
  };
}

/** Sums of a sample of weeks. */
interface Totals {
  readonly sum: number;
  readonly jobs: number;
}

/** Draws the same weeks of all runs together. */
function bootstrap(
  runs: readonly Weeks[],
  { metric, seed }: WeeklyAsk,
  confidence: number,
  figure: (totals: readonly Totals[]) => number,
): Interval {
  const kept = busyWeeks(runs);
  return bcaInterval({
    count: kept.length,
    statistic: (sample) => figure(runs.map((weeks) => totals(weeks, metric, kept, sample))),
    confidence,
    random: openStream(seed, `experiment/weeks/${metric}`),
  });
}

function totals({ jobs, sums }: Weeks, metric: string, kept: readonly number[], sample: ArrayLike<number>): Totals {
  const weekly = sums[metric]!;
  let [sum, count] = [0, 0];
  for (let i = 0; i < sample.length; i++) {
    const week = kept[sample[i]!]!;
    sum += weekly[week]!;
    count += jobs[week]!;
  }
  return { sum, jobs: count };
}

/** Gives the weeks in which every run has jobs. */
export function busyWeeks(runs: readonly Weeks[]): number[] {
  return [...runs[0]!.jobs.keys()].filter((week) => runs.every(({ jobs }) => (jobs[week] ?? 0) > 0));
}
