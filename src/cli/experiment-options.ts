import type { Options } from 'yargs';
import { ScenarioError } from '../base/errors.ts';
import { quoteWord, runOptions } from './run-options.ts';

/** Options that commands of several runs take. */
export const experimentOptions = {
  allocators: {
    alias: ['a', 'allocator'],
    type: 'string',
    array: true,
    nargs: 1,
    describe: "An allocator in YAML; repeat it for several: -a fifo -a '{name: easy, order: sjbf}'",
  },
  seeds: { type: 'string', describe: 'How many seeds (30), a range (1..30) or a list (3,17)' },
  set: runOptions.set,
  until: runOptions.until,
  metrics: { type: 'string', array: true, nargs: 1, describe: 'Metrics to show, parted by commas; or all' },
  confidence: { type: 'number', default: 0.95, describe: 'Confidence of intervals and tests, between 0 and 1' },
  threads: { alias: 'j', type: 'number', describe: 'Runs that go on side by side; else one a processor' },
  memory: { type: 'string', describe: 'What each thread may hold as objects, such as 2GB' },
  json: { type: 'boolean', describe: 'Print the result as JSON' },
} as const satisfies Record<string, Options>;

/** What these options are when parsed. */
export interface ExperimentArguments {
  allocators?: string[] | undefined;
  seeds?: string | undefined;
  set?: string[] | undefined;
  until?: string | undefined;
  threshold?: string[] | undefined;
  reporter?: string[] | undefined;
  metrics?: string[] | undefined;
  confidence: number;
  threads?: number | undefined;
  memory?: string | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

const MEMORY = /^(\d+(?:\.\d+)?)\s*([MG])i?B?$/i;

/**
 * Checks the options that are numbers and gives what threads are opened with.
 *
 * @throws ScenarioError if one makes no sense.
 */
export function threadsOf(args: ExperimentArguments): { threads?: number; heap?: number } {
  const { confidence, threads, memory } = args;
  if (!(confidence > 0.5 && confidence < 1))
    throw new ScenarioError('--confidence must lie between 0.5 and 1, such as 0.95');
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw new ScenarioError('--threads must be a whole number from 1 to 1024');
  }
  const size = memory === undefined ? null : MEMORY.exec(memory.trim());
  if (memory !== undefined && size === null)
    throw new ScenarioError(`--memory ${memory}: expected a size, such as 512MB or 2GB`);
  const heap = size && Math.ceil(Number(size[1]) * (size[2]!.toUpperCase() === 'G' ? 1024 : 1));
  return { ...(threads !== undefined && { threads }), ...(heap !== null && { heap }) };
}

/** Gives the options that decide what comes out, as a command line would have them. */
export function experimentWords(args: ExperimentArguments): string[] {
  const words: string[] = [];
  for (const allocator of args.allocators ?? []) words.push('-a', quoteWord(allocator));
  if (args.seeds !== undefined) words.push('--seeds', quoteWord(args.seeds));
  if (args.until !== undefined) words.push('--until', quoteWord(args.until));
  for (const setting of args.set ?? []) words.push('--set', quoteWord(setting));
  for (const metrics of args.metrics ?? []) words.push('--metrics', quoteWord(metrics));
  for (const threshold of args.threshold ?? []) words.push('--threshold', quoteWord(threshold));
  if (args.confidence !== 0.95) words.push('--confidence', String(args.confidence));
  return words;
}
