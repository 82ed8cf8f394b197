import { expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { scaleOf } from '../../../src/scenario/precision.ts';
import { resourceCatalog } from '../../../src/scenario/resource-catalog.ts';

test('the resources of a run are all that some node has, in order of first appearance', () => {
  const { scenario } = parseScenario(
    `version: 1
resources: { cpus: { precision: 1e-6 } }
cluster:
  nodes:
    - { name: a, capacity: { mem: 1GB, gpus: 0 } }
    - { name: b, capacity: { cpus: 1, gpus: { devices: 2 }, mem: 1GB } }
workload: [{ framework: A, demand: { cpus: 1 }, duration: 5s }]
`,
    's.yaml',
  );
  expect(resourceCatalog(scenario)).toEqual([
    { name: 'mem', scale: 1_000, unit: 'MiB', devices: false },
    { name: 'gpus', scale: 1_000, unit: '', devices: true },
    { name: 'cpus', scale: 1_000_000, unit: '', devices: false },
  ]);
});

test.each([
  [1, 1],
  [0.5, 2],
  [0.001, 1_000],
  [1e-6, 1_000_000],
  [0.3, null],
  [2, null],
  [0, null],
  [-0.5, null],
  [1e-300, null],
  [Number.NaN, null],
])('a precision of %d makes %s steps of a unit', (precision, scale) => {
  expect(scaleOf(precision)).toBe(scale);
});
