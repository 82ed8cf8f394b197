import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { ScenarioError } from '../../base/errors.ts';
import { parseManifest } from '../../experiment/manifest.ts';
import { fileProblem, sha256OfFile } from '../../platform/files.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { ExitCode } from '../exit-code.ts';
import { print, styleFor, tell } from '../output.ts';
import { checkScenario, type LoadedScenario, readScenario } from '../read-scenario.ts';
import { overridesOf, type RunArguments, runOptions } from '../run-options.ts';

interface Arguments extends RunArguments {
  target: string;
  digest?: string | undefined;
}

/** What a run must come out as. */
interface Expected {
  readonly loaded: LoadedScenario;
  readonly digest: string;
  /** SHA-256 of traces by the path to read now. */
  readonly traces: Readonly<Record<string, string>>;
}

/** `allot verify <manifest>`: runs again and compares the digest; exit 4 when it differs. */
export const verify: CommandModule<object, Arguments> = {
  command: 'verify <target>',
  describe: 'Run again what a manifest records (or a scenario with --digest) and compare',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'A manifest.json, a folder that holds one, or a scenario together with --digest',
      })
      .options({ digest: { type: 'string', describe: 'The digest that the scenario must have' } })
      .options({ allocator: runOptions.allocator, seed: runOptions.seed, set: runOptions.set, until: runOptions.until })
      .example('$0 verify results/', 'exit 4 if anything came out differently'),
  handler: async (args) => {
    const expected = args.digest === undefined ? fromManifest(args.target) : fromScenario(args, args.digest);
    const changed = await changedTraces(expected.traces);
    for (const trace of changed) tell(`${trace} is not the file that was recorded: its SHA-256 differs`);
    const { result } = await runScenario(expected.loaded.scenario, expected.loaded.services, { audit: true });
    const style = styleFor(process.stdout);
    if (result.digest === expected.digest && changed.length === 0) {
      await print(`${style.good('reproduced')}  ${result.digest}\n`);
      return;
    }
    await print(`${style.bad('not reproduced')}\n  expected ${expected.digest}\n  got      ${result.digest}\n`);
    process.exitCode = ExitCode.notReproducible;
  },
};

function fromScenario(args: Arguments, digest: string): Expected {
  return { loaded: readScenario(args.target, overridesOf(args)), digest, traces: {} };
}

function fromManifest(target: string): Expected {
  const file = existsSync(target) && statSync(target).isDirectory() ? join(target, 'manifest.json') : target;
  const trouble = fileProblem(file);
  if (trouble !== null) throw new ScenarioError(trouble, { file });
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
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
