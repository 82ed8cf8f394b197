import type { Hasher } from '../base/hasher.ts';
import { DIGEST_FORMAT, VERSION } from '../base/version.ts';
import { scenarioFiles } from '../scenario/scenario-files.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Settings } from './grid.ts';

/** One run of an experiment, before it is run. */
export interface PlannedRun {
  /** SHA-256 of all that decides what comes out. */
  readonly id: string;
  /** What reports call its allocator. */
  readonly allocator: string;
  readonly seed: string;
  /** What the experiment varies beside these. */
  readonly settings: Settings;
  readonly scenario: Scenario;
}

/**
 * Gives the id of a run: equal for runs that must come out the same, whatever they are part of.
 *
 * The version of the program is part of it, as another one may measure otherwise; names and thresholds are not.
 *
 * @param traces SHA-256 of each trace file by its name in the scenario.
 */
export function runId(scenario: Scenario, traces: Readonly<Record<string, string>>, sha256: () => Hasher): string {
  const { name: _name, allocators: _allocators, thresholds: _thresholds, ...decisive } = scenario;
  const used = scenarioFiles(scenario).map((file) => traces[file] ?? null);
  return digestOf(JSON.stringify([VERSION, DIGEST_FORMAT, decisive, used]), sha256);
}

/** Gives the SHA-256 of a text. */
export function digestOf(text: string, sha256: () => Hasher): string {
  const hasher = sha256();
  hasher.update(new TextEncoder().encode(text));
  return hasher.hex();
}
