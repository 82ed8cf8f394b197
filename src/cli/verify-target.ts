import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { parseManifest } from '../experiment/manifest.ts';
import { fileProblem, sha256OfFile } from '../platform/files.ts';
import { runScenario } from '../scenario/run-scenario.ts';
import { checkScenario, type LoadedScenario, readScenario } from './read-scenario.ts';
import { overridesOf, type RunArguments } from './run-options.ts';

/** What the options of `verify` are when parsed. */
export interface VerifyArguments extends RunArguments {
  target: string;
  digest?: string | undefined;
}

/** What came of running again. */
export interface Verification {
  readonly expected: string;
  readonly got: string;
  /** Traces whose SHA-256 is not the one recorded. */
  readonly changedTraces: readonly string[];
}

/** What a run must come out as. */
interface Expected {
  readonly loaded: LoadedScenario;
  readonly digest: string;
  /** SHA-256 of traces by the path to read now. */
  readonly traces: Readonly<Record<string, string>>;
}

/**
 * Runs again, audited, what a manifest records, or a scenario that should have the digest given.
 *
 * @throws ScenarioError if the target cannot be read or records no whole run.
 */
export async function verifyTarget(args: VerifyArguments): Promise<Verification> {
  const expected = args.digest === undefined ? fromManifest(args.target) : fromScenario(args, args.digest);
  const changed = await changedTraces(expected.traces);
  const { result } = await runScenario(expected.loaded.scenario, expected.loaded.services, { audit: true });
  return { expected: expected.digest, got: result.digest, changedTraces: changed };
}

function fromScenario(args: VerifyArguments, digest: string): Expected {
  return { loaded: readScenario(args.target, overridesOf(args)), digest, traces: {} };
}

function fromManifest(target: string): Expected {
  const file = existsSync(target) && statSync(target).isDirectory() ? join(target, 'manifest.json') : target;
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
  const loaded = checkScenario(JSON.stringify(manifest.scenario), file, folder, []);
  const traces = Object.entries(manifest.traces).map(([name, hash]) => [resolve(folder, name), hash] as const);
  return { loaded, digest: manifest.digest, traces: Object.fromEntries(traces) };
}

async function changedTraces(traces: Expected['traces']): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, hash] of Object.entries(traces)) if ((await sha256OfFile(file)) !== hash) changed.push(file);
  return changed;
}
