import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { distributionTable, schemaTable } from '../../../src/scenario/schema-table.ts';

const GUIDE = new URL('../../../docs/formats/scenario.md', import.meta.url);
const SCHEMA = new URL('../../../schema/scenario.schema.json', import.meta.url);

const schemaText = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;

/** The guide with its generated tables as they should be. */
function currentGuide(): string {
  return [
    { name: 'distributions', table: distributionTable() },
    { name: 'keys', table: schemaTable() },
  ].reduce(
    (guide, { name, table }) => {
      const [start, end] = [`<!-- ${name}: generated, see below -->`, `<!-- end of ${name} -->`];
      const [head, rest] = guide.split(start);
      return `${head}${start}\n\n${table}\n\n${end}${rest!.split(end)[1]}`;
    },
    readFileSync(GUIDE, 'utf8'),
  );
}

if (process.env['GOLDEN'] === 'write') {
  writeFileSync(GUIDE, currentGuide());
  writeFileSync(SCHEMA, schemaText);
}

describe('the guide to the scenario file', () => {
  test('has current tables', () => {
    expect(readFileSync(GUIDE, 'utf8')).toBe(currentGuide());
  });

  test('explains every key', () => {
    const rows = schemaTable().split('\n').slice(2);
    const lacking = rows.filter((row) => row.split(' | ').at(-1)!.replace(' |', '').trim() === '');
    expect(rows.length).toBeGreaterThan(80);
    expect(lacking).toEqual([]);
  });

  const examples = [...readFileSync(GUIDE, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml!);

  test.each(examples.map((yaml) => [yaml]))('has an example that can be read: %j', (yaml) => {
    expect(() => parseScenario(yaml, 'guide.yaml')).not.toThrow();
  });
});

describe('the JSON Schema', () => {
  const validator = z.fromJSONSchema(scenarioJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const smallest = {
    version: 1,
    cluster: { nodes: [{ name: 'n', capacity: { cpus: 1 } }] },
    workload: [{ framework: 'A', demand: { cpus: 1 }, duration: '5s' }],
  };

  test('is current', () => {
    expect(readFileSync(SCHEMA, 'utf8')).toBe(schemaText);
  });

  test('accepts what the parser accepts', () => {
    const full = readFileSync(new URL('./full.yaml', import.meta.url), 'utf8');
    expect(() => parseScenario(full, 'full.yaml')).not.toThrow();
    expect(validator.safeParse(parse(full)).error).toBeUndefined();
    expect(validator.safeParse(smallest).error).toBeUndefined();
  });

  test.each([
    ['an unknown key', { ...smallest, allocater: 'drf' }],
    ['a missing key', { version: 1, cluster: smallest.cluster }],
    ['another version', { ...smallest, version: 2 }],
    ['a count of 0', { ...smallest, cluster: { nodes: [{ name: 'n', count: 0, capacity: { cpus: 1 } }] } }],
    ['an item that is both', { ...smallest, workload: [{ ...smallest.workload[0], trace: { file: 'x' } }] }],
  ])('refuses %s, as the parser does', (_, scenario) => {
    expect(validator.safeParse(scenario).success).toBe(false);
    expect(() => parseScenario(JSON.stringify(scenario), 's.json')).toThrow();
  });
});
