import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { parseManifest } from '../experiment/manifest.ts';
import { fileProblem, sha256OfFile } from '../platform/files.ts';
import type { Override } from '../scenario/marked.ts';
import { checkScenario, type LoadedScenario } from './read-scenario.ts';

/** A run that was recorded: what to run again, and what must come of it. */
export interface RecordedRun {
  readonly loaded: LoadedScenario;
  readonly digest: string;
  /** SHA-256 of traces by the path to read now. */
  readonly traces: Readonly<Record<string, string>>;
}

/**
 * Reads a manifest, or the one in a folder, and the scenario in it with changes applied.
 *
 * @throws ScenarioError if it cannot be read or records no whole run.
 */
export function readManifest(target: string, overrides: readonly Override[] = []): RecordedRun {
  const file = isFolder(target) ? join(target, 'manifest.json') : target;
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(trouble, { file });
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
  if (manifest.interrupted === true) {
    const message = 'this run was interrupted, and a partial result is not verified; run it again to its end:';
    throw new ScenarioError(`${message} ${manifest.command}`, { file });
  }
  if (manifest.reproducible === false) {
    const message = 'this run went on after a fault of another program, which need not come again, and is not verified';
    throw new ScenarioError(`${message}; run it again: ${manifest.command}`, { file });
  }
  const folder = resolve(dirname(file), manifest.folder);
  const loaded = checkScenario(JSON.stringify(manifest.scenario), file, folder, overrides);
  const traces = Object.entries(manifest.traces).map(([name, hash]) => [resolve(folder, name), hash] as const);
  return { loaded, digest: manifest.digest, traces: Object.fromEntries(traces) };
}

/** Says whether a target stands for a recorded run, as against a scenario: a folder, or a file that is a manifest. */
export function isRecordedRun(target: string): boolean {
  if (target === '-' || fileProblem(target) !== null) return isFolder(target);
  return /"schema":\s*"allot\.manifest\//.test(readFileSync(target, 'utf8'));
}

/** Gives the traces whose SHA-256 is not the one recorded. */
export async function changedTraces(traces: RecordedRun['traces']): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, hash] of Object.entries(traces)) if ((await sha256OfFile(file)) !== hash) changed.push(file);
  return changed;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
