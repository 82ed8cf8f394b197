import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStream } from '../../src/base/random.ts';
import type { RunRecord } from '../../src/experiment/run-record.ts';
import type { SweepResult } from '../../src/experiment/sweep-result.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';

let folder: string;
let scenario: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-sweep-'));
  scenario = join(folder, 'queue.yaml');
  writeFileSync(
    scenario,
    `version: 1
name: queue
cluster: { nodes: [{ name: n, count: 2, capacity: { cpus: 4 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 1/s, jobs: 2000, demand: { cpus: 3 }, duration: { exponential: { mean: 1.6s } } }
allocators: [fifo, drf]
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grid = ['--grid', 'cluster.nodes.0.count=[2, 3]', '--seeds', '5'];
const sweep = (out: string, ...more: string[]) => ['sweep', scenario, ...grid, '--out', join(folder, out), ...more];
const recordsOf = (out: string, file = 'runs.jsonl') =>
  readFileSync(join(folder, out, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunRecord);

let whole: SweepResult;
beforeAll(async () => {
  whole = await allotJson<SweepResult>(sweep('whole'));
}, 120_000);

describe('allot sweep', { timeout: 120_000 }, () => {
  it('runs allocators by settings by seeds, each as `run` would', async () => {
    expect(whole.runs).toEqual({ planned: 20, done: 20, failed: 0, missing: 0 });
    expect(whole.cells.map(({ allocator, settings, seeds }) => [allocator, settings, seeds])).toEqual([
      ['fifo', { 'cluster.nodes.0.count': 2 }, 5],
      ['fifo', { 'cluster.nodes.0.count': 3 }, 5],
      ['drf', { 'cluster.nodes.0.count': 2 }, 5],
      ['drf', { 'cluster.nodes.0.count': 3 }, 5],
    ]);
    const record = recordsOf('whole').find(
      ({ label, seed, settings }) => label === 'drf' && seed === '4' && settings['cluster.nodes.0.count'] === 3,
    );
    const alone = await allotJson<RunResult>([
      'run',
      scenario,
      '-a',
      'drf',
      '--seed',
      '4',
      '--set',
      'cluster.nodes.0.count=3',
    ]);
    expect(record).toMatchObject({ status: 'done', digest: alone.digest, metrics: alone.metrics });
    const waits = recordsOf('whole').flatMap((run) =>
      run.status === 'done' && run.label === 'drf' && run.settings['cluster.nodes.0.count'] === 3
        ? run.metrics['wait.mean']!
        : [],
    );
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / 5;
    expect(whole.cells[3]!.metrics['wait.mean']!.mean).toBeCloseTo(mean, 12);
  });

  it('has one digest: serial, threaded, in shards and merged', async () => {
    const serial = await allotJson<SweepResult>(sweep('serial', '-j', '1'));
    expect(serial.digest).toBe(whole.digest);
    expect(serial.cells).toEqual(whole.cells);
    await Promise.all([1, 2, 3].map((i) => allot(sweep(`part${i}`, '-j', '1', '--shard', `${i}/3`))));
    const parts = [1, 2, 3].map((i) => join(folder, `part${i}`));
    const merged = await allotJson<SweepResult>(['merge', ...parts, '--out', join(folder, 'merged')]);
    expect(merged.digest).toBe(whole.digest);
    expect(merged.cells).toEqual(whole.cells);
    // The merged folder is one like any other: there is nothing left to do in it.
    const { err } = await allot(sweep('merged'));
    expect(err).toContain('20 of 20 runs are done already');
  });

  it('puts shards together that share a folder', async () => {
    await allot(sweep('shared', '--shard', '1/2'));
    await allot(sweep('shared', '--shard', '2/2'));
    expect(recordsOf('shared', 'runs-1-of-2.jsonl')).toHaveLength(10);
    const { digest } = await allotJson<SweepResult>(['merge', join(folder, 'shared')]);
    expect(digest).toBe(whole.digest);
  });

  it('merges with a list of what is missing, and exit code 1', async () => {
    await allot(sweep('lonely', '--shard', '2/4'));
    const { code, out, err } = await allot(['merge', join(folder, 'lonely')]);
    expect(code).toBe(1);
    expect(err.match(/^missing: [0-9a-f]{12} \((fifo|drf), seed \d, cluster\.nodes\.0\.count [23]\)$/gm)).toHaveLength(
      10,
    );
    expect(err).toContain('and 5 more are missing');
    expect(out).toContain('5 of 20 runs done · 15 missing');
    expect(out).toContain('none before all runs are done');
  });

  it('refuses two results of one run that differ, and shards of different sweeps', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'wrong'), { recursive: true });
    const [first] = recordsOf('wrong');
    const changed = { ...first, digest: '0'.repeat(64) };
    writeFileSync(join(folder, 'wrong', 'runs.jsonl'), `${JSON.stringify(changed)}\n`);
    const conflict = await allot(['merge', join(folder, 'whole'), join(folder, 'wrong'), '--out', join(folder, 'no')]);
    expect(conflict.code).toBe(4);
    expect(conflict.err).toContain(`run ${first!.run.slice(0, 12)} (${first!.label}, seed ${first!.seed}`);
    expect(conflict.err).toContain('a run was done twice with different results');

    await allot([...sweep('other', '--shard', '1/4'), '--set', 'until=10s']);
    const other = await allot(['merge', join(folder, 'whole'), join(folder, 'other'), '--out', join(folder, 'no')]);
    expect(other.code).toBe(2);
    expect(other.err).toContain('this is part of another sweep');
  });

  it('does only what is new when a sweep grows', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'grown'), { recursive: true });
    const { out, err } = await allot(sweep('grown').map((word) => (word === '5' ? '6' : word)));
    expect(err).toContain('20 of 24 runs are done already');
    expect(out).toContain('24 of 24 runs done');
  });

  it('says so where the folder holds runs of another sweep', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'other-sweep'), { recursive: true });
    const { err, out } = await allot([...sweep('other-sweep'), '--set', 'until=10s']);
    expect(err).toContain('20 runs in this folder are not of this sweep: they are kept, and not counted');
    expect(out).toContain('20 of 20 runs done');
  });

  it('refuses numbers of tries that are none', async () => {
    for (const retries of ['x', '-1', '1.5']) {
      const { code, err } = await allot(sweep('tries', '--retries', retries));
      expect([code, err]).toEqual([2, 'error: --retries must be a whole number from 0 to 100\n']);
    }
  });

  it('says what is no folder', async () => {
    expect((await allot(['merge', scenario])).err).toBe(`error: ${scenario}/plan.json: this is no folder\n`);
    const { code, err } = await allot(['sweep', scenario, '--out', scenario]);
    expect([code, err]).toEqual([2, `error: ${scenario}: this is no folder\n`]);
  });

  it('says how many lines were damaged when it merges, and which figures somebody has changed', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'hurt'), { recursive: true });
    const path = join(folder, 'hurt', 'runs.jsonl');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(
      path,
      `${[lines[0]!.replace(/"metrics":\{[^}]*\}/, '"metrics":null'), ...lines.slice(1)].join('\n')}\n`,
    );
    const hurt = await allot(['merge', join(folder, 'hurt')]);
    expect(hurt.code).toBe(1);
    expect(hurt.err).toMatch(/^a line of results was cut off or damaged\nmissing: [0-9a-f]{12} \(/);
    writeFileSync(path, `${[lines[0]!.replace(/"wait.mean":[\d.]+/, '"wait.mean":99'), ...lines].join('\n')}\n`);
    const changed = await allot(['merge', join(folder, 'hurt')]);
    expect(changed.code).toBe(4);
    expect(changed.err).toMatch(
      /^run [0-9a-f]{12} \(.*, cluster\.nodes\.0\.count \d\) came out differently:\n {2}the same digest, but wait\.mean is 99 and [\d.]+\n/,
    );
  });

  it('fits 80 columns, and counts the metrics that do not', async () => {
    const { out } = await allot(sweep('whole', '-a', 'fifo', '-a', 'drf', '--set', 'name=a-name-of-some-length'));
    for (const line of out.split('\n').slice(0, -2))
      if (!line.startsWith('again')) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^ {2}and \d metrics more in --json$/m);
  });

  it('says what it would do, and for how long', async () => {
    const { code, out } = await allot(sweep('unmade', '--dry-run', '--shard', '1/4'));
    expect(code).toBe(0);
    expect(out).toContain('Plan: 2 allocators × 2 of cluster.nodes.0.count × 5 seeds = 20 runs');
    expect(out).toContain('shard 1 of 4: 5 runs');
    expect(out).toMatch(/0 done, 5 to do: about .+ on (one thread|\d+ threads)/);
    expect(statSync(join(folder, 'unmade'), { throwIfNoEntry: false })).toBeUndefined();
    const plan = await allotJson<{ counts: object; runs: object[] }>(sweep('whole', '--dry-run'));
    expect(plan.counts).toEqual({ planned: 20, own: 20, done: 20, todo: 0 });
    expect(plan.runs).toHaveLength(20);
  });

  it('reports a run whose thread runs out of memory, goes on with the rest, and ends with 1', async () => {
    const out = join(folder, 'memory');
    const { code, err } = await allot([
      ...[
        'sweep',
        scenario,
        '-a',
        'mesos',
        '--set',
        'workload.0.generate.jobs=20',
        '--set',
        'until=2s',
        '--seeds',
        '1',
        '--memory',
        '32MB',
      ],
      ...['--grid', 'cluster.nodes.0.count=[2, 15000, 3, 4]', '-j', '1', '--out', out],
    ]);
    expect(code).toBe(1);
    expect(err).toContain('run failed (mesos, seed 1, cluster.nodes.0.count 15000): ran out of memory');
    expect(recordsOf('memory').map(({ status }) => status)).toEqual(['done', 'failed', 'done', 'done']);
    // With more memory the same command does what is left.
    const again = await allotJson<SweepResult>([
      ...[
        'sweep',
        scenario,
        '-a',
        'mesos',
        '--set',
        'workload.0.generate.jobs=20',
        '--set',
        'until=2s',
        '--seeds',
        '1',
      ],
      ...['--grid', 'cluster.nodes.0.count=[2, 15000, 3, 4]', '--out', out],
    ]);
    expect(again.runs).toEqual({ planned: 4, done: 4, failed: 0, missing: 0 });
  });

  it('keeps what is done on Ctrl-C, with exit code 130', async () => {
    const { code, err } = await ended('stopped', 'SIGINT', 2);
    expect(code).toBe(130);
    expect(err).toContain('what is done is kept');
    const kept = recordsOf('stopped').length;
    expect(kept).toBeGreaterThanOrEqual(2);
    expect(kept).toBeLessThan(20);
    expect((await allotJson<SweepResult>(sweep('stopped'))).digest).toBe(whole.digest);
  });

  it('says where seeds make no difference', async () => {
    const { err } = await allot([
      'sweep',
      'scenarios/drf-hierarchical.yaml',
      '-a',
      'drf',
      '--seeds',
      '3',
      '--out',
      join(folder, 'idle'),
    ]);
    expect(err).toContain('--seeds 1 is enough');
  });

  it.each([
    [['--grid', 'cluster.nodes.0.count=[2, two]'], '--grid cluster.nodes.0.count="two"'],
    [['--grid', 'seed=[1, 2]'], '--seeds'],
    [['--shard', '5/4'], 'expected which of how many'],
    [['-a', 'fifo', '--grid', 'until=[10s, 10s]'], 'stands in the list twice'],
  ])('refuses %j', async (words, reason) => {
    const { code, out, err } = await allot(['sweep', scenario, ...words, '--out', join(folder, 'none')]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(reason);
  });
});

/** Starts a sweep and ends it by a signal once so many records have been written. */
async function ended(
  out: string,
  signal: NodeJS.Signals,
  records: number,
): Promise<{ code: number | null; err: string }> {
  const words = sweep(out, '-j', '2');
  const child = spawn(process.execPath, [join(ROOT, 'dist/bin/allot.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (child.exitCode === null && linesOf(out) < records) await pause(2);
  child.kill(signal);
  return { code: await closed, err };
}

function linesOf(out: string): number {
  const path = join(folder, out, 'runs.jsonl');
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? 0
    : readFileSync(path, 'utf8').split('\n').length - 1;
}

describe('a sweep that is killed', { timeout: 300_000 }, () => {
  const full = process.env['ALLOT_FULL'] === '1';
  const random = openStream('1', 'kill points');
  const points = Array.from({ length: full ? 10 : 1 }, () => ({
    records: Math.floor(random() * 18),
    ms: random() * 60,
  }));

  it.each(points)('after $records runs and $ms ms goes on to the same result', async ({ records, ms }) => {
    const out = `killed-${records}-${Math.round(ms)}`;
    const words = sweep(out, '-j', '2');
    const child = spawn(process.execPath, [join(ROOT, 'dist/bin/allot.js'), ...words], { stdio: 'ignore' });
    const closed = new Promise((resolve) => child.on('close', resolve));
    while (child.exitCode === null && linesOf(out) < records) await pause(1);
    await pause(ms);
    child.kill('SIGKILL');
    await closed;
    const resumed = await allotJson<SweepResult>(words);
    expect(resumed.digest).toBe(whole.digest);
    expect(resumed.cells).toEqual(whole.cells);
    const ids = recordsOf(out).map(({ run }) => run);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('in the middle of a line does that run again', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'torn'), { recursive: true });
    const path = join(folder, 'torn', 'runs.jsonl');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, 7).join('\n')}\n`);
    appendFileSync(path, lines[7]!.slice(0, 200));
    const { err, out } = await allot(sweep('torn', '--json'));
    expect(err).toContain('7 of 20 runs are done already');
    expect(err).toContain('a line of results was cut off');
    expect((JSON.parse(out) as SweepResult).digest).toBe(whole.digest);
  });
});
