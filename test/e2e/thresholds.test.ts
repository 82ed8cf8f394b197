import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { BaselineCheck } from '../../src/experiment/baseline-check.ts';
import { fences, readDocument } from '../support/markdown.ts';
import { allot, ROOT } from '../support/run-cli.ts';

let folder: string;
let scenario: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-thresholds-'));
  scenario = join(folder, 'queue.yaml');
  writeFileSync(
    scenario,
    `version: 1
name: queue
cluster: { nodes: [{ name: n, count: 2, capacity: { cpus: 4 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 1/s, jobs: 800, demand: { cpus: 3 }, duration: { exponential: { mean: 1.6s } } }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const paper = 'scenarios/drf-paper.yaml';

/** What is read of a workflow of GitHub Actions. */
interface Workflow {
  readonly jobs: { readonly schedules: { readonly steps: readonly { readonly run?: string }[] } };
}

describe('--threshold', { timeout: 60_000 }, () => {
  it('is a threshold of the scenario, and ends a run that misses it with 3', async () => {
    const { code, out, err } = await allot([
      ...['run', paper, '--threshold', 'utilization.cpus >= 0.9', '-t', 'utilization.mem>0.9'],
    ]);
    expect(code).toBe(3);
    expect(out).toMatch(/✓ {2}utilization\.cpus {2}>= 0\.9 +1\n/);
    expect(out).toMatch(/✗ {2}utilization\.mem +>0\.9 {2}0\.7778\n/);
    expect(out).toContain("--threshold 'utilization.cpus >= 0.9' --threshold 'utilization.mem>0.9'");
    expect(err).toContain('threshold failed: utilization.mem');
  });

  it.each([
    ['utilization.men > 0', 'did you mean `utilization.mem`'],
    ['utilization.mem', 'expected a metric and what it must be'],
    ['utilization.mem > much', 'must be a comparison'],
  ])('refuses `%s`', async (threshold, reason) => {
    const { code, err } = await allot(['run', paper, '--threshold', threshold]);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});

describe('--reporter', { timeout: 60_000 }, () => {
  it('tells a result in several forms at once', async () => {
    const [junit, markdown] = [join(folder, 'new', 'out.xml'), join(folder, 'out.md')];
    const { code, out } = await allot([
      ...['run', paper, '-t', 'utilization.mem > 0.9', '--reporter', 'json'],
      ...['--reporter', `junit=${junit}`, '--reporter', `markdown=${markdown}`],
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(out).thresholds[0].pass).toBe(false);
    expect(readFileSync(junit, 'utf8')).toContain('failures="1"');
    expect(readFileSync(markdown, 'utf8')).toContain('| **✗** | `utilization.mem` | > 0.9 | 0.7778 |');
  });

  it('is told as the guide to CI has it, in a folder with nothing but the policy', async () => {
    const blocks = fences(readDocument('docs/ci.md'));
    const workflow = parse(blocks.find(({ language }) => language === 'text')!.text) as Workflow;
    const steps = workflow.jobs.schedules.steps.flatMap(({ run }) => (run?.startsWith('npx allot ') ? [run] : []));
    expect(steps).toHaveLength(2);
    const cwd = join(folder, 'checkout');
    mkdirSync(join(cwd, 'policies'), { recursive: true });
    cpSync(join(ROOT, paper), join(cwd, 'policies/queue.yaml'));
    expect((await allot(['baseline', 'save', 'policies/queue.yaml', '--seeds', '2'], { cwd })).code).toBe(0);
    for (const step of steps) expect((await allot(step.split(' ').slice(2), { cwd })).code, step).toBe(0);
    expect(readFileSync(join(cwd, 'out/queue.xml'), 'utf8')).toContain('<testsuites>');
  });

  it('annotates a job of GitHub Actions and writes on its page', async () => {
    const page = join(folder, 'page.md');
    writeFileSync(page, 'before\n');
    const env = { GITHUB_STEP_SUMMARY: page };
    const words = ['run', paper, '-t', 'utilization.mem > 0.9', '--reporter', 'pretty', '--reporter', 'github'];
    const { out, err } = await allot(words, { env });
    expect(out).toContain('Thresholds');
    expect(err).toContain('::error title=drf-paper%3A drf%2C seed 1::utilization.mem > 0.9: is 0.7778');
    expect(readFileSync(page, 'utf8')).toMatch(/^before\n## drf-paper: drf, seed 1\n/);
  });

  it('marks mistakes in a scenario at their place there', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'version: 1\nalocator: drf\n');
    const { code, err } = await allot(['check', wrong], { env: { GITHUB_ACTIONS: 'true' } });
    expect(code).toBe(2);
    expect(err).toContain(`::error file=${wrong},line=2,col=1::alocator: unknown key`);
  });

  it('tells a comparison with its intervals', async () => {
    const words = ['compare', scenario, '-a', 'fifo', '-a', 'lcfs', '--seeds', '3', '--reporter', 'markdown'];
    const { out } = await allot([...words, '-t', 'wait.p95 < 1us']);
    expect(out).toContain('| **✗** | fifo | `wait.p95` | < 1us |');
    expect(out).toMatch(/^\| wait\.mean m?s \| .* ± .* \| .* ± .* \|$/m);
  });

  it.each([
    [['--reporter', 'junitt'], 'did you mean `junit`'],
    [['--reporter', 'json', '--reporter', 'markdown'], 'cannot share standard output'],
    [['--reporter', 'junit='], 'the file is missing'],
  ])('refuses %j', async (words, reason) => {
    const { code, err } = await allot(['run', paper, ...words]);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});

describe('allot baseline', { timeout: 120_000 }, () => {
  it('passes what is as it was, and ends with 3 where something is worse beyond chance', async () => {
    const file = join(folder, 'queue.baseline.json');
    const saved = await allot([
      'baseline',
      'save',
      scenario,
      '--seeds',
      '6',
      '--metrics',
      'wait.mean,utilization.cpus',
    ]);
    expect([saved.code, saved.out]).toEqual([0, '']);
    expect(saved.err).toContain(`wrote 2 metrics of 6 seeds to ${file}`);

    const same = await allot(['baseline', 'check', scenario]);
    expect(same.code).toBe(0);
    expect(same.out).toContain('the schedules of all 6 seeds are the same as before');

    const worse = await allot([
      'baseline',
      'check',
      scenario,
      '--set',
      'workload.0.generate.duration.exponential.mean=1.8s',
      '--json',
    ]);
    expect(worse.code).toBe(3);
    const { pass, changes, seeds } = JSON.parse(worse.out) as BaselineCheck;
    expect(pass).toBe(false);
    expect(seeds).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(changes.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['wait.mean', 'worse'],
      ['utilization.cpus', 'better'],
    ]);
    expect(worse.err).toContain('regression: wait.mean is worse');
  });

  it.each([
    [['check', paper, '--file', 'missing.json'], 'allot baseline save makes one'],
    [['save', paper, '-a', 'drf', '-a', 'fifo'], 'a baseline is of one allocator'],
    [['check', paper, '--seeds', '3'], 'the seeds are those of the baseline'],
    [['make', paper], 'Choices'],
  ])('refuses %j', async (words, reason) => {
    const { code, err } = await allot(['baseline', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});
