import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson, type CliOutcome, ROOT } from '../support/run-cli.ts';

let folder: string;
let scenario: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-interrupt-'));
  scenario = join(folder, 'long.yaml');
  writeFileSync(
    scenario,
    `version: 1
name: long
cluster: { nodes: [{ name: n, count: 8, capacity: { cpus: 8 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 60/s, jobs: 100000000, demand: { cpus: 1 }, duration: { exponential: { mean: 1s } } }
thresholds: { wait.mean: "< 0" }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the long scenario and interrupts it once rows of jobs have been written to `out`. */
async function interrupted(out: string, ...words: string[]): Promise<CliOutcome> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/bin/allot.js'), 'run', scenario, '--out', out, ...words], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    chunks.err += chunk.toString();
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (child.exitCode === null && !hasRows(join(out, 'jobs.csv'))) await pause(20);
  child.kill('SIGINT');
  return { code: await closed, ...chunks };
}

function hasRows(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 100_000;
}

describe('Ctrl-C', { timeout: 60_000 }, () => {
  it('leaves a partial result that is marked as such, whose account adds up, and code 130', async () => {
    const out = join(folder, 'json');
    const { code, out: text, err } = await interrupted(out, '--json');
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
    const result = JSON.parse(text) as RunResult;
    expect(result.interrupted).toBe(true);
    expect(result.time.end_s).toBeGreaterThan(0);
    expect(result.thresholds).toEqual([]);
    const { submitted, completed, failed, rejected, unfinished } = result.jobs;
    expect(submitted).toBe(completed + failed + rejected + unfinished);
    const { read, replayed, skipped } = result.workload[0]!;
    expect(replayed).toBe(submitted);
    expect(read).toBe(replayed + (skipped['after the end of the run (interrupted)'] ?? 0));
    expect(read).toBeLessThan(100_000_000);

    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toEqual(result);
    const rows = parseCsv(readFileSync(join(out, 'jobs.csv')), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(submitted);
    expect(rows.filter(({ status }) => status === 'unfinished')).toHaveLength(unfinished);
  });

  it('leaves a summary that says so, and a command that gives the same again', async () => {
    const { code, out: text } = await interrupted(join(folder, 'summary'));
    expect(code).toBe(130);
    expect(text).toMatch(/interrupted at t = .+ \(\d.* % of the workload\): partial result, thresholds not judged/);
    const again = /reproduce {2}allot run .* --until (\d+us)\n/.exec(text)![1]!;
    const { digest } = await allotJson<RunResult>(['run', scenario, '--until', again, '--set', 'thresholds={}']);
    expect(text).toContain(digest);
  });

  it('leaves a manifest that is not verified', async () => {
    const out = join(folder, 'manifest');
    await interrupted(out);
    const { code, err } = await allot(['verify', out]);
    expect(code).toBe(2);
    expect(err).toContain('this run was interrupted');
  });
});
