import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { batsim } from '../../../../src/workload/readers/batsim.ts';
import { readTrace } from './read-trace.ts';

const profiles = {
  short: { type: 'delay', delay: 10 },
  long: { type: 'delay', delay: 25.5 },
  both: { type: 'composed', seq: ['short', 'long'] },
  thrice: { type: 'sequential_composition', repeat: 3, seq: ['both'] },
  loop: { type: 'composed', seq: ['short', 'again'] },
  again: { type: 'composed', seq: ['loop'] },
  flops: { type: 'parallel_homogeneous', cpu: 1e9, com: 0 },
  mixed: { type: 'composed', seq: ['short', 'flops'] },
};

const job = (rest: object) => ({ id: 1, subtime: 0, res: 1, walltime: 100, profile: 'short', ...rest });

function read(jobs: readonly unknown[], options = {}) {
  return readTrace(JSON.stringify({ nb_res: 8, jobs, profiles }), { file: 'w.json', format: 'batsim', ...options });
}

describe('a job of a Batsim workload', () => {
  it('runs as long as its delay, on as many processors as it has hosts', async () => {
    const { jobs } = await read([job({ id: 'w0!7', subtime: 1.5, res: 4, profile: 'long' })]);
    expect(jobs).toEqual([
      {
        name: 'w0!7',
        framework: 'all',
        submit: 1.5,
        estimate: 100,
        priority: 0,
        flags: 0,
        run: [25.5],
        demand: [[4000]],
      },
    ]);
  });

  it('runs through a sequence as often as that is repeated', async () => {
    const { jobs } = await read([job({ profile: 'both' }), job({ profile: 'thrice' })]);
    expect(jobs.map(({ run }) => run)).toEqual([[35.5], [106.5]]);
  });

  it.each([[-1], [0], [null], [undefined], ['1h']])('has no estimate where its walltime is %j', async (walltime) => {
    const { jobs, account } = await read([job({ walltime })]);
    expect(jobs[0]!.estimate).toBe(null);
    expect(account.notes).toEqual({ 'estimate missing, run time taken': 1 });
  });

  it('is put in its place in order of submission, however late it stands', async () => {
    const { jobs } = await read([job({ id: 1, subtime: 9 }), job({ id: 2, subtime: 3 })]);
    expect(jobs.map(({ name }) => name)).toEqual([2, 1]);
  });

  it('keeps a number that a double would change', async () => {
    const text =
      '{"jobs":[{"id": 9007199254740993, "subtime":0, "res":1, "profile":"p"}], "profiles":{"p":{"type":"delay","delay":1}}}';
    const { jobs } = await readTrace(text, { file: 'w.json', format: 'batsim' });
    expect(jobs[0]!.name).toBe('9007199254740993');
  });

  it.each([
    [{ profile: 'flops' }, 'profile type parallel_homogeneous'],
    [{ profile: 'mixed' }, 'profile type parallel_homogeneous'],
    [{ profile: 'loop' }, 'profile inside itself'],
    [{ profile: 'gone' }, 'unknown profile'],
    [{ profile: '__proto__' }, 'unknown profile'],
    [{ profile: undefined }, 'missing: profile'],
    [{ subtime: undefined }, 'missing: subtime'],
    [{ subtime: '3' }, 'not a number: subtime'],
    [{ subtime: -1 }, 'negative submit'],
    [{ res: null }, 'missing: res'],
    [{ res: 0 }, 'no processors'],
    [{ res: 1.5 }, 'not a whole number of tasks'],
    [{ id: [] }, 'missing: id'],
  ])('with %j is left out as: %s', async (rest, reason) => {
    const { jobs, account } = await read([job(rest)]);
    expect(jobs).toEqual([]);
    expect(account.skipped).toEqual({ [reason]: 1 });
  });

  it('is left out where it is no mapping', async () => {
    expect((await read([3])).account.skipped).toEqual({ 'not a job': 1 });
  });

  it('belongs to the framework under the key that is asked for', async () => {
    const { jobs } = await read([job({ user: 'ann' }), job({ user: 7 }), job({})]);
    expect(jobs.map(({ framework }) => framework)).toEqual(['ann', '7', 'unknown']);
    await expect(read([job({})], { frameworkBy: 'project' })).rejects.toThrow('framework-by: no job has `project`');
  });
});

describe('a Batsim workload', () => {
  it('tells how many hosts its machine had', async () => {
    const machine = (text: string) => batsim.machine!(bytesInMemory('w.json', text));
    expect(await machine('{"nb_res": 32}')).toBe(32);
    expect(await machine('{"nb_res": "32"}')).toBe('the document has no `nb_res`');
  });

  it('is found by its keys', () => {
    const looks = (text: string) => batsim.looksLike(new TextEncoder().encode(text), 'x.json');
    expect(looks('\n{ "jobs": [ { "id": 1, "subtime": 3')).toBe(true);
    expect(looks('{"tasks": []}')).toBe(false);
  });

  it.each([
    ['{"jobs": 3, "profiles": {}}', 'w.json: a Batsim workload has a list `jobs`'],
    ['{"jobs": []}', 'w.json: a Batsim workload has a mapping `profiles`'],
    ['{"jobs": [], "profiles": {}}', 'w.json: the document has no record'],
    ['[]', 'w.json: a Batsim workload has a list `jobs`'],
    [' \n', 'w.json: the file is empty'],
    ['{\n "jobs": [}', 'w.json:2:11: not valid JSON: "}" stands where value or ] should be'],
  ])('is not %j', async (text, message) => {
    await expect(readTrace(text, { file: 'w.json', format: 'batsim' })).rejects.toThrow(message);
  });

  it('of a hundred thousand sequences one in another is no trouble', async () => {
    const nested: Record<string, unknown> = { p0: { type: 'delay', delay: 2 } };
    for (let i = 1; i < 100_000; i++) nested[`p${i}`] = { type: 'composed', seq: [`p${i - 1}`] };
    const text = JSON.stringify({ jobs: [job({ profile: 'p99999' })], profiles: nested });
    expect((await readTrace(text, { file: 'w.json', format: 'batsim' })).jobs[0]!.run).toEqual([2]);
  });
});
