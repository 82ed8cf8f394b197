import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { allotJson } from '../support/run-cli.ts';

const FULL = process.env['ALLOT_FULL'] === '1';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-lp-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(text: string, env: Readonly<Record<string, string>> = {}): Promise<RunResult> {
  const file = join(folder, 'scenario.yaml');
  writeFileSync(file, text);
  return allotJson<RunResult>(['run', file], { env });
}

/** 10,000 nodes of three kinds, and 100,000 tasks that want twice as much as there is. */
const LARGE = `version: 1
cluster:
  nodes:
    - { name: even, count: 4000, capacity: { cpus: 16, mem: 64GB } }
    - { name: cpu, count: 3000, capacity: { cpus: 32, mem: 32GB } }
    - { name: mem, count: 3000, capacity: { cpus: 8, mem: 128GB } }
workload:
  - { framework: web, jobs: 20, every: 10s, tasks: 2000, demand: { cpus: 4, mem: 16GB }, duration: { exponential: { mean: 300s } } }
  - { framework: search, jobs: 15, every: 13s, tasks: 2000, demand: { cpus: 1.5, mem: 31GB }, duration: { exponential: { mean: 300s } }, weight: 4 }
  - { framework: build, jobs: 15, every: 13s, tasks: 2000, demand: { cpus: 7, mem: 6GB }, duration: { exponential: { mean: 300s } }, weight: 4 }
allocator: { name: lp-weighted, interval: 5s }
`;

/** A class of its own for each job, in a queue that is seldom empty: a pass at each arrival and each end. */
const LONG = (jobs: number) => `version: 1
cluster:
  nodes:
    - { name: even, count: 6, capacity: { cpus: 16, mem: 64GB } }
    - { name: cpu, count: 4, capacity: { cpus: 32, mem: 32GB } }
workload:
  - generate:
      model: poisson
      framework: [{ name: a }, { name: b }, { name: c }]
      rate: 1/s
      jobs: ${jobs}
      demand: { cpus: { uniform: { min: 1, max: 8 } }, mem: { uniform: { min: 1024, max: 16384 } } }
      duration: { exponential: { mean: 40s } }
allocator: lp-weighted
`;

describe('lp-weighted', () => {
  it('plans 100,000 tasks over 10,000 nodes, and says what part of the time it spent solving', async () => {
    const { tasks, metrics, engine } = await run(LARGE);
    expect(tasks.completed).toBe(100_000);
    expect(metrics['lp.fallbacks']).toBe(0);
    expect(metrics['lp.solves']).toBeGreaterThan(100);
    expect(engine.solving_s).toBeGreaterThan(0);
    expect(engine.solving_s).toBeLessThan(engine.wall_s);
  }, 120_000);

  it.runIf(FULL)(
    'holds no more memory after 10,000 planned passes than after 1,000',
    async () => {
      // A small heap is collected often, so that its peak says what is held.
      const env = { NODE_OPTIONS: '--max-semi-space-size=2 --max-old-space-size=100' };
      const short = await run(LONG(1_100), env);
      const long = await run(LONG(11_000), env);
      expect(short.metrics['lp.passes']).toBeGreaterThan(1_000);
      expect(long.metrics['lp.passes']).toBeGreaterThan(10_000);
      expect(long.metrics['lp.fallbacks']).toBe(0);
      // A model left behind by each pass would be 100 MiB and more.
      expect(long.engine.peak_memory_mib! - short.engine.peak_memory_mib!).toBeLessThan(30);
    },
    300_000,
  );
});
