import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/run-cli.ts';
import { runShipped, type Settings } from '../support/run-in-process.ts';

const FILE = join(import.meta.dirname, 'digests.json');
const rewriting = process.env['GOLDEN'] === 'write';
const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;
const found: Record<string, string> = {};

const shipped = readdirSync(join(ROOT, 'scenarios'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

/** Runs beside those that the scenarios name: each way of ordering, placing and breaking ties. */
const variants: readonly [string, Settings][] = [
  ['quickstart', { allocator: 'fifo' }],
  ['quickstart', { allocator: '{name: fifo, queue: skip, placement: worst-fit}' }],
  ['quickstart', { allocator: '{name: wfp3, queue: skip, placement: round-robin}' }],
  ['quickstart', { allocator: '{name: random, placement: random-fit}' }],
  ['quickstart', { allocator: '{name: drf, ties: fewest-allocations, hierarchy: sorter}' }],
  ['quickstart', { allocator: '{name: asset-fairness, ties: name}' }],
  ['quickstart', { allocator: '{name: ceei, hierarchy: sorter}' }],
  ['quickstart', { allocator: 'drfh' }],
  ['quickstart', { allocator: '{name: ps-dsf, hierarchy: flat}' }],
  ['quickstart', { allocator: '{name: srtf, preempt: restart, queue: skip}' }],
  ['quickstart', { allocator: '{name: lcfs, preempt: checkpoint, checkpoint-interval: 20s, checkpoint-cost: 1s}' }],
  ['quickstart', { allocator: '{name: rr, quantum: 30s}' }],
  ['quickstart', { allocator: '{name: las, quantum: 30s, placement: best-fit}' }],
  ['quickstart', { allocator: '{name: lp-weighted, interval: 5s, tiers: true, stickiness: 0.5, ceiling: equal}' }],
  ['lp-heterogeneous', { allocator: '{name: lp-weighted, objective: max-min}' }],
  ['lp-heterogeneous', { allocator: '{name: lp-weighted, rounding: floor, debounce: 1s, floor: equal}' }],
  ['quickstart', { allocator: '{name: fgd, queue: skip, score: exact}' }],
  ['quickstart', { seed: '2' }],
  ['replay-swf', { allocator: '{name: sjf, queue: skip}' }],
  ['replay-swf', { 'workload.0.trace.as': 'gang', allocator: 'f3' }],
  ['replay-swf', { allocator: '{name: easy, order: sjbf}', 'simulation.conventions': 'pyss' }],
  ['replay-swf', { allocator: '{name: easy, estimates: predicted, reservations: 3}' }],
  ['replay-swf', { allocator: '{name: conservative, on-early-end: replan}' }],
  ['replay-swf', { allocator: 'las' }],
  ['replay-swf', { allocator: '{name: priority, preempt: resume}' }],
  ['mm1', { 'workload.0.generate.jobs': '2000', thresholds: '{}' }],
];

const cases: readonly [string, string, Settings][] = [
  ...shipped.map((name) => [name, name, {}] as [string, string, Settings]),
  ...variants.map(
    ([name, settings]) => [`${name} ${JSON.stringify(settings)}`, name, settings] as [string, string, Settings],
  ),
];

describe('digests stay what they were', () => {
  it.each(cases)('%s', async (label, name, settings) => {
    const { digest, schedule_digest } = await runShipped(name, settings);
    found[label] = `${digest} ${schedule_digest}`;
    if (!rewriting) expect(found[label]).toBe(golden[label]);
  });

  it('has a golden digest for each case and no other', () => {
    if (!rewriting) expect(Object.keys(golden).sort()).toEqual(cases.map(([label]) => label).sort());
  });
});

afterAll(() => {
  if (rewriting) writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
});
