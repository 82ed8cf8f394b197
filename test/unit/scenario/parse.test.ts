import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { problemsOf, SOUND } from './problems-of.ts';

const full = readFileSync(new URL('./full.yaml', import.meta.url), 'utf8');

const seedOf = (line: string) => parseScenario(`${SOUND}${line}\n`, 's.yaml').scenario.seed;

describe('a sound scenario', () => {
  test('keeps values as written and fills in defaults', () => {
    expect(parseScenario(SOUND, 's.yaml').scenario).toEqual({
      version: 1,
      seed: '1',
      cluster: {
        nodes: [
          {
            name: 'n',
            count: 1,
            capacity: { cpus: 4, gpus: { devices: 2 } },
            price: 0,
            attributes: { rack: 'r1', size: 3 },
          },
        ],
      },
      workload: [
        {
          framework: 'A',
          jobs: 1,
          tasks: 1,
          submit: '0s',
          every: '0s',
          demand: { cpus: 1 },
          duration: '5s',
          priority: 0,
          complexity: 1,
          gang: false,
        },
      ],
      allocator: { name: 'fifo' },
      simulation: { conventions: 'canonical' },
    });
  });

  test('reads the same again from its own JSON', () => {
    const { scenario } = parseScenario(full, 'full.yaml');
    expect(parseScenario(JSON.stringify(scenario), 'full.json').scenario).toEqual(scenario);
  });

  test('may name its allocator alone or with options', () => {
    const { scenario } = parseScenario(`${SOUND}allocators: [drf, { name: easy, order: sjbf }]\n`, 's.yaml');
    expect(scenario.allocators).toEqual([{ name: 'drf' }, { name: 'easy', order: 'sjbf' }]);
  });

  test('fills in how a trace is read', () => {
    const text = SOUND.replace(/ {2}- .*\n/, '  - trace: { file: ../x.swf }\n');
    expect(parseScenario(text, 's.yaml').scenario.workload).toEqual([
      {
        trace: {
          file: '../x.swf',
          'framework-by': 'user',
          'past-estimate': 'overrun',
          sort: 'streaming',
        },
      },
    ]);
  });
});

describe('the seed', () => {
  test.each([
    ['seed: 12345678901234567890', '12345678901234567890'],
    ['seed: 007', '007'],
    ['seed: 1e3', '1e3'],
    ['seed: 0x1F', '0x1F'],
    ['seed: "007"', '007'],
    ['seed: run-3', 'run-3'],
  ])('of `%s` is what was written', (line, seed) => {
    expect(seedOf(line)).toBe(seed);
  });

  test('keeps its digits through an alias and through an override', () => {
    expect(seedOf('warmup: &w 0010\nseed: *w')).toBe('0010');
    const overrides = [{ path: 'seed', value: '00420' }];
    expect(parseScenario(SOUND, 's.yaml', { overrides }).scenario.seed).toBe('00420');
  });

  test('is one line of text', () => {
    expect(problemsOf(`${SOUND}seed: "a\\nb"`)).toEqual([
      '6:7 seed: must be text on one line, or a number, not the text `a·b`',
    ]);
  });
});

describe('the place of a value', () => {
  const { place, keys } = parseScenario(`${SOUND}allocator: drf\nroles: { b: {}, "10": {}, "2": {} }\n`, 's.yaml');

  test('is where it stands', () => {
    expect(place(['workload', 0, 'duration'])).toEqual({
      file: 's.yaml',
      line: 5,
      column: 52,
      length: 2,
      source: '  - { framework: A, demand: { cpus: 1 }, duration: 5s }',
    });
  });

  test('is that of the nearest key above where the file leaves the value out', () => {
    expect(place(['cluster', 'nodes', 0, 'capacity', 'mem'])).toMatchObject({ line: 3, column: 22, length: 8 });
    expect(place(['thresholds', 'wait.p95'])).toMatchObject({ line: 1, column: 1, length: 1 });
  });

  test('of an option is the bare name that stands for the whole mapping', () => {
    expect(place(['allocator', 'order'])).toMatchObject({ line: 6, column: 12, length: 3 });
  });

  test('comes with the order of keys, which objects lose', () => {
    expect(keys(['roles'])).toEqual(['b', '10', '2']);
    expect(keys(['allocator'])).toEqual([]);
  });
});

test('a scenario that names no allocator runs the first of those that it lists', () => {
  const listed = parseScenario(`${SOUND}allocators: [sjf, drf]\n`, 'test');
  expect(listed.scenario.allocator).toEqual({ name: 'sjf' });
  const named = parseScenario(`${SOUND}allocators: [sjf, drf]\nallocator: drf\n`, 'test');
  expect(named.scenario.allocator).toEqual({ name: 'drf' });
});

describe("a caller's own check", () => {
  test('sees defaults, and its problems have places', () => {
    const problems = problemsOf(`${SOUND}thresholds: { wait.p59: "< 3" }\n`, {
      check: (scenario, problem) => {
        expect(scenario.allocator).toEqual({ name: 'fifo' });
        problem(['thresholds', 'wait.p59'], 'no such metric', 'did you mean `wait.p95`?', 'key');
        problem(['allocator', 'name'], 'none today');
      },
    });
    expect(problems).toEqual([
      '1:1 allocator.name: none today',
      '6:15 thresholds.wait.p59: no such metric (did you mean `wait.p95`?)',
    ]);
  });

  test('runs beside other problems, on the sections that have none', () => {
    const text = `${SOUND}until: soon\nallocator: drf\n`.replace('cpus: 1', 'cpu: 1');
    const problems = problemsOf(text, {
      check: (scenario, problem) => {
        expect(Object.keys(scenario).sort()).toEqual(['allocator', 'cluster', 'seed', 'simulation', 'version']);
        problem(['allocator'], 'unknown');
      },
    });
    expect(problems.map((one) => one.split(':')[0])).toEqual(['5', '6', '7']);
  });
});
