import type { Options, PositionalOptions } from 'yargs';
import { ScenarioError } from '../base/errors.ts';
import type { Override } from '../scenario/marked.ts';
import { asTyped } from './standard-input.ts';
import { thresholdOverride } from './threshold-override.ts';

/** Options that every command takes which runs a scenario. */
export const runOptions = {
  allocator: {
    alias: 'a',
    type: 'string',
    describe: "Allocator to use, in YAML: drf, or '{name: drf, placement: best-fit}'",
  },
  seed: { type: 'string', describe: 'Seed of all chance (any text)' },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Change a value of the scenario: --set cluster.nodes.0.count=64',
  },
  until: { type: 'string', describe: 'Cut the run at this time, such as 2h' },
  out: { alias: 'o', type: 'string', describe: 'Write result.json, manifest.json and CSV tables to this folder' },
  json: { type: 'boolean', describe: 'Print the result as JSON' },
  threshold: {
    alias: 't',
    type: 'string',
    array: true,
    nargs: 1,
    describe: "What the result must satisfy: --threshold 'wait.p95 < 300'; may be repeated",
  },
  reporter: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'How to tell the result: pretty, json, junit, github or markdown, each with =file; may be repeated',
  },
  audit: { type: 'boolean', describe: 'Check every fact of the run in independent books' },
} as const satisfies Record<string, Options>;

/** The scenario that a command is about. */
export const scenarioPositional = {
  type: 'string',
  demandOption: true,
  coerce: asTyped,
  describe: 'A scenario file (YAML or JSON), or -',
} as const satisfies PositionalOptions;

/** What these options are when parsed. */
export interface RunArguments {
  allocator?: string | undefined;
  seed?: string | undefined;
  set?: string[] | undefined;
  until?: string | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
  threshold?: string[] | undefined;
  reporter?: string[] | undefined;
  audit?: boolean | undefined;
}

/**
 * Turns options into changes of the scenario, in the order that lets `--set allocator.x` refine `--allocator`.
 *
 * @throws ScenarioError for a `--set` without `=`, or a `--threshold` without a comparison.
 */
export function overridesOf(args: RunArguments): Override[] {
  const overrides: Override[] = [];
  for (const name of ['allocator', 'seed', 'until'] as const) {
    const value = args[name];
    if (value !== undefined) overrides.push({ path: name, value, label: `--${name} ${value}` });
  }
  for (const setting of args.set ?? []) {
    const cut = setting.indexOf('=');
    if (cut < 1) throw new ScenarioError(`--set ${setting}: expected a path, = and a value, such as --set seed=7`);
    overrides.push({ path: setting.slice(0, cut), value: setting.slice(cut + 1), label: `--set ${setting}` });
  }
  return [...overrides, ...(args.threshold ?? []).map(thresholdOverride)];
}

/** Gives the options again as a command line would have them, for the line that reproduces a run. */
export function optionWords(args: RunArguments): string[] {
  const words: string[] = [];
  for (const name of ['allocator', 'seed', 'until'] as const) {
    const value = args[name];
    if (value !== undefined) words.push(`--${name}`, quoteWord(value));
  }
  for (const setting of args.set ?? []) words.push('--set', quoteWord(setting));
  for (const threshold of args.threshold ?? []) words.push('--threshold', quoteWord(threshold));
  return words;
}

/** Quotes a word for a POSIX shell where it needs it. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
