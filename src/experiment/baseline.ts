import { ScenarioError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { DoneRecord } from './run-record.ts';

/** What `allot baseline save` keeps: the values that later versions of a scenario or policy are held against. */
export interface Baseline {
  readonly schema: 'allot.baseline/1';
  readonly version: string;
  readonly scenario: string;
  /** With every option. */
  readonly allocator: Readonly<Record<string, unknown>>;
  readonly command: string;
  readonly runs: readonly BaselineRun[];
}

/** One seed of a baseline. */
export interface BaselineRun {
  readonly seed: string;
  readonly digest: string;
  readonly schedule_digest: string;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Makes a baseline of some metrics of the runs of one allocator, in the order of their seeds. */
export function makeBaseline(
  scenario: string,
  records: readonly DoneRecord[],
  metrics: readonly string[],
  command: string,
): Baseline {
  return {
    ...{ schema: 'allot.baseline/1', version: VERSION, scenario, allocator: records[0]!.allocator, command },
    runs: records.map((record) => ({
      seed: record.seed,
      digest: record.digest,
      schedule_digest: record.schedule_digest,
      metrics: Object.fromEntries(metrics.map((metric) => [metric, record.metrics[metric] ?? null])),
    })),
  };
}

/**
 * Reads a baseline from its text.
 *
 * @throws ScenarioError if it is none.
 */
export function parseBaseline(text: string, file: string): Baseline {
  let value: Partial<Baseline> | null;
  try {
    value = JSON.parse(text) as Partial<Baseline> | null;
  } catch (error) {
    throw new ScenarioError(`not a baseline: ${error instanceof Error ? error.message : 'no JSON'}`, { file });
  }
  const isBaseline = value?.schema === 'allot.baseline/1' && Array.isArray(value.runs) && value.runs.length > 0;
  if (!isBaseline)
    throw new ScenarioError('not a baseline: expected `"schema": "allot.baseline/1"` and runs', { file });
  const damaged = value!.runs!.findIndex((run) => !isRun(run));
  if (damaged >= 0) throw new ScenarioError(`run ${damaged} of the baseline is damaged`, { file });
  return value as Baseline;
}

function isRun(run: Partial<BaselineRun> | null): boolean {
  if (typeof run?.metrics !== 'object' || run.metrics === null) return false;
  const figures = Object.values(run.metrics).every((value) => value === null || typeof value === 'number');
  return figures && [run.seed, run.digest, run.schedule_digest].every((text) => typeof text === 'string');
}
