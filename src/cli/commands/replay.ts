import { basename } from 'node:path';
import { parse, stringify } from 'yaml';
import type { CommandModule } from 'yargs';
import { ScenarioError } from '../../base/errors.ts';
import { fileProblem } from '../../platform/files.ts';
import { detectFormat } from '../../workload/readers/registry.ts';
import { readSwfHeader } from '../../workload/readers/swf-header.ts';
import { print } from '../output.ts';
import { parseNodes } from '../parse-nodes.ts';
import { checkScenario } from '../read-scenario.ts';
import { runAndReport } from '../run-and-report.ts';
import { optionWords, overridesOf, quoteWord, type RunArguments, runOptions } from '../run-options.ts';
import { nodeServices } from '../services.ts';
import { asTyped } from '../standard-input.ts';

const traceOptions = {
  format: { type: 'string', describe: 'Format of the trace; found by its look when left out' },
  as: { type: 'string', describe: 'pool: a job takes its cpus from one pool; gang: one task a cpu, started together' },
  'framework-by': { type: 'string', describe: 'What makes a framework: user, group, queue, none or a column' },
  'zero-run-time': { type: 'string', describe: 'Jobs that ran for no time: skip or keep' },
  'past-estimate': { type: 'string', describe: 'Jobs that ran past their estimate: overrun, kill or extend' },
  sort: { type: 'string', describe: 'streaming, or whole for a trace that is far out of order' },
  origin: { type: 'string', describe: 'zero: time 0 is the first submit; trace: the clock of the trace' },
  delimiter: { type: 'string', describe: 'What separates the columns of a CSV trace' },
} as const;

type TraceArguments = { [K in keyof typeof traceOptions]?: string | undefined };

interface Arguments extends RunArguments, TraceArguments {
  trace: string;
  processors?: string | undefined;
  nodes?: string[] | undefined;
  columns?: string | undefined;
  'print-scenario'?: boolean | undefined;
}

/** `allot replay <trace>`: no scenario needed; runs the scenario that it would have been. */
export const replay: CommandModule<object, Arguments> = {
  command: 'replay <trace>',
  describe: 'Replay a trace without a scenario',
  builder: (yargs) =>
    yargs
      .positional('trace', {
        type: 'string',
        demandOption: true,
        coerce: asTyped,
        describe: 'A trace file (SWF or CSV, gzip or plain)',
      })
      .options({
        processors: { alias: 'p', type: 'string', describe: 'One pool of so many cpus; else what the header says' },
        nodes: {
          type: 'string',
          array: true,
          nargs: 1,
          describe: 'Nodes instead of a pool: --nodes 64xcpus:4,mem:8GB',
        },
        columns: { type: 'string', describe: "Columns of a CSV trace, in YAML: '{submit: t, duration: run, …}'" },
        ...traceOptions,
        'print-scenario': { type: 'boolean', describe: 'Print the scenario and stop' },
      })
      .options(runOptions)
      .example('$0 replay log.swf.gz --allocator fifo', 'the pool that the header names')
      .example("$0 replay log.swf --processors 100 --allocator '{name: sjf, queue: skip}'", 'a pool of 100'),
  handler: async (args) => {
    const scenario = await scenarioOf(args);
    const text = stringify(scenario);
    const overrides = overridesOf(args);
    const loaded = checkScenario(text, `the scenario of this replay (--print-scenario shows it)`, '.', overrides);
    if (args['print-scenario']) {
      await print(overrides.length === 0 ? text : stringify(loaded.scenario));
      return;
    }
    process.exitCode = await runAndReport(loaded, args, commandLine(args));
  },
};

async function scenarioOf(args: Arguments): Promise<unknown> {
  const trouble = fileProblem(args.trace);
  if (trouble !== null) throw new ScenarioError(trouble, { file: args.trace });
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(traceOptions) as (keyof TraceArguments)[]) {
    if (args[name] !== undefined) options[name] = args[name];
  }
  if (args.columns !== undefined) options['columns'] = parse(args.columns);
  return {
    version: 1,
    name: basename(args.trace).replace(/\.(gz|swf|csv)/g, ''),
    seed: '1',
    cluster: { nodes: await nodesOf(args) },
    workload: [{ trace: { file: args.trace, ...options } }],
    allocator: 'fifo',
  };
}

async function nodesOf(args: Arguments): Promise<unknown[]> {
  if (args.nodes !== undefined && args.processors !== undefined) {
    throw new ScenarioError('--processors and --nodes say two things about one cluster; give one of them');
  }
  if (args.nodes !== undefined) return parseNodes(args.nodes.join(' '));
  return [{ name: 'pool', count: 1, capacity: { cpus: await processorsOf(args) } }];
}

/** The flag, else the header's MaxProcs, else its MaxNodes. */
async function processorsOf(args: Arguments): Promise<number> {
  if (args.processors !== undefined) return positive(args.processors, '--processors');
  const bytes = nodeServices('.').openTrace(args.trace);
  const format = args.format ?? (await detectFormat(bytes)).name;
  if (format !== 'swf') throw new ScenarioError(`a ${format} trace names no cluster: give --processors or --nodes`);
  const header = await readSwfHeader(bytes);
  for (const field of ['MaxProcs', 'MaxNodes']) {
    const count = Number(header[field]);
    if (Number.isSafeInteger(count) && count > 0) return count;
  }
  throw new ScenarioError('the header has neither MaxProcs nor MaxNodes: give --processors or --nodes', {
    file: args.trace,
  });
}

function positive(text: string, what: string): number {
  const count = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(count) && count > 0) return count;
  throw new ScenarioError(`${what} ${text}: expected a whole number above 0`);
}

function commandLine(args: Arguments): string {
  const words = ['allot replay', quoteWord(args.trace)];
  if (args.processors !== undefined) words.push('--processors', args.processors);
  for (const nodes of args.nodes ?? []) words.push('--nodes', quoteWord(nodes));
  for (const name of [...Object.keys(traceOptions), 'columns'] as (keyof TraceArguments | 'columns')[]) {
    const value = args[name];
    if (value !== undefined) words.push(`--${name}`, quoteWord(value));
  }
  return [...words, ...optionWords(args)].join(' ');
}
