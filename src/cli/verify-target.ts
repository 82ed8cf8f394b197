import { runScenario } from '../scenario/run-scenario.ts';
import { changedTraces, type RecordedRun, readManifest } from './read-manifest.ts';
import { readScenario } from './read-scenario.ts';
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

/**
 * Runs again, audited, what a manifest records, or a scenario that should have the digest given.
 *
 * @throws ScenarioError if the target cannot be read or records no whole run.
 */
export async function verifyTarget(args: VerifyArguments): Promise<Verification> {
  const expected = args.digest === undefined ? readManifest(args.target) : fromScenario(args, args.digest);
  const changed = await changedTraces(expected.traces);
  const { result } = await runScenario(expected.loaded.scenario, expected.loaded.services, { audit: true });
  return { expected: expected.digest, got: result.digest, changedTraces: changed };
}

function fromScenario(args: VerifyArguments, digest: string): RecordedRun {
  return { loaded: readScenario(args.target, overridesOf(args)), digest, traces: {} };
}
