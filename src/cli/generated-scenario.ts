import { stringify } from 'yaml';
import { ScenarioError } from '../base/errors.ts';
import { generatorNamed } from '../workload/generators/registry.ts';
import type { ConvertArguments } from './convert-workload.ts';
import { checkScenario, type LoadedScenario } from './read-scenario.ts';

/** What `trace generate` is told. */
export interface GenerateArguments extends Omit<ConvertArguments, 'trace'> {
  readonly model: string;
  readonly jobs?: number | undefined;
  readonly until?: string | undefined;
  readonly seed: string;
  readonly set?: string[] | undefined;
}

/** Jobs where nobody says how many. */
const JOBS = 1_000;

/** More than any job asks for; nothing is placed. */
const PLENTY = 1_000_000;

/**
 * Makes the scenario whose only item draws the jobs, with `settings` as the command line has them: `rate=3/s`.
 *
 * Where nothing is said of who submits or what a task asks for, and the model does not say it either, it is one framework
 * and one cpu.
 *
 * @throws ScenarioError if a setting is wrong, or one is missing that the model needs.
 */
export function generatedScenario(
  block: Readonly<Record<string, unknown>> & { readonly model: string },
  seed: string,
  settings: readonly string[] = [],
  capacity: Readonly<Record<string, unknown>> = { cpus: PLENTY, mem: `${PLENTY}GB`, gpus: { devices: PLENTY / 100 } },
): LoadedScenario {
  const overrides = settings.map((setting) => {
    const at = setting.indexOf('=');
    if (at <= 0) throw new ScenarioError(`--set ${setting}: expected key=value`);
    return { path: `workload.0.generate.${setting.slice(0, at)}`, value: setting.slice(at + 1) };
  });
  const given = new Set(overrides.map(({ path }) => path.split('.')[3]));
  const keys = generatorNamed(block.model)?.keys ?? {};
  const usual = {
    ...(keys.framework === 'needed' && !given.has('framework') && { framework: 'generated' }),
    ...(keys.demand === 'needed' && !given.has('demand') && { demand: { cpus: 1 } }),
  };
  const text = stringify({
    version: 1,
    seed,
    cluster: { nodes: [{ name: 'any', count: 1, capacity }] },
    workload: [{ generate: { ...usual, ...block } }],
    allocator: 'fifo',
  });
  return checkScenario(text, 'the scenario of these jobs', '.', overrides);
}

/** Gives the scenario of `trace generate`. */
export function scenarioToGenerate({ model, jobs, until, seed, set }: GenerateArguments): LoadedScenario {
  const end = { ...(until !== undefined && { until }), ...(jobs !== undefined && { jobs }) };
  return generatedScenario({ model, ...(until === undefined && jobs === undefined ? { jobs: JOBS } : end) }, seed, set);
}
