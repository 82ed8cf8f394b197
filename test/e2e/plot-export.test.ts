import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figures } from '../../src/report/figures/registry.ts';
import { CHROMIUM, openBrowser } from '../support/browser.ts';
import { allot, ROOT } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-plot-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** Gangs that are preempted, jobs that cannot run, names that must be quoted, tasks that still run when it is cut. */
const ODD = `
version: 1
name: odd
cluster: { nodes: [{ name: n, count: 3, capacity: { cpus: 2.5, mem: 8GB } }] }
workload:
  - { framework: 'a, "b" & <c>', jobs: 20, every: 3s, tasks: 2, demand: { cpus: 0.5, mem: 1GB }, duration: 17s }
  - { framework: high, jobs: 4, every: 11s, submit: 5s, tasks: 3, priority: 9, demand: { cpus: 2.5 }, duration: { exponential: { mean: 8s } } }
  - { framework: big, demand: { cpus: 3 }, duration: 1s }
allocator: { name: priority, preempt: restart }
until: 50s
`;

beforeAll(async () => {
  writeFileSync(at('odd.yaml'), ODD);
  for (const words of [
    ['run', at('odd.yaml'), '--out', at('odd')],
    ['run', at('odd.yaml'), '-a', 'fifo', '--out', at('fifo')],
  ]) {
    const { code, err } = await allot(words);
    if (code !== 0) throw new Error(err);
  }
}, 60_000);

const names = figures.map(({ name }) => name);

describe('allot plot', () => {
  it.each(names)('draws %s of one run and of two, the same bytes each time', async (figure) => {
    for (const dirs of [[at('odd')], [at('odd'), at('fifo')]]) {
      const { code, out } = await allot(['plot', ...dirs, '--figure', figure]);
      expect(code).toBe(0);
      expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
      expect(out).not.toMatch(/NaN|undefined|Infinity|<script|<style|href=/);
      await allot(['plot', ...dirs, '-f', figure, '-o', at('again.svg')]);
      expect(readFileSync(at('again.svg'), 'utf8')).toBe(out);
    }
  });

  it('draws the picture in the README', async () => {
    const { code } = await allot(['run', 'scenarios/drf-dynamic-sharing.yaml', '--out', at('sharing')]);
    expect(code).toBe(0);
    const { out } = await allot(['plot', at('sharing'), '--figure', 'shares']);
    // If it has changed on purpose: allot plot <folder> --figure shares --out docs/figures/dominant-shares.svg
    expect(out).toBe(readFileSync(join(ROOT, 'docs/figures/dominant-shares.svg'), 'utf8'));
  });

  it('guesses which figure was meant', async () => {
    const { code, err } = await allot(['plot', at('odd'), '-f', 'gant']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean `gantt`?');
  });

  // Skipped where there is no Chromium to read them with.
  it.skipIf(CHROMIUM === undefined)('writes SVG that a browser reads as XML, with names as they are', async () => {
    const { out } = await allot(['plot', at('odd'), '-f', 'gantt']);
    const browser = await openBrowser();
    const page = await browser.newPage();
    const texts = await page.evaluate((svg) => {
      const read = new DOMParser().parseFromString(svg, 'image/svg+xml');
      return [...read.querySelectorAll('parsererror, text')].map(({ textContent }) => textContent);
    }, out);
    await browser.close();
    // The key: the framework with the most work first.
    expect(texts.slice(0, 2)).toEqual(['high', 'a, "b" & <c>']);
  });
});

describe('allot export', () => {
  it('writes tables as Parquet that come back exactly', async () => {
    const { code, err } = await allot(['export', at('odd'), '--format', 'parquet']);
    expect(err).toContain('jobs.parquet');
    expect(code).toBe(0);
    for (const table of ['jobs', 'tasks', 'timeline']) {
      const rows = parseCsv(readFileSync(at(`odd/${table}.csv`)), { columns: true }) as Record<string, string>[];

      const file = bufferOf(at(`odd/${table}.parquet`));
      const back = await parquetReadObjects({ file });
      expect(rows.length).toBeGreaterThan(10);
      const asText = back.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)])),
      );
      expect(asText).toEqual(rows);
      const { digest } = JSON.parse(readFileSync(at('odd/result.json'), 'utf8')) as { digest: string };
      expect(parquetMetadata(file).key_value_metadata).toContainEqual({ key: 'allot.digest', value: digest });
    }
    const [first] = (await parquetReadObjects({ file: bufferOf(at('odd/jobs.parquet')) })) as [object];
    expect(first).toMatchObject({ index: expect.any(Number), job: 'big', submit_s: expect.any(Number), wait_s: null });
  });

  it.each(['chrome', 'perfetto'])(
    'writes trace events for %s: a slice a stretch, none over another',
    async (format) => {
      const { err } = await allot(['export', at('odd'), '-f', format, '-o', at('trace.json')]);
      expect(err).toContain('Trace Event Format');
      const { traceEvents } = JSON.parse(readFileSync(at('trace.json'), 'utf8')) as { traceEvents: TraceEvent[] };
      const rows = parseCsv(readFileSync(at('odd/tasks.csv')), { columns: true }) as Record<string, string>[];
      const slices = traceEvents.filter(({ ph }) => ph === 'X');
      expect(slices.length).toBe(rows.length);
      const statuses = new Set(slices.map(({ args }) => args['status']));
      expect([...statuses].sort()).toEqual(['completed', 'preempted', 'running']);
      for (const [i, a] of slices.entries()) {
        for (const b of slices.slice(i + 1)) {
          const together = a.pid === b.pid && a.tid === b.tid && a.ts < b.ts + b.dur && b.ts < a.ts + a.dur;
          expect(together).toBe(false);
        }
      }
      const counters = new Set(traceEvents.filter(({ ph }) => ph === 'C').map(({ name }) => name));
      expect([...counters]).toEqual(['cpus used', 'mem used', 'waiting jobs']);
    },
  );
});

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, unknown>>;
}

function bufferOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}
