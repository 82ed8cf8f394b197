import type { Options } from 'yargs';
import { optionWords, quoteWord, type RunArguments } from './run-options.ts';

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

/** What the options of a replay are when parsed. */
export interface ReplayArguments extends RunArguments, TraceArguments {
  trace: string;
  processors?: string | undefined;
  nodes?: string[] | undefined;
  cluster?: string | undefined;
  columns?: string | undefined;
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
  return [...words, ...optionWords(args)].join(' ');
}
