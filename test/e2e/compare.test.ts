import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/experiment/comparison.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson } from '../support/run-cli.ts';

let folder: string;
let queue: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-compare-'));
  queue = join(folder, 'queue.yaml');
  writeFileSync(
    queue,
    `version: 1
name: queue
cluster: { nodes: [{ name: n, count: 4, capacity: { cpus: 4 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 1/s, jobs: 400, demand: { cpus: 3 }, duration: { exponential: { mean: 4s } } }
  - generate: { model: poisson, framework: b, rate: 1/s, jobs: 400, demand: { cpus: 1 }, duration: { exponential: { mean: 2s } } }
allocators: [fifo, { name: sjf, queue: skip }]
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = ['compare', '-a', 'drf', '-a', 'fifo', '--seeds', '3', '--metrics', 'wait.mean,utilization.cpus'];

describe('allot compare', { timeout: 120_000 }, () => {
  it('compares the allocators of a scenario on the runs that `run` would give', async () => {
    const comparison = await allotJson<Comparison>(['compare', queue, '--seeds', '1..12']);
    expect(comparison.schema).toBe('allot.comparison/1');
    expect(comparison.allocators.map(({ label }) => label)).toEqual(['fifo', 'sjf']);
    const [, sjf] = comparison.allocators;
    expect(sjf!.runs.map(({ seed }) => seed)).toEqual(Array.from({ length: 12 }, (_, i) => `${i + 1}`));
    const alone = await allotJson<RunResult>(['run', queue, '--seed', '5', '-a', '{name: sjf, queue: skip}']);
    expect(sjf!.runs[4]!.digest).toBe(alone.digest);
    const wait = comparison.metrics.find(({ metric }) => metric === 'wait.mean')!;
    expect(wait.best).toEqual(['sjf']);
    expect(comparison.statements[0]).toMatch(/^sjf has .* times lower mean wait than fifo$/);
  });

  it('gives the same on one thread and on two', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((threads) => allotJson<Comparison>([...words, queue, '-j', threads])),
    );
    expect(one).toEqual(two);
  });

  it('prints a table that fits 80 columns, without colour, and nothing else on standard output', async () => {
    const { code, out, err } = await allot([...words, queue]);
    expect(code).toBe(0);
    expect(out).toContain('common random numbers');
    expect(out).toMatch(/^ {2}wait\.mean m?s +\d.* ± .*$/m);
    expect(out).not.toContain('\u001b');
    const table = out.split('\n').filter((line) => line.includes(' ± '));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(
      /reproduce {2}allot compare .* -a drf -a fifo --seeds 3 --metrics wait\.mean,utilization\.cpus\n$/,
    );
    expect(err).not.toContain('error');
  });

  it('needs no more than two seeds to see that nothing is random', async () => {
    const { out } = await allot(['compare', 'scenarios/drf-hierarchical.yaml', '-a', 'drf', '-a', 'fifo']);
    expect(out).toContain('2 allocators × 2 seeds');
    expect(out).toContain('nothing here is random, every seed gives the same: one sample');
    expect(out).not.toContain(' ± ');
  });

  it('takes a trace of many weeks apart by weeks', async () => {
    const log = join(folder, 'log.swf');
    const rows = Array.from({ length: 600 }, (_, i) => {
      const run = 3_600 * (1 + ((i * 7) % 5));
      return `${i + 1} ${i * 10_800} -1 ${run} ${1 + ((i * 3) % 4)} -1 -1 ${1 + ((i * 3) % 4)} ${run} -1 1 1 1 1 1 -1 -1 -1`;
    });
    writeFileSync(log, `; MaxProcs: 4\n${rows.join('\n')}\n`);
    const scenario = join(folder, 'weeks.yaml');
    writeFileSync(
      scenario,
      'version: 1\ncluster: { nodes: [{ name: pool, capacity: { cpus: 4 } }] }\nworkload: [{ trace: { file: log.swf } }]\n',
    );
    const comparison = await allotJson<Comparison>(['compare', scenario, '-a', 'fifo', '-a', 'easy']);
    // 600 jobs, three hours apart, are 75 days.
    expect([comparison.sampling, comparison.samples]).toEqual(['weeks', 11]);
    const wait = comparison.metrics.find(({ metric }) => metric === 'wait.mean')!;
    for (const { mean, low, high } of wait.values) {
      expect(low).toBeLessThan(mean!);
      expect(high).toBeGreaterThan(mean!);
    }
    const alone = await allotJson<RunResult>(['run', scenario, '-a', 'easy']);
    expect(wait.values[1]!.mean).toBe(alone.metrics['wait.mean']);
  });

  it('writes the comparison and every run to a folder', async () => {
    const out = join(folder, 'out');
    const comparison = await allotJson<Comparison>([...words, queue, '--out', out]);
    expect(JSON.parse(readFileSync(join(out, 'comparison.json'), 'utf8'))).toEqual(comparison);
    const lines = readFileSync(join(out, 'runs.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).status)).toEqual(Array(6).fill('done'));
  });

  it('opens no thread for nothing, and runs nothing where the results cannot go', async () => {
    const { code, out } = await allot(['compare', queue, '--seeds', '2', '--threads', '1000']);
    expect(code).toBe(0);
    expect(out).toContain('on 4 threads');
    const refused = await allot(['compare', queue, '--seeds', '2', '--out', join(queue, 'in')]);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('this folder cannot be made');
  });

  it('says so where no thread has the memory to start', async () => {
    const { code, err } = await allot(['compare', queue, '--seeds', '2', '--memory', '1MB']);
    expect(code).toBe(1);
    expect(err.match(/^run failed .*: ran out of memory: /gm)).toHaveLength(4);
    expect(err).not.toMatch(/^ +at /m);
  });

  it('ends with 3 where the mean of an allocator misses a threshold', async () => {
    const { code, out, err } = await allot([...words, queue, '--set', 'thresholds={wait.mean: "< 1us"}']);
    expect(code).toBe(3);
    expect(out).toContain('Thresholds');
    expect(err).toContain('threshold failed: wait.mean of drf');
  });

  it.each([
    [['compare', 'scenarios/quickstart.yaml'], 'there is only `drf` to compare'],
    [['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'fifo'], '`fifo` is listed twice'],
    [['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'dfr'], 'did you mean `drf`'],
    [['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'drf', '--metrics', 'wait.meen'], 'wait.mean'],
    [
      ['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'drf', '--confidence', '95'],
      '--confidence must lie',
    ],
    [['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'drf', '-j', '0'], '--threads must be'],
    [['compare', 'scenarios/quickstart.yaml', '-a', 'fifo', '-a', 'drf', '--memory', 'much'], 'expected a size'],
  ])('refuses %j', async (line, reason) => {
    const { code, out, err } = await allot(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(reason);
  });

  it('narrows differences on the quickstart by common random numbers as far as the guide says', async () => {
    const { metrics } = await allotJson<Comparison>([
      ...['compare', 'scenarios/quickstart.yaml', '-a', 'drf', '-a', '{name: sjf, queue: skip}'],
      ...['--seeds', '10', '--metrics', 'wait.mean'],
    ]);
    const [{ unpaired_half_width, difference }] = metrics[0]!.pairs as [Comparison['metrics'][0]['pairs'][0]];
    expect((unpaired_half_width! / difference!.half_width!).toFixed(1)).toBe('4.3');
  });
});
