import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';
import type { NodeGroup } from '../../../src/scenario/schema.ts';
import { problemsOf, SOUND } from './problems-of.ts';

const problemsWith = (line: string) => problemsOf(`${SOUND}${line}\n`);

describe('a file is read', () => {
  test('as JSON, with tabs', () => {
    const json = JSON.stringify(
      {
        version: 1,
        cluster: { nodes: [{ name: 'n\u00e4h/"x"', capacity: { cpus: 4 } }] },
        workload: [{ framework: 'A', demand: { cpus: 1 }, duration: 5 }],
      },
      null,
      '\t',
    );
    expect(parseScenario(json, 's.json').scenario.cluster.nodes[0]).toMatchObject({ name: 'n\u00e4h/"x"' });
  });

  test('with a byte order mark and Windows line ends, which shift no place', () => {
    const text = `\uFEFF${SOUND}until: -5\n`.replaceAll('\n', '\r\n').replace('version: 1', 'version: 2');
    expect(problemsOf(text)).toEqual([
      '1:10 version: must be 1, not `2`',
      '6:8 until: must be a duration above 0, such as 90s or 1.5h, not `-5`',
    ]);
  });

  test('with aliases, each of which stands for a value of its own', () => {
    const text = SOUND.replace('capacity: {', 'capacity: &c {').replace(' }]', ' }, { name: m, capacity: *c }]');
    const nodes = parseScenario(text, 's.yaml').scenario.cluster.nodes as NodeGroup[];
    expect(nodes[1]!.capacity).toEqual(nodes[0]!.capacity);
    const overrides = [{ path: 'cluster.nodes.1.capacity.cpus', value: '9' }];
    const changed = parseScenario(text, 's.yaml', { overrides }).scenario.cluster.nodes as NodeGroup[];
    expect(changed.map(({ capacity }) => capacity['cpus'])).toEqual([4, 9]);
  });

  test('with keys that look like numbers as text, as written', () => {
    const { roles } = parseScenario(`${SOUND}roles: { 007: {}, true: {} }\n`, 's.yaml').scenario;
    expect(Object.keys(roles!)).toEqual(['007', 'true']);
  });
});

describe('one mistake in an anchor is one problem', () => {
  test('though it counts in every place that uses it', () => {
    const text = `${SOUND}  - &b { framework: A, demand: { cpus: 1 }, duration: &d { exponential: { mean: soon } } }
  - { framework: B, demand: { cpus: 1 }, duration: *d }
  - *b
`;
    expect(problemsOf(text)).toEqual([
      '6:81 workload.1.duration.exponential.mean: must be a duration of 0 or more, such as 90s or 1.5h, not `soon`',
    ]);
  });
});

describe('a file that holds no scenario', () => {
  const whole = 'a mapping with `version`, `cluster` and `workload`';

  test.each([
    ['', '1:1 : the file is empty; a scenario has `version`, `cluster` and `workload`'],
    ['# nothing yet\n', '1:1 : the file is empty; a scenario has `version`, `cluster` and `workload`'],
    ['~', `1:1 : the file is empty; a scenario has \`version\`, \`cluster\` and \`workload\``],
    ['- 1\n- 2\n', `1:1 : must be ${whole}, not a list`],
    ['just text', `1:1 : must be ${whole}, not the text \`just text\``],
    ['42', `1:1 : must be ${whole}, not \`42\``],
  ])('such as %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('what YAML itself refuses', () => {
  test.each([
    ['an unquoted >', 'thresholds:\n  wait.p95: >= 3', '7:14 : not valid YAML: block scalar header includes', 'quotes'],
    ['a tab', 'thresholds:\n\twait.p95: "< 3"', '7:1 : not valid YAML: tabs are not allowed', 'indent with spaces'],
    ['an open list', 'name: [a, b', '7:1 : not valid YAML: flow sequence', ''],
    ['a second document', '---\nversion: 1', '6:1 : a scenario is one document; here a second one begins', ''],
    ['a reserved character', 'name: @home', '6:7 : not valid YAML: plain value cannot start with reserved', ''],
  ])('has a place: %s', (_, line, problem, suggestion) => {
    const [first] = problemsWith(line);
    expect(first).toContain(problem);
    expect(first).toContain(suggestion);
  });

  test('is told once a line', () => {
    expect(problemsOf('a: >= 0.9\nb: >= 5\n').map((one) => one.split(':')[0])).toEqual(['1', '2']);
  });
});

describe('what this format refuses of YAML', () => {
  test.each([
    ['name: a\nname: b', '7:1 : the key `name` stands here twice'],
    ['roles: { 1: {}, "1": {} }', '6:17 : the key `1` stands here twice'],
    ['name: *nobody', '6:7 : `*nobody` refers to no anchor above it'],
    ['<<: { name: a }', '6:1 : merge keys are not part of this format (repeat the keys)'],
    ['name: !secret a', '6:15 : the tag `!secret` is not part of this format'],
    ['name: !!binary aGk=', '6:16 : the tag `tag:yaml.org,2002:binary` is not part of this format'],
    ['? [a, b]\n: 1', '6:3 : a key is a plain name'],
    ['roles: { "": {} }', '6:10 : a key is empty'],
    ['roles: { __proto__: { weight: 2 } }', '6:10 : `__proto__` cannot be a key'],
  ])('%j', (line, problem) => {
    expect(problemsWith(line)).toEqual([problem]);
  });

  test('does not hide mistakes elsewhere', () => {
    expect(problemsWith('name: a\nname: b\nuntil: 0')).toEqual([
      '7:1 : the key `name` stands here twice',
      '8:8 until: must be a duration above 0, such as 90s or 1.5h, not `0`',
    ]);
  });

  test('an alias to what it is part of', () => {
    expect(problemsWith('allocator: { name: x, a: &a [1, *a] }')).toEqual(['6:33 : `*a` refers to what it is part of']);
  });
});

describe('a hostile file', () => {
  const LIMIT_MS = 60_000;

  test.each([
    ['nested lists', '['.repeat(20_000)],
    ['nested items on one line', '- '.repeat(20_000)],
    ['nested mappings', '{"a":'.repeat(20_000)],
    ['nested blocks', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('of %s is refused for its depth', { timeout: LIMIT_MS }, (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining('nested more than 100 levels deep')]);
  });

  test('of aliases that multiply is refused for its size', { timeout: LIMIT_MS }, () => {
    const levels = Array.from({ length: 12 }, (_, i) => `  l${i}: &l${i} [${`*l${i - 1},`.repeat(9)}]`).slice(1);
    const problems = problemsWith(`allocator:\n  name: x\n  l0: &l0 [1,1,1]\n${levels.join('\n')}`);
    expect(problems[0]).toContain('aliases make this file too large');
  });

  test('with a line of a million characters is read', { timeout: LIMIT_MS }, () => {
    const { scenario } = parseScenario(`${SOUND}name: ${'x'.repeat(1_000_000)}\n`, 's.yaml');
    expect(scenario.name).toHaveLength(1_000_000);
    expect(problemsWith(`? ${'y'.repeat(1_000_000)}\n: 1`)[0]).toContain(`unknown key \`${'y'.repeat(40)}…\``);
  });

  test('with 5,000 jobs spelled out is read', { timeout: LIMIT_MS }, () => {
    const item = SOUND.split('\n')[4];
    const { workload } = parseScenario(`${SOUND}${`${item}\n`.repeat(4_999)}`, 's.yaml').scenario;
    expect(workload).toHaveLength(5_000);
  });
});
