import { join } from 'node:path';
import { checkScenario, type LoadedScenario, readScenario } from '../../src/cli/read-scenario.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import type { Override } from '../../src/scenario/marked.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { ROOT } from './run-cli.ts';

/** Settings as the command line takes them: `--set` paths with values in YAML. */
export type Settings = Readonly<Record<string, string>>;

/** Runs a scenario of the project by its name, audited. */
export function runShipped(name: string, settings: Settings = {}): Promise<RunResult> {
  return finish(readScenario(join(ROOT, 'scenarios', `${name}.yaml`), overrides(settings)));
}

/** Runs the text of a scenario whose paths begin at the root of the project, audited. */
export function runText(text: string, settings: Settings = {}): Promise<RunResult> {
  return finish(checkScenario(text, 'test', ROOT, overrides(settings)));
}

async function finish({ scenario, services }: LoadedScenario): Promise<RunResult> {
  return (await runScenario(scenario, services, { audit: true })).result;
}

function overrides(settings: Settings): Override[] {
  return Object.entries(settings).map(([path, value]) => ({ path, value }));
}
