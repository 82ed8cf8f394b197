import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProblem, ScenarioError } from '../../../src/base/errors.ts';
import { type ParseOptions, parseScenario } from '../../../src/scenario/parse.ts';

const FULL = readFileSync(new URL('./full.yaml', import.meta.url), 'utf8');
const RUNS = { numRuns: 250, seed: 20_240_229 };
const LIMIT = { timeout: 120_000 };

/** What trips readers of YAML and programs that use names as keys. */
const JUNK = [
  ...['\t', ' ', '\n', '\r', '- ', ': ', '{', '}', '[', ']', ',', '"', "'", '|', '>', '#', '---', '? ', '@', '`', '%'],
  ...[
    '&a ',
    '*a',
    '*cap',
    '!x ',
    '<<: ',
    '~',
    'null',
    'true',
    '-1',
    '1e999',
    '.nan',
    '0x1F',
    '5x',
    '\u0000',
    '\ud800',
    '😀',
  ],
  ...['\uFEFF', '__proto__', 'constructor', 'toString', 'value', 'name', 'trace', 'generate', 'demand', 'devices', ''],
];
const junk = fc.oneof(fc.constantFrom(...JUNK), fc.string({ maxLength: 6 }));

type Json = unknown;
type JsonMap = Record<string, Json>;

/** Says what no reading of any text may break: a scenario that reads the same again, or problems that can be shown. */
function holds(text: string, options?: ParseOptions): void {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  try {
    const { scenario } = parseScenario(text, 's', options);
    expect(parseScenario(JSON.stringify(scenario), 's').scenario).toEqual(scenario);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    const places = error.problems.map((problem) => {
      expect(formatProblem(problem)).not.toMatch(/undefined|\[object|Invalid|received/);
      const { line, column, length, source } = problem.place!;
      if (line === undefined) return Number.POSITIVE_INFINITY;
      expect(source).toBe(lines[line - 1]!.replace(/\r$/, ''));
      expect(column).toBeGreaterThanOrEqual(1);
      expect(column! + length!).toBeLessThanOrEqual(Math.max(source!.length, column!) + 1);
      return line * 1_000_000 + column!;
    });
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
}

/** All ways into a value. */
function pathsOf(value: Json, path: string[] = []): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

describe('any text is either a scenario or an error with places', () => {
  test('where characters are cut out and put in', LIMIT, () => {
    const edits = fc.array(fc.tuple(fc.nat(FULL.length), fc.nat(12), junk), { minLength: 1, maxLength: 4 });
    const edited = edits.map((all) =>
      all.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), FULL),
    );
    fc.assert(
      fc.property(edited, (text) => holds(text)),
      RUNS,
    );
  });

  test('where words change places', LIMIT, () => {
    const words = FULL.split(/([^A-Za-z0-9_./-]+)/);
    const word = fc.oneof(junk, fc.constantFrom(...words));
    const edits = fc.array(fc.tuple(fc.nat(words.length - 1), word), { minLength: 1, maxLength: 4 });
    const edited = edits.map((all) => words.map((old, i) => all.find(([at]) => at === i)?.[1] ?? old));
    fc.assert(
      fc.property(edited, (all) => holds(all.join(''))),
      RUNS,
    );
  });

  test('where values are replaced, left out or put under other keys', LIMIT, () => {
    const { scenario } = parseScenario(FULL, 'full.yaml');
    const paths = pathsOf(scenario).slice(1);
    const value = fc.oneof(
      junk,
      fc.jsonValue(),
      fc.constantFrom<Json>(null, 0, -1, 1.5, 1e300, [], {}, { x: 1 }, true),
    );
    const how = fc.constantFrom('replace', 'leave out', 'rename');
    const edits = fc.array(fc.tuple(fc.constantFrom(...paths), value, how, junk), { minLength: 1, maxLength: 3 });
    const property = fc.property(edits, (all) => {
      const changed = structuredClone(scenario) as Json;
      for (const [path, put, change, name] of all) {
        const owner = path.slice(0, -1).reduce<Json>((at, key) => (at as JsonMap | undefined)?.[key], changed);
        if (typeof owner !== 'object' || owner === null) continue;
        const [key, map] = [path.at(-1)!, owner as JsonMap];
        if (change === 'rename' && name !== '__proto__') map[name] = map[key];
        if (change === 'replace') map[key] = put;
        else delete map[key];
      }
      holds(JSON.stringify(changed));
    });
    fc.assert(property, RUNS);
  });

  test('where values are set from outside', LIMIT, () => {
    const paths = pathsOf(parseScenario(FULL, 'full.yaml').scenario);
    const path = fc
      .tuple(fc.constantFrom(...paths), fc.array(junk, { maxLength: 2 }))
      .map((all) => all.flat().join('.'));
    const overrides = fc.array(fc.record({ path, value: fc.oneof(junk, fc.json()) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(overrides, (all) => holds(FULL, { overrides: all })),
      RUNS,
    );
  });
});
