import { basename } from 'node:path';
import { stringify } from 'yaml';
import { ScenarioError } from '../base/errors.ts';
import { fileProblem } from '../platform/files.ts';
import { detectFormat, traceReader } from '../workload/readers/registry.ts';
import { parseNodes } from './parse-nodes.ts';
import { checkScenario, type LoadedScenario } from './read-scenario.ts';
import { type ReplayArguments, traceSettings } from './replay-options.ts';
import { overridesOf } from './run-options.ts';
import { nodeServices } from './services.ts';
import { yamlOption } from './yaml-option.ts';

/** The scenario that a replay would have been, and its text as YAML with what the options changed. */
export interface ReplayScenario {
  readonly loaded: LoadedScenario;
  readonly text: string;
}

/**
 * Makes the scenario of a replay and checks it.
 *
 * @throws ScenarioError if an option is wrong, the trace cannot be read, or nothing tells the size of the cluster.
 */
export async function replayScenario(args: ReplayArguments): Promise<ReplayScenario> {
  const text = stringify(await scenarioOf(args));
  const overrides = overridesOf(args);
  const loaded = checkScenario(text, `the scenario of this replay (--print-scenario shows it)`, '.', overrides);
  return { loaded, text: overrides.length === 0 ? text : stringify(loaded.scenario) };
}

async function scenarioOf(args: ReplayArguments): Promise<unknown> {
  const trouble = fileProblem(args.trace);
  if (trouble !== null) throw new ScenarioError(trouble, { file: args.trace });
  return {
    version: 1,
    name: basename(args.trace).replace(/\.(gz|swf|csv|json)/g, ''),
    seed: '1',
    cluster: { nodes: await nodesOf(args) },
    workload: [{ trace: { file: args.trace, ...traceItem(args) } }],
    allocator: 'fifo',
  };
}

/** The keys of a trace item that the options set. */
function traceItem(args: ReplayArguments): object {
  const yaml = (['columns', 'options'] as const).flatMap((key) =>
    args[key] === undefined ? [] : [[key, yamlOption(args[key], `--${key}`)] as const],
  );
  return { ...Object.fromEntries(traceSettings(args)), ...Object.fromEntries(yaml) };
}

async function nodesOf(args: ReplayArguments): Promise<unknown[]> {
  const given = (['processors', 'nodes', 'cluster'] as const).filter((name) => args[name] !== undefined);
  if (given.length > 1) {
    throw new ScenarioError(`--${given.join(' and --')} say two things about one cluster; give one of them`);
  }
  if (args.cluster !== undefined) return [{ file: args.cluster }];
  if (args.nodes !== undefined) return parseNodes(args.nodes.join(' '));
  return [{ name: 'pool', count: 1, capacity: { cpus: await processorsOf(args) } }];
}

/** The flag, else what the trace says of its machine. */
async function processorsOf(args: ReplayArguments): Promise<number> {
  if (args.processors !== undefined) return positive(args.processors, '--processors');
  const bytes = nodeServices('.').openTrace(args.trace);
  const reader = args.format === undefined ? await detectFormat(bytes) : traceReader(args.format);
  if (reader.machine === undefined) {
    throw new ScenarioError(
      `traces of the format ${reader.name} name no cluster: give --processors, --nodes or --cluster`,
    );
  }
  const count = await reader.machine(bytes);
  if (typeof count === 'number') return count;
  throw new ScenarioError(`${count}: give --processors, --nodes or --cluster`, { file: args.trace });
}

function positive(text: string, what: string): number {
  const count = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(count) && count > 0) return count;
  throw new ScenarioError(`${what} ${text}: expected a whole number above 0`);
}
