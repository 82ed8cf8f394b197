import type { Hasher } from '../base/hasher.ts';
import type { ComparedValue } from './comparison.ts';
import type { Settings } from './grid.ts';
import type { PlanEntry, PlanFile } from './plan-file.ts';
import { resultsDigest } from './results-digest.ts';
import type { RunLedger } from './run-ledger.ts';
import type { DoneRecord, FailedRecord } from './run-record.ts';
import { sampledValue } from './sampled-metric.ts';

/** One allocator under one combination of settings, over all seeds. */
export interface SweepCell {
  readonly allocator: string;
  readonly settings: Settings;
  /** Seeds that are done. */
  readonly seeds: number;
  readonly metrics: Readonly<Record<string, Omit<ComparedValue, 'allocator'>>>;
}

/** What `allot sweep --json` and `allot merge --json` print. */
export interface SweepResult {
  readonly schema: 'allot.sweep/1';
  readonly scenario: string;
  readonly plan: string;
  readonly confidence: number;
  readonly runs: { readonly planned: number; readonly done: number; readonly failed: number; readonly missing: number };
  readonly allocators: readonly string[];
  readonly seeds: readonly string[];
  readonly axes: PlanFile['axes'];
  readonly cells: readonly SweepCell[];
  readonly failures: readonly FailedRecord[];
  /** Over all runs; null as long as one of them is not done. */
  readonly digest: string | null;
  readonly command: string;
}

/** How a sweep is summed up. */
export interface SumUp {
  readonly metrics: readonly string[];
  readonly confidence: number;
  readonly sha256: () => Hasher;
}

/** Sums up what is done of a plan. */
export function sweepResult(plan: PlanFile, ledger: RunLedger, { metrics, confidence, sha256 }: SumUp): SweepResult {
  const done = plan.runs.flatMap(({ run }) => ledger.done.get(run) ?? []);
  const failures = plan.runs.flatMap(({ run }) => ledger.failed.get(run) ?? []);
  const planned = plan.runs.length;
  return {
    ...{ schema: 'allot.sweep/1', scenario: plan.scenario, plan: plan.plan, confidence },
    runs: { planned, done: done.length, failed: failures.length, missing: planned - done.length - failures.length },
    ...{ allocators: plan.allocators, seeds: plan.seeds, axes: plan.axes },
    cells: [...cellsOf(plan.runs).values()].map((entries) => cell(entries, ledger, metrics, confidence)),
    failures,
    digest: done.length === planned ? resultsDigest(done, sha256) : null,
    command: plan.command,
  };
}

/** Gives the runs that differ by their seed alone, in the order of the plan. */
function cellsOf(runs: readonly PlanEntry[]): Map<string, PlanEntry[]> {
  const cells = new Map<string, PlanEntry[]>();
  for (const entry of runs) {
    const key = JSON.stringify([entry.label, entry.settings]);
    const own = cells.get(key);
    if (own === undefined) cells.set(key, [entry]);
    else own.push(entry);
  }
  return cells;
}

function cell(
  entries: readonly PlanEntry[],
  ledger: RunLedger,
  metrics: readonly string[],
  confidence: number,
): SweepCell {
  const done = entries.flatMap(({ run }): DoneRecord[] =>
    [ledger.done.get(run)].filter((found) => found !== undefined),
  );
  const { label, settings } = entries[0]!;
  const values = metrics.map((metric) => {
    const sample = { allocator: label, values: done.map((record) => record.metrics[metric] ?? null) };
    const { allocator: _allocator, ...value } = sampledValue(sample, confidence);
    return [metric, value] as const;
  });
  return { allocator: label, settings, seeds: done.length, metrics: Object.fromEntries(values) };
}
