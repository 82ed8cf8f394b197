import type { Goal } from '../metrics/metric.ts';
import { goalOf } from '../metrics/registry.ts';
import type { CheckReport } from '../report/check-report.ts';
import { formatNumber } from '../report/quantity.ts';
import type { Baseline } from './baseline.ts';
import { unitOf } from './choose-metrics.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';
import type { DoneRecord } from './run-record.ts';
import { holm } from './statistics/holm.ts';
import { meanOf } from './statistics/mean-interval.ts';
import { pairedDifference } from './statistics/paired-difference.ts';

/** How one metric stands against its baseline. */
export interface BaselineChange {
  readonly metric: string;
  readonly unit: string;
  readonly better: Goal;
  /** Means over the seeds in which both are defined; null where there are none. */
  readonly before: number | null;
  readonly after: number | null;
  /** after - before, paired by seed. */
  readonly difference: { readonly mean: number; readonly half_width: number | null } | null;
  /** Of the paired t test, raised for all metrics after Holm; null where there is no test. */
  readonly p_holm: number | null;
  /** lost: it was defined and is no more. */
  readonly verdict: 'same' | 'better' | 'worse' | 'changed' | 'open' | 'tolerated' | 'lost';
}

/** What `allot baseline check --json` prints. */
export interface BaselineCheck {
  readonly schema: 'allot.baseline-check/1';
  readonly scenario: string;
  readonly confidence: number;
  readonly tolerance: number;
  readonly seeds: readonly string[];
  /** Seeds whose schedule is the one it was. */
  readonly unchanged: number;
  readonly changes: readonly BaselineChange[];
  readonly pass: boolean;
  readonly reproduce: string;
}

/** How a check is made. */
export interface CheckAsk {
  readonly confidence: number;
  /** Worse by no more than this part of the baseline's mean is let pass. */
  readonly tolerance: number;
  readonly reproduce: string;
}

/** Holds runs of today against a baseline, seed by seed; records stand in the order of its runs. */
export function checkBaseline(baseline: Baseline, records: readonly DoneRecord[], ask: CheckAsk): BaselineCheck {
  const metrics = Object.keys(baseline.runs[0]!.metrics);
  const compared = metrics.map((metric) => pairsOf(metric, baseline, records));
  const tests = compared.map(({ before, after }) =>
    before.length === 0 ? null : pairedDifference(after, before, ask.confidence),
  );
  const raised = holm(tests.map((test) => test?.p ?? 1));
  const changes = compared.map(({ metric, before, after, isLost }, i): BaselineChange => {
    const test = tests[i]!;
    const head = { metric, unit: unitOf(metric), better: goalOf(metric) };
    if (test === null || isLost) {
      const none = { before: null, after: null, difference: null, p_holm: null };
      return { ...head, ...none, verdict: isLost ? 'lost' : 'same' };
    }
    const p = test.p === null ? null : raised[i]!;
    return {
      ...head,
      before: meanOf(before),
      after: meanOf(after),
      difference: { mean: test.mean, half_width: test.halfWidth },
      p_holm: p,
      verdict: before.every((value, k) => value === after[k])
        ? 'same'
        : verdictOf(head.better, test.mean, p, meanOf(before), ask),
    };
  });
  return {
    ...{ schema: 'allot.baseline-check/1', scenario: baseline.scenario },
    ...{ confidence: ask.confidence, tolerance: ask.tolerance },
    seeds: baseline.runs.map(({ seed }) => seed),
    unchanged: baseline.runs.filter((run, i) => run.schedule_digest === records[i]!.schedule_digest).length,
    changes,
    pass: changes.every(({ verdict }) => verdict !== 'worse' && verdict !== 'lost'),
    reproduce: ask.reproduce,
  };
}

interface Pairs {
  readonly metric: string;
  readonly before: number[];
  readonly after: number[];
  readonly isLost: boolean;
}

function pairsOf(metric: string, baseline: Baseline, records: readonly DoneRecord[]): Pairs {
  const pairs: Pairs = { metric, before: [], after: [], isLost: false };
  let isLost = false;
  for (const [i, run] of baseline.runs.entries()) {
    const [before, after] = [run.metrics[metric] ?? null, records[i]!.metrics[metric] ?? null];
    if (before !== null && after === null) isLost = true;
    if (before === null || after === null) continue;
    pairs.before.push(before);
    pairs.after.push(after);
  }
  return { ...pairs, isLost };
}

/** A single seed has no chance in it that could be tested: any change counts. */
function verdictOf(
  better: Goal,
  mean: number,
  p: number | null,
  before: number,
  { confidence, tolerance }: CheckAsk,
): BaselineChange['verdict'] {
  if (p !== null && p >= 1 - confidence) return 'open';
  if (better === null) return 'changed';
  const isBetter = better === 'lower' ? mean < 0 : mean > 0;
  if (isBetter) return 'better';
  return Math.abs(mean) <= tolerance * Math.abs(before) ? 'tolerated' : 'worse';
}

const WORDS: Readonly<Record<BaselineChange['verdict'], string>> = {
  same: 'the same',
  better: 'better',
  worse: 'worse',
  changed: 'changed',
  open: 'may be chance',
  tolerated: 'worse, within the tolerance',
  lost: 'no longer defined',
};

/** Gives what a check tells other programs and people: a check and a row of figures for each metric. */
export function baselineReport(check: BaselineCheck): CheckReport {
  const { changes, seeds, unchanged, confidence, tolerance } = check;
  const rows = changes.map(({ metric, unit, before, after, difference, verdict }) => {
    const scale = scaleFor([before, after], unit);
    const by = difference === null ? '-' : formatWithError(difference.mean, difference.half_width, scale);
    const name = `${metric} ${scale.name}`.trimEnd();
    return [name, formatWithError(before, null, scale), formatWithError(after, null, scale), by, WORDS[verdict]];
  });
  const slack = tolerance === 0 ? '' : `, ${formatNumber(tolerance * 100)} % tolerated`;
  return {
    title: `${check.scenario}: against its baseline`,
    checks: changes.map(({ metric, verdict }, i) => ({
      ...{ group: '', name: metric, expected: 'no worse than the baseline' },
      found: `${WORDS[verdict]} (${rows[i]![3]})`,
      pass: verdict !== 'worse' && verdict !== 'lost',
    })),
    notes: [
      unchanged === seeds.length
        ? `the schedules of all ${seeds.length} seeds are the same as before`
        : `the schedules of ${seeds.length - unchanged} of ${seeds.length} seeds have changed`,
      `paired by seed, ${formatNumber(confidence * 100)} % over all metrics (Holm)${slack}`,
    ],
    figures: { head: ['', 'before', 'now', 'difference', ''], rows },
    reproduce: check.reproduce,
  };
}
