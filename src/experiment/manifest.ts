import { ScenarioError } from '../base/errors.ts';

/** Everything that is needed to run again what was run, and to see that it came out the same. */
export interface Manifest {
  readonly schema: 'allot.manifest/1';
  readonly versions: { readonly allot: string; readonly node: string };
  /** The command line that was given. */
  readonly command: string;
  /** Where the scenario's paths begin, seen from the manifest. */
  readonly folder: string;
  /** The whole scenario, changes from the command line applied. */
  readonly scenario: unknown;
  readonly seed: string;
  readonly allocator: Readonly<Record<string, unknown>>;
  /** Units of the resources, empty for those that are counted; groups of nodes in order, with what one node has. */
  readonly cluster: {
    readonly units: Readonly<Record<string, string>>;
    readonly nodes: readonly {
      readonly name: string;
      readonly count: number;
      readonly capacity: Readonly<Record<string, number>>;
    }[];
  };
  /** Rules in force where the field has more than one. */
  readonly conventions: Readonly<Record<string, string>>;
  /** SHA-256 of each trace and each list of nodes or events, by its name in the scenario. */
  readonly traces: Readonly<Record<string, string>>;
  /** Rules in force for each workload source. */
  readonly workload: readonly { readonly source: string; readonly rules: Readonly<Record<string, unknown>> }[];
  /** Present where the run was stopped before its end; the digest is that of what there is. */
  readonly interrupted?: true;
  /** False if the run went on after another program, which decided in it, had crashed, hung or broken its contract. */
  readonly reproducible: boolean;
  readonly digest: string;
  readonly schedule_digest: string;
}

/**
 * Reads a manifest from its text.
 *
 * @throws ScenarioError if it is none.
 */
export function parseManifest(text: string, file: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(`not a manifest: ${error instanceof Error ? error.message : 'no JSON'}`, { file });
  }
  const manifest = value as Partial<Manifest> | null;
  if (manifest?.schema !== 'allot.manifest/1' || typeof manifest.digest !== 'string') {
    throw new ScenarioError('not a manifest: expected `"schema": "allot.manifest/1"` and a digest', { file });
  }
  return manifest as Manifest;
}
