import type { Options, PositionalOptions } from 'yargs';
import { optionWords, quoteWord, type RunArguments } from './run-options.ts';
import { asTyped } from './standard-input.ts';

/** The trace that a command is about. */
export const tracePositional = {
  type: 'string',
  demandOption: true,
  coerce: asTyped,
  describe: 'A trace file of any known format, gzip or plain',
} as const satisfies PositionalOptions;

/** Options that go into the `trace` of the scenario that a replay would have been. */
export const traceOptions = {
  format: { type: 'string', describe: 'Format of the trace; found by its look when left out' },
  as: { type: 'string', describe: 'pool: a job takes its cpus from one pool; gang: one task a cpu, started together' },
  'framework-by': { type: 'string', describe: 'What makes a framework: user, group, queue, none or a column' },
  'zero-run-time': { type: 'string', describe: 'Jobs that ran for no time: skip or keep' },
  'past-estimate': { type: 'string', describe: 'Jobs that ran past their estimate: overrun, kill or extend' },
  sort: { type: 'string', describe: 'streaming, or whole for a trace that is far out of order' },
  origin: { type: 'string', describe: 'zero: time 0 is the first submit; trace: the clock of the trace' },
  delimiter: { type: 'string', describe: 'What separates the columns of a CSV trace' },
} as const satisfies Record<string, Options>;

export type TraceArguments = { [K in keyof typeof traceOptions]?: string | undefined };

/** Options that say in YAML what of a trace is what. */
export const traceYamlOptions = {
  columns: { type: 'string', describe: "Columns of a CSV trace, in YAML: '{submit: t, duration: run, …}'" },
  options: { type: 'string', describe: "What only the trace's format knows, in YAML: '{reference: v100}'" },
} as const satisfies Record<string, Options>;

/** Options that say what cluster a trace is held against. */
export const clusterOptions = {
  processors: { alias: 'p', type: 'string', describe: 'One pool of so many cpus; else what the header says' },
  nodes: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Nodes instead of a pool: --nodes 64xcpus:4,mem:8GB',
  },
  cluster: { type: 'string', describe: 'Nodes from a list in a file: --cluster nodes.csv' },
} as const satisfies Record<string, Options>;

/** What the options of a replay are when parsed. */
export interface ReplayArguments extends RunArguments, TraceArguments {
  trace: string;
  processors?: string | undefined;
  nodes?: string[] | undefined;
  cluster?: string | undefined;
  columns?: string | undefined;
  options?: string | undefined;
  'print-scenario'?: boolean | undefined;
}

/** Gives the options that were set, in the order of the help. */
export function traceSettings(args: TraceArguments): [keyof TraceArguments, string][] {
  return (Object.keys(traceOptions) as (keyof TraceArguments)[]).flatMap((name) => {
    const value = args[name];
    return value === undefined ? [] : [[name, value]];
  });
}

/** Gives a replay again as a command line would have it. */
export function replayCommand(args: ReplayArguments): string {
  const words = ['allot replay', quoteWord(args.trace)];
  if (args.processors !== undefined) words.push('--processors', args.processors);
  for (const nodes of args.nodes ?? []) words.push('--nodes', quoteWord(nodes));
  if (args.cluster !== undefined) words.push('--cluster', quoteWord(args.cluster));
  for (const [name, value] of traceSettings(args)) words.push(`--${name}`, quoteWord(value));
  if (args.columns !== undefined) words.push('--columns', quoteWord(args.columns));
  if (args.options !== undefined) words.push('--options', quoteWord(args.options));
  return [...words, ...optionWords(args)].join(' ');
}
