import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, openReport } from '../support/browser.ts';
import { allot } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MANY = `
version: 1
name: <many> & "odd"
cluster:
  nodes:
    - { name: node, count: 200, capacity: { cpus: 8, mem: 32GB } }
roles: { "<b>": { weight: 1 } }
frameworks: { "<i>x</i>": { role: "<b>" } }
workload:
  - { framework: "<i>x</i>", jobs: 5000, every: 1s, tasks: 10, demand: { cpus: 1, mem: 2GB }, duration: { exponential: { mean: 60s } } }
  - { framework: web, jobs: 5000, every: 1s, tasks: 10, demand: { cpus: 1, mem: 1GB }, duration: { exponential: { mean: 50s } } }
thresholds: { "wait.p95": "< 100000" }
allocator: drf
`;

async function ok(words: readonly string[]): Promise<void> {
  const { code, err } = await allot(words);
  expect(err).not.toContain('error');
  expect(code).toBe(0);
}

const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  await ok(['run', 'scenarios/quickstart.yaml', '--until', '2h', '--out', at('drf')]);
  await ok(['run', 'scenarios/quickstart.yaml', '--until', '2h', '-a', 'fifo', '--out', at('fifo')]);
  await ok(['compare', 'scenarios/drf-paper.yaml', '-a', 'drf', '-a', 'fifo', '--seeds', '1..2', '--out', at('both')]);
  writeFileSync(at('many.yaml'), MANY);
  await ok(['run', at('many.yaml'), '--out', at('many')]);
}, 120_000);

describe('allot report', () => {
  it('writes one file beside the results, or where it is told to', async () => {
    await ok(['report', at('drf')]);
    await ok(['report', at('both'), at('drf'), at('fifo'), '--out', at('deep/in/all.html')]);
    const page = readFileSync(at('deep/in/all.html'), 'utf8');
    for (const text of ['Comparison: drf, fifo', 'allot run scenarios/quickstart.yaml --allocator fifo'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:,)/);
  });

  it('gives the same bytes for the same folder', async () => {
    await ok(['report', at('drf'), '-o', at('one.html')]);
    await ok(['report', at('drf'), '-o', at('two.html')]);
    expect(readFileSync(at('one.html')).equals(readFileSync(at('two.html')))).toBe(true);
  });

  it.each([
    ['drf', 'jobs.csv', (text: string) => text.slice(0, 1000), /the table has \d+ rows, and its result tells of \d+$/],
    ['drf', 'tasks.csv', () => 'nothing of use\n', /the table has no column `index`$/],
    ['drf', 'manifest.json', () => '{ "schema": "allot.manifest/1" }', /`versions` is missing or damaged$/],
    ['both', 'comparison.json', () => '{ "schema": "allot.comparison/1" }', /`seeds` is missing or damaged$/],
  ] as const)('says what is damaged in a folder like %s: %s', async (name, file, damage, message) => {
    cpSync(at(name), at('damaged'), { recursive: true });
    writeFileSync(at(`damaged/${file}`), damage(readFileSync(at(`damaged/${file}`), 'utf8')));
    const { code, err } = await allot(['report', at('damaged'), '-o', at('damaged.html')]);
    rmSync(at('damaged'), { recursive: true });
    expect(code).toBe(2);
    expect(err.trimEnd()).toMatch(message);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('says which file is missing where a folder is not one of results', async () => {
    const { code, err } = await allot(['report', folder]);
    expect(code).toBe(2);
    expect(err).toContain('result.json: there is no such file');
    expect(err).toContain('allot run --out');
  });
});

// Why they are skipped where they are: there is no Chromium (apt-get install chromium, or CHROMIUM=path).
describe.skipIf(CHROMIUM === undefined)('the page, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
    await ok(['report', at('both'), at('drf'), at('fifo'), '--out', at('all.html')]);
    await ok(['report', at('many')]);
  }, 60_000);
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)('asks for nothing and complains of nothing, in %s', async (colorScheme) => {
    const { page, requests, complaints } = await openReport(browser, at('all.html'), { colorScheme });
    await page.locator('#theme').click();
    expect(requests).toEqual([`file://${at('all.html')}`]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows names of people as they are, whatever they hold', async () => {
    const { page, complaints } = await openReport(browser, at('many/report.html'));
    expect(await page.locator('h1').textContent()).toBe('<many> & "odd"');
    expect(await page.locator('main i, main b').count()).toBe(0);
    expect(await page.locator('.gantt .key').textContent()).toContain('<i>x</i>');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has no fault that axe-core calls serious, in %s', async (colorScheme) => {
    const { page } = await openReport(browser, at('all.html'), { colorScheme, bypassCSP: true });
    await page.evaluate(() => {
      for (const closed of document.querySelectorAll('details')) closed.open = true;
    });
    await page.addScriptTag({ content: axe.source });
    expect(await seriousFaults(page)).toEqual([]);
    await page.close();
  });

  it('draws 100,000 tasks within a second', async () => {
    const { page } = await openReport(browser, at('many/report.html'));
    expect(await page.locator('.gantt canvas').getAttribute('aria-label')).toContain('100,000 stretches');
    const times = await page.evaluate(() => {
      const canvas = document.querySelector('.gantt canvas')!;
      return ['0', '+', '+', '0'].map((key) => {
        const began = performance.now();
        canvas.dispatchEvent(new KeyboardEvent('keydown', { key }));
        canvas.getBoundingClientRect();
        return performance.now() - began;
      });
    });
    expect(Math.max(...times)).toBeLessThan(1_000);
    await page.close();
  });

  it('fills every chart, tells which task the mouse points at, and follows keys', async () => {
    const { page } = await openReport(browser, at('all.html'));
    const colours = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')].map((canvas) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
    expect(colours.length).toBe(8);
    for (const count of colours) expect(count).toBeGreaterThan(5);
    const canvas = page.locator('#gantt-0 canvas');
    await canvas.focus();
    for (const key of ['+', '+', '+', '+', '+', '+', '+', 't', 't', 't', 't', 't']) await page.keyboard.press(key);
    const before = await shot(page);
    await page.keyboard.press('ArrowRight');
    expect(await shot(page)).not.toBe(before);
    await canvas.hover();
    expect(await page.locator('#gantt-0 .pointed').textContent()).toMatch(
      /^job \S+, task \d+ of \w+ on \S+, \d+ cpus: [\d.]+ s to [\d.]+ s$/,
    );
    await page.close();
  });

  it('can be walked through by keyboard: first to the content, then contents, tools, pictures and tables', async () => {
    const { page } = await openReport(browser, at('all.html'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('theme');
    const landmarks = await page.locator('header, nav, main').count();
    expect(landmarks).toBeGreaterThanOrEqual(3);
    const summaries = await page.locator('figure details summary').count();
    expect(summaries).toBeGreaterThanOrEqual(10);
    await page.close();
  });

  it('prints in light colours without tools, even if it is dark on the screen', async () => {
    const { page } = await openReport(browser, at('all.html'), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.tools').first().isVisible()).toBe(false);
    const corner = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.gantt canvas')!;
      return [...canvas.getContext('2d')!.getImageData(1, 1, 1, 1).data];
    });
    expect(corner).toEqual([255, 255, 255, 255]);
    await page.close();
  });
});

async function shot(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>('#gantt-0 canvas')!.toDataURL());
}

async function seriousFaults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const inPage = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFault[] }> } };
    interface AxeFault {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { violations } = await inPage.axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
}
