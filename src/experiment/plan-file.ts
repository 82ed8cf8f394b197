import { ScenarioError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { Axis, Settings } from './grid.ts';
import type { Plan } from './plan.ts';

/** What `plan.json` holds: every run of a sweep, so that results can be put together without the scenario. */
export interface PlanFile {
  readonly schema: 'allot.plan/1';
  /** SHA-256 of the ids of all runs. */
  readonly plan: string;
  readonly version: string;
  /** The scenario's name. */
  readonly scenario: string;
  /** The command line, without what divides or carries out the plan. */
  readonly command: string;
  readonly allocators: readonly string[];
  readonly seeds: readonly string[];
  readonly axes: readonly Axis[];
  /** SHA-256 of each trace. */
  readonly traces: Readonly<Record<string, string>>;
  /** Resources of the cluster, whose metrics there are. */
  readonly resources: readonly string[];
  readonly runs: readonly PlanEntry[];
}

/** One run of a plan. */
export interface PlanEntry {
  readonly run: string;
  readonly label: string;
  readonly seed: string;
  readonly settings: Settings;
}

/** Gives what `plan.json` says of a plan. */
export function planFile(plan: Plan, resources: readonly string[], command: string): PlanFile {
  const { id, scenario, allocators, seeds, axes, traces, runs } = plan;
  return {
    ...{ schema: 'allot.plan/1', plan: id, version: VERSION, scenario: scenario.name ?? 'unnamed', command },
    ...{ allocators, seeds, axes, traces, resources },
    runs: runs.map(({ id: run, allocator, seed, settings }) => ({ run, label: allocator, seed, settings })),
  };
}

/**
 * Reads a plan from its text.
 *
 * @throws ScenarioError if it is none.
 */
export function parsePlanFile(text: string, file: string): PlanFile {
  let value: Partial<PlanFile> | null;
  try {
    value = JSON.parse(text) as Partial<PlanFile> | null;
  } catch (error) {
    throw new ScenarioError(`not a plan: ${error instanceof Error ? error.message : 'no JSON'}`, { file });
  }
  if (value?.schema !== 'allot.plan/1' || !Array.isArray(value.runs)) {
    throw new ScenarioError('not a plan: expected `"schema": "allot.plan/1"` and runs', { file });
  }
  return value as PlanFile;
}
