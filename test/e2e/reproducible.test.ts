import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';
import { runShipped } from '../support/run-in-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-e2e-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = (name: string): string => join(ROOT, 'scenarios', `${name}.yaml`);
const digests = ({ digest, schedule_digest }: RunResult) => ({ digest, schedule_digest });

describe('the same scenario and seed give the same digest', () => {
  it('twice in one process', async () => {
    expect(digests(await runShipped('quickstart'))).toEqual(digests(await runShipped('quickstart')));
  });

  it('in two processes, and in this one', async () => {
    const first = await allotJson<RunResult>(['run', scenario('quickstart')]);
    const second = await allotJson<RunResult>(['run', scenario('quickstart')]);
    expect(digests(second)).toEqual(digests(first));
    expect(digests(await runShipped('quickstart'))).toEqual(digests(first));
    expect({ ...second, engine: null }).toEqual({ ...first, engine: null });
  });

  it('with --out or without, with --audit or without', async () => {
    const bare = await allotJson<RunResult>(['run', scenario('replay-swf')]);
    const out = await allotJson<RunResult>(['run', scenario('replay-swf'), '--out', join(folder, 'out'), '--audit']);
    expect({ ...out, engine: null }).toEqual({ ...bare, engine: null });
  });

  it('with the trace gzipped or plain', async () => {
    const packed = join(ROOT, 'traces/batch-64.swf.gz');
    const plain = join(folder, 'batch-64.swf');
    writeFileSync(plain, gunzipSync(readFileSync(packed)));
    const first = await allotJson<RunResult>(['replay', packed]);
    expect(digests(await allotJson<RunResult>(['replay', plain]))).toEqual(digests(first));
    const piped = await allotJson<RunResult>(['replay', '-', '--processors', '64'], { input: readFileSync(packed) });
    expect(digests(piped)).toEqual(digests(first));
  });

  it('from YAML, or the same scenario as JSON, from a file or standard input', async () => {
    const yaml = readFileSync(scenario('quickstart'), 'utf8');
    const json = join(folder, 'quickstart.json');
    writeFileSync(json, JSON.stringify(parse(yaml), null, '\t'));
    const first = await allotJson<RunResult>(['run', scenario('quickstart')]);
    expect(digests(await allotJson<RunResult>(['run', json]))).toEqual(digests(first));
    expect(digests(await allotJson<RunResult>(['run', '-'], { input: yaml }))).toEqual(digests(first));
  });
});

describe('where chance plays', () => {
  it('another seed moves the schedule', async () => {
    const one = await runShipped('quickstart', { seed: '1' });
    const two = await runShipped('quickstart', { seed: '2' });
    expect(two.schedule_digest).not.toBe(one.schedule_digest);
  });

  it('where it does not, another seed moves the digest alone', async () => {
    const one = await runShipped('drf-paper', { seed: '1' });
    const two = await runShipped('drf-paper', { seed: '2' });
    expect(two.schedule_digest).toBe(one.schedule_digest);
    expect(two.digest).not.toBe(one.digest);
  });

  it('keeps every digit of a long seed', async () => {
    const one = await runShipped('mm1', { seed: '12345678901234567890', 'workload.0.generate.jobs': '100' });
    const two = await runShipped('mm1', { seed: '12345678901234567891', 'workload.0.generate.jobs': '100' });
    expect(one.seed).toBe('12345678901234567890');
    expect(two.schedule_digest).not.toBe(one.schedule_digest);
  });

  it('two allocators see the same jobs', async () => {
    const fifo = await runShipped('quickstart', { allocator: 'fifo' });
    const random = await runShipped('quickstart', { allocator: '{name: random, placement: random-fit}' });
    expect(random.tasks.submitted).toBe(fifo.tasks.submitted);
    expect(random.frameworks['spark']!.metrics['jobs.submitted']).toBe(
      fifo.frameworks['spark']!.metrics['jobs.submitted'],
    );
    expect(random.schedule_digest).not.toBe(fifo.schedule_digest);
  });
});

describe('verify', () => {
  it('reproduces a folder of results and ends with 0', async () => {
    const out = join(folder, 'verify');
    await allotJson(['run', scenario('replay-swf'), '--allocator', 'sjf', '--out', out]);
    const { code, out: text } = await allot(['verify', out]);
    expect(text).toContain('reproduced');
    expect(code).toBe(0);
  });

  it('ends with 4 when the digest is another', async () => {
    const out = join(folder, 'tampered');
    await allotJson(['run', scenario('drf-paper'), '--out', out]);
    const file = join(out, 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"digest": "./, '"digest": "x'));
    const { code, out: text } = await allot(['verify', file]);
    expect(text).toContain('not reproduced');
    expect(code).toBe(4);
  });

  it('ends with 4 when a trace is no longer what it was, and says which', async () => {
    const trace = join(folder, 'changing.swf');
    const row = (id: number) => `${id} ${id * 10} -1 100 4 -1 -1 4 200 -1 1 1 1 -1 1 -1 -1 -1\n`;
    writeFileSync(trace, row(1) + row(2));
    const out = join(folder, 'changed');
    await allotJson(['replay', trace, '--processors', '8', '--out', out]);
    writeFileSync(trace, `${row(1) + row(2)}; a comment\n`);
    const { code, err } = await allot(['verify', out]);
    expect(err).toContain('changing.swf');
    expect(code).toBe(4);
  });

  it('holds a scenario against a digest', async () => {
    const { digest } = await allotJson<RunResult>(['run', scenario('drf-paper')]);
    expect((await allot(['verify', scenario('drf-paper'), '--digest', digest])).code).toBe(0);
    expect((await allot(['verify', scenario('drf-paper'), '--digest', digest, '--seed', '9'])).code).toBe(4);
  });
});
