import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';
import { traceSamples } from '../support/trace-samples.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-convert-'));
  for (const { file, content } of Object.values(traceSamples)) writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, 'tidy.csv'), traceSamples['tidy']!.content);
  writeFileSync(join(folder, 'log.swf'), traceSamples['swf']!.content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Converted {
  readonly schema: string;
  readonly jobs: number;
  readonly of: number;
  readonly workload_digest: string;
  readonly workload: readonly { readonly read: number }[];
}

function convert(from: string, to: string, ...words: string[]): Promise<Converted> {
  return allotJson(['trace', 'convert', join(folder, from), '--to', join(folder, to), ...words]);
}

describe('trace convert', { timeout: 60_000 }, () => {
  it.each(['out.csv', 'out.csv.gz', 'out.parquet', 'out.swf'])('gives the same jobs again from %s', async (to) => {
    const first = await convert('log.swf', to);
    expect(first).toMatchObject({ schema: 'allot.trace-convert/1', jobs: 2, of: 2, workload: [{ read: 3 }] });
    const again = await convert(to, `again-${to}`);
    expect(again.workload_digest).toBe(first.workload_digest);
  });

  it('gives all that the tidy format holds again, through Parquet and back', async () => {
    const first = await convert('tidy.csv', 't.parquet');
    const back = await convert('t.parquet', 't.csv.gz');
    expect(back.workload_digest).toBe(first.workload_digest);
    expect(gunzipSync(readFileSync(join(folder, 't.csv.gz'))).toString()).toContain('"b, c"');
  });

  it('writes the jobs of a scenario, which run as the scenario does', async () => {
    const scenario = join(ROOT, 'scenarios/quickstart.yaml');
    const to = join(folder, 'quick.parquet');
    const { jobs } = await allotJson<Converted>(['trace', 'convert', scenario, '--to', to]);
    expect(jobs).toBeGreaterThan(100);
    const text = readFileSync(scenario, 'utf8');
    const replayed = text.replace(/^workload:[\s\S]*?(?=^\S)/m, `workload: [{ trace: { file: ${to} } }]\n`);
    writeFileSync(join(folder, 'replayed.yaml'), replayed);
    const run = (path: string) => allotJson<{ schedule_digest: string }>(['run', path]);
    const [own, other] = await Promise.all([run(scenario), run(join(folder, 'replayed.yaml'))]);
    expect(other.schedule_digest).toBe(own.schedule_digest);
  });

  it('keeps in SWF the machine that the log tells of, so that it replays alike', async () => {
    await convert('log.swf', 'again.swf');
    const digest = async (file: string) =>
      (await allotJson<{ schedule_digest: string }>(['replay', join(folder, file)])).schedule_digest;
    expect(await digest('again.swf')).toBe(await digest('log.swf'));
  });

  it('refuses what SWF cannot hold, says what that is, and leaves no file', async () => {
    const { code, err } = await allot(['trace', 'convert', join(folder, 'tidy.csv'), '--to', join(folder, 'no.swf')]);
    expect(code).toBe(2);
    expect(err).toContain('swf cannot hold all of it');
    expect(err).toContain('stages (1)');
    expect(readdirSync(folder).filter((name) => name.startsWith('no.swf'))).toEqual([]);
    const { code: lossy } = await allot([
      ...['trace', 'convert', join(folder, 'tidy.csv'), '--to', join(folder, 'no.swf'), '--lossy'],
    ]);
    expect(lossy).toBe(0);
  });

  it('writes to standard output and reads from standard input', async () => {
    const words = ['trace', 'convert', '-', '--to', '-', '--to-format', 'tidy-csv'];
    const { code, out } = await allot(words, { input: traceSamples['swf']!.content });
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'index,job,framework,submit_s,estimate_s,priority,weight,gang,killed,constraint,speeds,stage,parents,tasks,run_s,demand_cpus',
      '0,1,user-7,0,200,0,,,,,,,,1,100,4',
    ]);
  });

  it.each([
    [['log.swf', '--to', 'x.foo'], 'the name tells no format'],
    [['log.swf', '--to', 'x.csv', '--to-format', 'tidy'], 'expected one of tidy-csv'],
    [['gone.swf', '--to', 'x.csv'], 'there is no such file'],
    [['log.swf', '--to', 'no/such/x.csv'], 'no/such/x.csv'],
    [['log.swf', '--to', 'log.swf'], 'this is the file that is read'],
  ])('says what is wrong with %j', async (words, message) => {
    const { code, err } = await allot(['trace', 'convert', ...words], { cwd: folder });
    expect([code, err.includes(message)], err).toEqual([2, true]);
  });
});

describe('trace sample', { timeout: 60_000 }, () => {
  it('draws the same jobs for the same seed', async () => {
    const scenario = join(ROOT, 'scenarios/quickstart.yaml');
    const draw = (seed: string, to: string) =>
      allotJson<Converted>([
        ...['trace', 'sample', scenario, '--jobs', '50', '--seed', seed, '--to', join(folder, to)],
      ]);
    const [one, same, other] = [await draw('a', '1.csv'), await draw('a', '2.csv'), await draw('b', '3.csv')];
    expect([one.jobs, same.jobs, other.jobs]).toEqual([50, 50, 50]);
    expect(same.workload_digest).toBe(one.workload_digest);
    expect(other.workload_digest).not.toBe(one.workload_digest);
  });

  it.each([
    [[], 'which jobs?'],
    [['--jobs', '0'], 'expected a whole number above 0'],
    [['--share', '2'], 'expected a number above 0'],
    [['--jobs', '1', '--share', '0.5'], 'two things'],
    [['--from', '5s', '--until', '2s'], 'not after the beginning'],
    [['--frameworks', 'user-9'], 'no job is of the framework `user-9`'],
  ])('says what is wrong with %j', async (words, message) => {
    const { code, err } = await allot(['trace', 'sample', join(folder, 'log.swf'), '--to', 'x.csv', ...words], {
      cwd: folder,
    });
    expect([code, err.includes(message)], err).toEqual([2, true]);
  });
});
