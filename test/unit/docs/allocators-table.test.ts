import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { placements } from '../../../src/allocators/placement/registry.ts';
import { allocators } from '../../../src/allocators/registry.ts';
import type { OptionSpec } from '../../../src/base/options.ts';

const GUIDE = new URL('../../../docs/allocators.md', import.meta.url);

/** The values of an option, the default first and marked. */
function values(spec: OptionSpec): string {
  if (spec.kind === 'flag') return `**${spec.default}**, ${!spec.default}`;
  if (spec.kind === 'text') return `**${spec.default.replaceAll('|', '\\|')}**, or other text`;
  if (spec.kind === 'choice') return [`**${spec.default}**`, ...spec.of.filter((v) => v !== spec.default)].join(', ');
  if (spec.kind === 'duration') {
    return `**${spec.default}** (a duration${spec.zero ? '' : ' above zero'}${spec.optional ? ', or none' : ''})`;
  }
  if (spec.kind === 'texts') return 'a list of texts; must be given';
  const { min, max } = spec;
  const range = `${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}`;
  return `**${spec.default}** (a${spec.whole ? ' whole' : ''} number${range})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Every option once, with those who take it; one name may stand for options that differ. */
function optionKinds(): { key: string; spec: OptionSpec; takers: string[] }[] {
  const kinds = new Map<string, { key: string; spec: OptionSpec; takers: string[] }>();
  for (const { name, options } of allocators) {
    for (const [key, spec] of Object.entries(options)) {
      const id = JSON.stringify([key, spec]);
      const kind = kinds.get(id) ?? { key, spec, takers: [] };
      kind.takers.push(name);
      kinds.set(id, kind);
    }
  }
  return [...kinds.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

const tables: Readonly<Record<string, string>> = {
  allocators: table(
    ['Name', 'What it does', 'Options with their defaults', 'Source'],
    allocators.map(({ name, summary, options, source }) => [
      `\`${name}\``,
      summary,
      Object.entries(options)
        .map(([key, spec]) => (spec.default === undefined ? `\`${key}\`` : `\`${key}: ${spec.default}\``))
        .join(', '),
      source,
    ]),
  ),
  options: table(
    ['Option', 'Values, the default first', 'Meaning', 'Taken by'],
    optionKinds().map(({ key, spec, takers }) => {
      const taken = takers.length === allocators.length ? 'all' : takers.map((name) => `\`${name}\``).join(', ');
      return [`\`${key}\``, values(spec), spec.summary, taken];
    }),
  ),
  placements: table(
    ['Name', 'Which node', 'Source'],
    placements.map(({ name, summary, source }) => [`\`${name}\``, summary, source]),
  ),
};

/** The guide with its generated tables as they should be. */
function currentGuide(): string {
  return Object.entries(tables).reduce(
    (guide, [name, text]) => {
      const [start, end] = [`<!-- ${name}: generated, see below -->`, `<!-- end of ${name} -->`];
      const [head, rest] = guide.split(start);
      return `${head}${start}\n\n${text}\n\n${end}${rest!.split(end)[1]}`;
    },
    readFileSync(GUIDE, 'utf8'),
  );
}

if (process.env['GOLDEN'] === 'write') writeFileSync(GUIDE, currentGuide());

describe('the guide to the allocators', () => {
  it('has current tables', () => {
    expect(readFileSync(GUIDE, 'utf8')).toBe(currentGuide());
  });

  it('has a section for each allocator and each placement', () => {
    const body = readFileSync(GUIDE, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('|'));
    const headings = body.filter((line) => line.startsWith('#')).join('\n');
    for (const { name } of [...allocators, ...placements]) expect(headings).toContain(`\`${name}\``);
  });
});
