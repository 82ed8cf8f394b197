import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allot as run } from '../support/run-cli.ts';
import { runText } from '../support/run-in-process.ts';

const allot = (...words: string[]) => run(words);
const folder = mkdtempSync(join(tmpdir(), 'allot-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('allot trace generate', () => {
  it('writes the same file for the same seed', async () => {
    const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => join(folder, name));
    for (const [i, file] of files.entries()) {
      const seed = i === 2 ? '8' : '7';
      const { code, err } = await allot(
        'trace',
        'generate',
        'lublin-feitelson',
        '-n',
        '200',
        '--seed',
        seed,
        '--out',
        file,
      );
      expect(err).toContain('200 jobs');
      expect(code).toBe(0);
    }
    const [a, b, c] = files.map((file) => readFileSync(file, 'utf8'));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(a!.trimEnd().split('\n')).toHaveLength(201);
  });

  it('takes what the model needs from --set, and says what is missing', async () => {
    const file = join(folder, 'd.csv');
    const settings = ['--set', 'rate=6/m', '--set', 'duration=90s'];
    expect((await allot('trace', 'generate', 'poisson', '-n', '50', ...settings, '--out', file)).code).toBe(0);
    const { code, err } = await allot('trace', 'generate', 'poisson', '-n', '50', '--out', file);
    expect(code).toBe(2);
    expect(err).toContain('`rate` is missing');
    expect(err).toContain('`duration` is missing');
  });
});

describe('allot trace fit', () => {
  it('prints a block that a scenario takes, and finds the rate that the jobs were drawn with', async () => {
    const file = join(folder, 'e.csv');
    const settings = ['--set', 'rate=6/m', '--set', 'duration={exponential: {mean: 90s}}'];
    await allot('trace', 'generate', 'poisson', '-n', '4000', ...settings, '--out', file);
    const { out, code } = await allot('trace', 'fit', file, '--model', 'poisson');
    expect(code).toBe(0);
    expect(out).toMatch(/^# Fitted to 4000 jobs\. Kolmogorov-Smirnov distances .* gaps 0\.0/);
    const [{ generate }] = parse(out) as [{ generate: Record<string, unknown> }];
    // A rate of 4,000 jobs has a standard error of 1.6 %.
    expect(Math.abs(Number.parseFloat(String(generate['rate'])) - 0.1)).toBeLessThan(0.0064);
    const head = 'version: 1\ncluster: { nodes: [{ name: n, capacity: { cpus: 64 } }] }\nworkload:\n';
    const { jobs } = await runText(`${head}${out.replace(/^(?=.)/gm, '  ')}`);
    expect(jobs.completed).toBe(4_000);
  });

  it('says which models it fits', async () => {
    const file = join(folder, 'a.csv');
    const { code, err } = await allot('trace', 'fit', file, '--model', 'mmp');
    expect(code).toBe(2);
    expect(err).toContain('did you mean `mmpp`?');
  });
});
