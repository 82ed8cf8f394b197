import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { fileProblem } from '../platform/files.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import type { Override } from '../scenario/marked.ts';
import type { Scenario } from '../scenario/schema.ts';
import { type NodeServices, nodeServices } from './services.ts';

/** A scenario that was read and checked, and what it was read from. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The text without overrides. */
  readonly text: string;
  /** As errors call it. */
  readonly file: string;
  /** Where its paths begin. */
  readonly folder: string;
  readonly services: NodeServices;
}

/**
 * Reads a scenario from a file, or from standard input for `-`.
 *
 * @throws ScenarioError if it cannot be read or anything in it is wrong.
 */
export function readScenario(path: string, overrides: readonly Override[]): LoadedScenario {
  const { text, file, folder } = readText(path);
  return checkScenario(text, file, folder, overrides);
}

/**
 * Reads the text of a scenario; `-` is standard input.
 *
 * @throws ScenarioError if it cannot be read.
 */
export function readText(path: string): Pick<LoadedScenario, 'text' | 'file' | 'folder'> {
  const file = path === '-' ? 'standard input' : path;
  const trouble = fileProblem(path);
  if (trouble !== null) throw new ScenarioError(trouble, { file });
  const text = readFileSync(path === '-' ? 0 : path, 'utf8');
  return { text, file, folder: path === '-' ? '.' : dirname(path) };
}

/** Checks the text of a scenario whose paths begin at `folder`. */
export function checkScenario(
  text: string,
  file: string,
  folder: string,
  overrides: readonly Override[],
): LoadedScenario {
  const services = nodeServices(folder);
  const { scenario } = loadScenario(text, file, services, overrides);
  return { scenario, text, file, folder, services };
}
