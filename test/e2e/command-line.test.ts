import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = (name: string): string => join(ROOT, 'scenarios', `${name}.yaml`);

describe('allot run', () => {
  it('prints a summary with thresholds, utilization, frameworks, digest and the command that gives it again', async () => {
    const { code, out } = await allot(['run', 'scenarios/mm1.yaml', '--set', 'workload.0.generate.jobs=50000']);
    expect(code).toBe(0);
    for (const part of [
      'Thresholds',
      '✓',
      'Utilization',
      'Frameworks',
      'customers',
      'digest',
      'allot run scenarios/mm1.yaml',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toContain('--set workload.0.generate.jobs=50000');
  });

  it('keeps submitted = completed + failed + rejected + unfinished, and no NaN anywhere', async () => {
    const result = await allotJson<RunResult>(['run', scenario('drf-paper')]);
    const { submitted, completed, failed, rejected, unfinished } = result.jobs;
    expect(submitted).toBe(completed + failed + rejected + unfinished);
    expect(result.schema).toBe('allot.result/1');
    expect(result.frameworks['A']!.running.tasks).toBe(3);
    for (const value of Object.values(result.metrics)) expect(value === null || Number.isFinite(value)).toBe(true);
  });

  it('takes an allocator in YAML and refines it with --set', async () => {
    const { allocator } = await allotJson<RunResult>([
      'run',
      scenario('drf-paper'),
      '--allocator',
      '{name: fifo, queue: skip}',
      '--set',
      'allocator.placement=best-fit',
    ]);
    expect(allocator).toEqual({ name: 'fifo', queue: 'skip', placement: 'best-fit' });
  });

  it('turns a bare allocator name into one with options when a path goes below it', async () => {
    const { allocator } = await allotJson<RunResult>(['run', scenario('drf-paper'), '--set', 'allocator.ties=name']);
    expect(allocator).toMatchObject({ name: 'drf', ties: 'name' });
  });

  it('ends with 3 when a threshold fails, and with 3 when its metric has no value', async () => {
    const failing = await allot(['run', scenario('drf-paper'), '--set', 'thresholds={"utilization.mem": ">= 0.99"}']);
    expect(failing.code).toBe(3);
    expect(failing.err).toContain('utilization.mem');
    const undefinedMetric = await allot(['run', scenario('drf-paper'), '--set', 'thresholds={"wait.mean": "< 1"}']);
    expect(undefinedMetric.code).toBe(3);
  });

  it('ends with 2 on a threshold for a metric that does not exist', async () => {
    const { code, err } = await allot(['run', scenario('drf-paper'), '--set', 'thresholds={"wait.men": "< 1"}']);
    expect(code).toBe(2);
    expect(err).toContain('wait.mean');
  });

  it('lays single figures out so that they fit 80 columns', async () => {
    const { out } = await allot(['run', 'scenarios/mesos-small-frameworks-starve-big.yaml']);
    const from = out.indexOf('  makespan');
    const block = out.slice(from, out.indexOf('\n\n', from)).split('\n');
    for (const line of block) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(block.join('\n')).toMatch(/allocation runs +[\d,]+/);
  });

  it('cuts a run with --until', async () => {
    const { time, jobs } = await allotJson<RunResult>(['run', scenario('head-of-line-blocking'), '--until', '5s']);
    expect(time.end_s).toBe(5);
    expect(jobs.unfinished).toBeGreaterThan(0);
  });

  it('writes tables whose rows are all jobs and all ended tasks', async () => {
    const out = join(folder, 'tables');
    const { jobs, tasks } = await allotJson<RunResult>(['run', scenario('quickstart'), '--out', out]);
    const rows = parseCsv(readFileSync(join(out, 'jobs.csv')), { columns: true }) as Record<string, string>[];
    expect(rows.length).toBe(jobs.submitted);
    expect(Object.keys(rows[0]!)).toEqual(
      'index,job,framework,role,submit_s,start_s,end_s,wait_s,run_s,response_s,bounded_slowdown,tasks,status'.split(
        ',',
      ),
    );
    for (const row of rows) expect(Number(row['end_s'])).toBeGreaterThanOrEqual(Number(row['start_s']));
    const ends = rows.map((row) => Number(row['end_s']));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const taskRows = parseCsv(readFileSync(join(out, 'tasks.csv')), { columns: true }) as unknown[];
    expect(taskRows.length).toBe(tasks.completed);
    const timeline = parseCsv(readFileSync(join(out, 'timeline.csv')), { columns: true }) as Record<string, string>[];
    expect(Object.keys(timeline[0]!)).toContain('share_training');
    expect(timeline.length).toBeGreaterThan(100);
    expect(existsSync(join(out, 'result.json'))).toBe(true);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { allocator: object };
    expect(manifest.allocator).toEqual({ name: 'drf', hierarchy: 'hdrf', ties: 'listed', placement: 'best-fit' });
  });

  it('says when the folder for results cannot be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    for (const out of [join(file, 'results'), file, '/proc/nowhere/results']) {
      const { code, err } = await allot(['run', scenario('drf-paper'), '--out', out]);
      expect(code).toBe(2);
      expect(err).toContain('this folder cannot be made');
    }
  });

  it('rejects what can never fit with its reason, and goes on', async () => {
    const file = join(folder, 'wide.yaml');
    writeFileSync(
      file,
      `version: 1
cluster: { nodes: [{ name: n, count: 2, capacity: { cpus: 4 } }] }
workload:
  - { framework: a, name: too-wide, demand: { cpus: 5 }, duration: 1s }
  - { framework: a, name: too-many, tasks: 9, gang: true, demand: { cpus: 1 }, duration: 1s }
  - { framework: a, name: fits, demand: { cpus: 4 }, duration: 1s }
`,
    );
    const result = await allotJson<RunResult>(['run', file]);
    expect(result.jobs).toMatchObject({ submitted: 3, completed: 1, rejected: 2 });
    expect(result.rejected.map(({ job }) => job)).toEqual(['too-wide', 'too-many']);
    expect(result.rejected[0]!.reason).toContain('5 cpus');
    expect(result.rejected[1]!.reason).toContain('9 tasks');
  });
});

describe('what people get wrong', () => {
  it('reports ten mistakes of one scenario, each with its place and a caret', async () => {
    const file = join(folder, 'ten.yaml');
    writeFileSync(
      file,
      `version: 1
nam: ten-mistakes
seed: 1
cluster:
  nodes:
    - { name: node, count: -4, capacity: { cpus: 8, mem: 16XB } }
roles:
  eng: { weight: 0 }
frameworks:
  web: { role: engg }
workload:
  - { framework: web, tasks: 2, demand: { cpu: 1 }, duration: 10s }
  - { framework: web, demand: { cpus: 1 }, duration: 10 parsecs }
  - { framework: web, demand: { cpus: 1 } }
  - { trace: { file: no-such-file.swf } }
allocator: { name: dfr }
until: yesterday
`,
    );
    const { code, err } = await allot(['check', file]);
    expect(code).toBe(2);
    expect(err).toContain('10 problems');
    expect(err.match(/ten\.yaml:\d+:\d+: /g)?.length).toBe(10);
    expect(err.match(/\^/g)?.length).toBeGreaterThanOrEqual(10);
    for (const hint of ['did you mean `name`', 'did you mean `cpus`', 'did you mean `drf`', 'did you mean `eng`']) {
      expect(err).toContain(hint);
    }
    expect(err).not.toContain('    at ');
  });

  it('suggests a command, an option, and a --set path', async () => {
    const command = await allot(['rnu', 'x.yaml']);
    expect(command.code).toBe(2);
    expect(command.err).toContain('run');
    const option = await allot(['run', scenario('drf-paper'), '--alocator', 'fifo']);
    expect(option.code).toBe(2);
    expect(option.err).toContain('--allocator');
    const path = await allot(['run', scenario('drf-paper'), '--set', 'clster.nodes.0.count=2']);
    expect(path.code).toBe(2);
    expect(path.err).toContain('cluster');
  });

  it('ends with 2 and help when no command is given', async () => {
    const { code, err } = await allot([]);
    expect(code).toBe(2);
    expect(err).toContain('command');
  });

  it('ends with 2 when an option has no value', async () => {
    const { code, err } = await allot(['conformance', '--cases']);
    expect(code).toBe(2);
    expect(err).toBe('error: Not enough arguments following: cases\nSee allot --help.\n');
  });

  it('asks for processors when a log does not name any', async () => {
    const log = join(folder, 'bare.swf');
    writeFileSync(log, '1 0 -1 10 1 -1 -1 1 10 -1 1 1 1 -1 1 -1 -1 -1\n');
    const { code, err } = await allot(['replay', log]);
    expect(code).toBe(2);
    expect(err).toContain('--processors');
  });

  it('names unknown allocators and options with a guess', async () => {
    const { code, err } = await allot(['run', scenario('drf-paper'), '--allocator', '{name: fifo, queu: skip}']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean `queue`');
  });
});

describe('the other commands', () => {
  it('check says that a sound scenario is sound', async () => {
    const { code, out } = await allot(['check', scenario('quickstart')]);
    expect(code).toBe(0);
    expect(out).toContain('no problems');
  });

  it('schema prints a JSON Schema', async () => {
    const { out } = await allot(['schema']);
    expect((JSON.parse(out) as { properties: object }).properties).toHaveProperty('workload');
  });

  it('allocators lists each with its source and options', async () => {
    const { allocators } = await allotJson<{ allocators: { name: string; source: string; options: object }[] }>([
      'allocators',
    ]);
    const names = allocators.map(({ name }) => name);
    for (const name of 'fifo sjf ljf smallest widest lxf wfp3 unicep f1 f2 f3 f4 priority easy conservative srtf lcfs rr ps las drf random'.split(
      ' ',
    )) {
      expect(names).toContain(name);
    }
    for (const { source } of allocators) expect(source.length).toBeGreaterThan(10);
    expect(allocators.find(({ name }) => name === 'drf')!.options).toHaveProperty('placement');
    expect((await allot(['allocators'])).out).toContain('drf');
  });

  it('metrics lists each with its formula and source', async () => {
    const { metrics } = await allotJson<{ metrics: { name: string; formula: string; source: string }[] }>(['metrics']);
    expect(metrics.map(({ name }) => name)).toContain('bounded-slowdown');
    for (const { formula, source } of metrics) expect(formula.length * source.length).toBeGreaterThan(0);
  });

  it.each(['shares', 'poisson'])('init %s gives a scenario that runs', async (template) => {
    const file = join(folder, `${template}.yaml`);
    expect((await allot(['init', template, '--out', file])).code).toBe(0);
    expect((await allot(['run', file])).code).toBe(0);
    expect((await allot(['init', template, '--out', file])).code).toBe(2);
  });

  it('replay shows the scenario that it is, and that scenario gives the same digest', async () => {
    const log = join(ROOT, 'traces/batch-64.swf.gz');
    const { out } = await allot(['replay', log, '--allocator', 'sjf', '--print-scenario']);
    const viaScenario = await allotJson<RunResult>(['run', '-'], { input: out });
    const direct = await allotJson<RunResult>(['replay', log, '--allocator', 'sjf']);
    expect(viaScenario.digest).toBe(direct.digest);
  });

  it('replay takes nodes, and columns of a CSV trace', async () => {
    const result = await allotJson<RunResult>([
      'replay',
      join(ROOT, 'traces/service.csv'),
      '--nodes',
      '2xcpus:4,mem:8GB',
      '--columns',
      '{job: request, submit: {column: arrival_ms, unit: ms}, duration: {column: run_ms, unit: ms}, framework: tenant, demand: {cpus: cores, mem: {column: mem_mb, unit: MB}}}',
      '--allocator',
      'drf',
      '--audit',
    ]);
    expect(result.jobs.completed).toBe(500);
    expect(Object.keys(result.frameworks).sort()).toEqual(['blue', 'green', 'red']);
  });
});
