import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExitCode } from '../../src/cli/exit-code.ts';
import { checkScenario } from '../../src/cli/read-scenario.ts';
import { anchors, documents, fences, prose, readDocument, section, tableRows } from '../support/markdown.ts';
import { ROOT } from '../support/run-cli.ts';
import { runScript } from '../support/run-script.ts';

const all = documents();
const blocks = all.flatMap(fences);
const folder = mkdtempSync(join(tmpdir(), 'allot-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('links', () => {
  it.each(all.map(({ path }) => path))('of %s lead somewhere', (path) => {
    const targets = [...prose(readDocument(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const broken = targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(path, target));
    expect(broken).toEqual([]);
  });

  it('that lead nowhere are seen', () => {
    expect(leadsSomewhere('docs/model.md', 'glossary.md')).toBe(true);
    expect(leadsSomewhere('docs/model.md', 'glossarium.md')).toBe(false);
    expect(leadsSomewhere('docs/model.md', '#origin')).toBe(true);
    expect(leadsSomewhere('docs/model.md', 'glossary.md#no-such-heading')).toBe(false);
  });
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file, anchor] = target.split('#') as [string, string | undefined];
  const path = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchors(readDocument(path)).includes(anchor);
}

describe('scenarios', () => {
  const scenarios = blocks.filter(({ language, text }) => language === 'yaml' && /^version: 1$/m.test(text));

  it.each(scenarios.map((block) => [`${block.path}:${block.line}`, block.text]))('at %s are sound', (place, text) => {
    // The guide names logs of its readers' own; here they only have to exist.
    for (const [, file] of text.matchAll(/\bfile: ([^\s,}]+)/g)) {
      mkdirSync(dirname(join(folder, file!)), { recursive: true });
      writeFileSync(join(folder, file!), '');
    }
    expect(() => checkScenario(text, place, folder, [])).not.toThrow();
  });

  it('are found at all', () => {
    expect(scenarios.length).toBeGreaterThan(4);
  });
});

/** What `--help` says that a command takes. */
interface Command {
  readonly options: ReadonlySet<string>;
  readonly positionals: number;
}

const commands = new Map<string, Command>();
let names: string[] = [];

async function help(words: readonly string[]): Promise<string> {
  const { code, out, err } = await runScript('src/cli/start-from-source.ts', [...words, '--help']);
  if (code !== 0) throw new Error(`allot ${words.join(' ')} --help ended with ${code}: ${err}`);
  return out;
}

beforeAll(async () => {
  names = [...(await help([])).matchAll(/^ {2}allot ([a-z]+)/gm)].map(([, name]) => name!);
  // A command of several commands has sections for those.
  const inner = async (name: string) =>
    [...(await help([name])).matchAll(new RegExp(`^ {2}allot (${name} [a-z]+)`, 'gm'))].map(([, each]) => each!);
  names = (await Promise.all(names.map(async (name) => (name === 'trace' ? inner(name) : [name])))).flat();
  const texts = await Promise.all(names.map((name) => help(name.split(' '))));
  for (const [i, text] of texts.entries()) {
    const options = [...text.matchAll(/^ {2,6}(?:(-[a-z]), )? *(--[a-z-]+)/gm)].flatMap(([, short, long]) =>
      short === undefined ? [long!] : [short, long!],
    );
    const usage = text.slice(0, text.indexOf('\n'));
    commands.set(names[i]!, {
      options: new Set(options),
      positionals: usage.includes('..') ? Infinity : (usage.match(/[<[]\w+[>\]]/g)?.length ?? 0),
    });
  }
}, 120_000);

describe('command lines', () => {
  const lines = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ path, line, text }) =>
      text
        .split('\n')
        .flatMap((typed, i) => commandsIn(typed).map((words) => ({ place: `${path}:${line + i}`, words }))),
    );

  it.each(lines.map(({ place, words }) => [place, words]))('at %s can be typed: %s', (_, words) => {
    expect(problemsOf(words)).toEqual([]);
  });

  it('are found at all', () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(commandsIn('npx allot init a > b.yaml && allot run b.yaml # so')).toEqual([
      'allot init a',
      'allot run b.yaml',
    ]);
  });

  it('that cannot be typed are seen', () => {
    expect(problemsOf('allot runn x.yaml')).toEqual(['there is no command runn']);
    expect(problemsOf('allot run x.yaml --jsn')).toEqual(['run does not take --jsn']);
    expect(problemsOf('allot run x.yaml y.yaml')).toEqual(['run takes 1 words, not 2']);
    expect(problemsOf("allot run x.yaml -a '{name: drf}' --set a.b=3")).toEqual([]);
  });
});

/** The commands of allot in one line of a shell, without comments and redirections. */
function commandsIn(typed: string): string[] {
  return typed
    .replace(/\s#.*$/, '')
    .split('&&')
    .map((part) =>
      part
        .trim()
        .replace(/^npx /, '')
        .replace(/\s>.*$/, ''),
    )
    .filter((part) => part.startsWith('allot '));
}

/** What is wrong with a command line, as far as names go; a word behind an option that is no option is its value. */
function problemsOf(line: string): string[] {
  const [, first, ...words] = [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word);
  if (first?.startsWith('-')) return [];
  const name = first === 'trace' ? `trace ${words.shift()}` : first;
  const command = commands.get(name!);
  if (command === undefined) return [`there is no command ${name}`];
  const problems: string[] = [];
  let positionals = 0;
  const flags = new Set([
    '--json',
    '--dry-run',
    '--audit',
    '--print-scenario',
    '--lossy',
    '--markdown',
    '--help',
    '-h',
  ]);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word.startsWith('-') && word !== '-') {
      const option = word.split('=')[0]!;
      if (!command.options.has(option)) problems.push(`${name} does not take ${option}`);
      else if (!flags.has(option) && !word.includes('=')) i++;
    } else positionals++;
  }
  if (positionals > command.positionals) {
    problems.push(`${name} takes ${command.positionals} words, not ${positionals}`);
  }
  return problems;
}

describe('docs/formats/command-line.md', () => {
  const guide = readDocument('docs/formats/command-line.md');

  it('has a section for each command, with its options and no others', () => {
    const documented = names.map((name) => [name, optionsIn(name)]);
    const taken = names.map((name) => [name, [...commands.get(name)!.options].filter(isOwn).sort()]);
    expect(documented).toEqual(taken);
  });

  it('lists every exit code', () => {
    const codes = tableRows(section(guide, '## Exit codes')).map(([code]) => Number(code));
    expect(codes).toEqual(Object.values(ExitCode));
  });

  /** The options of a section; `replay` takes those of `run` as well. */
  function optionsIn(name: string): string[] {
    const rows = tableRows(section(guide, `## allot ${name}`));
    const own = rows.flatMap(([option]) => [...option!.matchAll(/`(--?[a-z-]+)`/g)].map(([, word]) => word!));
    return [...(name === 'replay' ? optionsIn('run') : []), ...own].sort();
  }
});

function isOwn(option: string): boolean {
  return !['--help', '-h', '--version'].includes(option);
}
