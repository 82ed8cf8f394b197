import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { JobFlag } from '../../../../src/workload/job-batch.ts';
import { openTrace } from '../../../../src/workload/readers/registry.ts';
import { swf } from '../../../../src/workload/readers/swf.ts';
import { contextOf, cutAt, readTrace, swfDefaults } from './read-trace.ts';

/** A row of 18 fields: job, submit, wait, run, allocated, cpu time, memory, requested, estimate, memory, status, user, … */
function row(fields: Record<number, number | string> = {}): string {
  const usual = [1, 0, -1, 100, 4, -1, -1, 4, 200, -1, 1, 17, 3, -1, 2, -1, -1, -1];
  return usual.map((value, i) => fields[i + 1] ?? value).join(' ');
}

describe('an SWF row', () => {
  it('is a job of one task that takes its processors from a pool', async () => {
    const { jobs, account } = await readTrace(`; MaxProcs: 8\n${row()}\n`);
    expect(jobs).toEqual([
      {
        name: 1,
        framework: 'user-17',
        submit: 0,
        estimate: 200,
        priority: 0,
        flags: JobFlag.none,
        run: [100],
        demand: [[4_000]],
      },
    ]);
    expect(account).toEqual({
      source: 'log.swf',
      format: 'swf',
      read: 1,
      replayed: 0,
      rejected: 0,
      skipped: {},
      notes: {},
      rules: {
        as: 'pool',
        'framework-by': 'user',
        'zero-run-time': 'skip',
        'past-estimate': 'overrun',
        sort: 'streaming',
        origin: 'trace',
      },
    });
  });

  it('is a gang of tasks with one processor each where asked', async () => {
    const { jobs } = await readTrace(row({ 8: 3 }), { as: 'gang' });
    expect(jobs[0]).toMatchObject({ flags: JobFlag.gang, run: [100, 100, 100], demand: [[1_000], [1_000], [1_000]] });
  });

  it('asks for its requested processors, or where there are none for its allocated ones', async () => {
    const { jobs } = await readTrace([row({ 5: 2, 8: 6 }), row({ 5: 2, 8: -1 }), row({ 5: 2, 8: 0 })].join('\n'));
    expect(jobs.map((job) => job.demand[0]![0])).toEqual([6_000, 2_000, 2_000]);
  });

  it('without an estimate has none, which is noted', async () => {
    const { jobs, account } = await readTrace([row({ 9: -1 }), row({ 9: 0 }), row({ 9: 50 })].join('\n'));
    expect(jobs.map((job) => job.estimate)).toEqual([null, null, 50]);
    expect(account.notes).toEqual({ 'estimate missing, run time taken': 2 });
  });

  it('with an estimate beyond 2^52 microseconds, some 142 years, gets that', async () => {
    const { jobs, account } = await readTrace(row({ 9: '1e12' }));
    expect(jobs[0]!.estimate).toBe(4_503_599_627.370_496);
    expect(account.notes).toEqual({ 'estimate capped': 1 });
  });

  it('may have decimals anywhere, to the nearest microsecond', async () => {
    const text = row({ 2: 1.5, 3: 0.25, 4: '2.0000004', 6: 17.75, 9: '3.0000006', 8: '2.5' });
    const { jobs } = await readTrace(text);
    expect(jobs[0]).toMatchObject({ submit: 1.5, run: [2], estimate: 3.000_001, demand: [[2_500]] });
  });

  it('with a part of a processor finer than a step, or of a gang, is rounded up and noted', async () => {
    const pool = await readTrace(row({ 8: '2.0005' }));
    expect([pool.jobs[0]!.demand, pool.account.notes]).toEqual([[[2_001]], { 'demand rounded up': 1 }]);
    const gang = await readTrace(row({ 8: '2.5' }), { as: 'gang' });
    expect(gang.jobs[0]!.demand).toEqual([[1_000], [1_000], [1_000]]);
    expect(gang.account.notes).toEqual({ 'demand rounded up': 1 });
  });

  it('keeps its job number, as text where a double would change it', async () => {
    const numbers = ['0', '1435', '9007199254740991', '9007199254740993', '1.5'];
    const { jobs } = await readTrace(numbers.map((number) => row({ 1: number })).join('\n'));
    expect(jobs.map((job) => job.name)).toEqual([0, 1_435, 9_007_199_254_740_991, '9007199254740993', '1.5']);
  });

  it('may have as few as nine fields, or more than 18, of any text', async () => {
    const short = row().split(' ').slice(0, 9).join(' ');
    const { jobs, account } = await readTrace([short, `${row()} {1,2} q_1d 1:ppn=4#excl`].join('\n'));
    expect(jobs.map((job) => job.framework)).toEqual(['unknown', 'user-17']);
    expect(account.skipped).toEqual({});
  });
});

describe('the framework of an SWF row', () => {
  const rows = [row(), row({ 12: 5, 13: -1, 15: 0 }), row({ 12: -1 }), row({ 12: 'alice' }), row({ 12: 17 })].join(
    '\n',
  );

  it.each([
    ['user', ['user-17', 'user-5', 'unknown', 'user-alice', 'user-17']],
    ['group', ['group-3', 'unknown', 'group-3', 'group-3', 'group-3']],
    ['queue', ['queue-2', 'queue-0', 'queue-2', 'queue-2', 'queue-2']],
    ['none', ['all', 'all', 'all', 'all', 'all']],
  ])('by %s', async (frameworkBy, frameworks) => {
    const { jobs, account } = await readTrace(rows, { frameworkBy });
    expect(jobs.map((job) => job.framework)).toEqual(frameworks);
    expect(account.rules['framework-by']).toBe(frameworkBy);
  });

  it('cannot be by a column that the format does not have', () => {
    const open = (frameworkBy: string) => () =>
      openTrace(bytesInMemory('log.swf', ''), { ...swfDefaults, frameworkBy }, contextOf());
    expect(open('users')).toThrow(
      'framework-by: got `users`; an SWF file has user, group, queue, none (did you mean `user`?)',
    );
    expect(open('toString')).toThrow('framework-by: got `toString`');
  });
});

describe('what is left out of an SWF file', () => {
  it.each([
    ['1 2 3', 'too few fields'],
    ['1 0 -1 100 4 -1 -1 4', 'too few fields'],
    ['job submit wait', 'not a number'],
    [row({ 6: 'nan' }), 'not a number'],
    [row({ 9: '3:00:00' }), 'not a number'],
    [row({ 2: -1 }), 'negative submit'],
    [row({ 4: -1 }), 'unknown run time'],
    [row({ 4: -1_360_000_000 }), 'unknown run time'],
    [row({ 4: 0 }), 'zero run time'],
    [row({ 4: '1e-9' }), 'zero run time'],
    [row({ 5: -1, 8: -1 }), 'no processors'],
    [row({ 5: 0, 8: 0 }), 'no processors'],
    [row({ 2: '1e300' }), 'out of range'],
    [row({ 4: '99999999999999999999' }), 'out of range'],
    [row({ 8: '1e18' }), 'out of range'],
  ])('%s is left out as: %s', async (text, reason) => {
    const { jobs, account } = await readTrace(`${row()}\n${text}\n${row()}`);
    expect(jobs.length).toBe(2);
    expect(account.read).toBe(3);
    expect(account.skipped).toEqual({ [reason]: 1 });
  });

  it('is a gang of more tasks than any machine has processors, but not such a job in a pool', async () => {
    const text = row({ 8: '1e9' });
    expect((await readTrace(text, { as: 'gang' })).account.skipped).toEqual({ 'too many tasks': 1 });
    expect((await readTrace(text)).jobs[0]!.demand).toEqual([[1e12]]);
  });

  it('is not a run time of zero where it is to be kept', async () => {
    const { jobs, account } = await readTrace(row({ 4: 0 }), { zeroRunTime: 'keep' });
    expect(jobs[0]!.run).toEqual([0]);
    expect(account.rules['zero-run-time']).toBe('keep');
  });

  it('is not a job wider than the cluster: the simulation rejects and lists it', async () => {
    const { jobs, account } = await readTrace(row({ 8: 1_000_000 }), {}, { infeasible: () => 'too wide' });
    expect(jobs.length).toBe(1);
    expect(account.skipped).toEqual({});
  });

  it('is every row where all are cut short, and then there is no job', async () => {
    const { jobs, account } = await readTrace('1 2 3\n4 5 6\n');
    expect(jobs).toEqual([]);
    expect(account).toMatchObject({ read: 2, skipped: { 'too few fields': 2 } });
  });
});

describe('a run time past the estimate', () => {
  const rows = [row({ 4: 300 }), row({ 4: 200 }), row({ 4: 100 }), row({ 9: -1 })].join('\n');

  it('stands as it is under overrun', async () => {
    const { jobs, account } = await readTrace(rows, { pastEstimate: 'overrun' });
    expect(jobs.map(({ run, estimate, flags }) => [run[0], estimate, flags])).toEqual([
      [300, 200, 0],
      [200, 200, 0],
      [100, 200, 0],
      [100, null, 0],
    ]);
    expect(account.notes).toEqual({ 'estimate missing, run time taken': 1 });
  });

  it('is cut under kill, and the job marked', async () => {
    const { jobs, account } = await readTrace(rows, { pastEstimate: 'kill' });
    expect(jobs.map(({ run, estimate, flags }) => [run[0], estimate, flags])).toEqual([
      [200, 200, JobFlag.killed],
      [200, 200, 0],
      [100, 200, 0],
      [100, null, 0],
    ]);
    expect(account.notes['run time cut at the estimate']).toBe(1);
  });

  it('raises the estimate under extend', async () => {
    const { jobs, account } = await readTrace(rows, { pastEstimate: 'extend' });
    expect(jobs.map(({ run, estimate, flags }) => [run[0], estimate, flags])).toEqual([
      [300, 300, 0],
      [200, 200, 0],
      [100, 200, 0],
      [100, null, 0],
    ]);
    expect(account.notes['estimate raised to the run time']).toBe(1);
  });

  it('marks a gang as well', async () => {
    const { jobs } = await readTrace(row({ 4: 300, 8: 2 }), { pastEstimate: 'kill', as: 'gang' });
    expect(jobs[0]).toMatchObject({ flags: JobFlag.killed | JobFlag.gang, run: [200, 200] });
  });
});

describe('an SWF file', () => {
  it('counts data rows alone: comments may stand anywhere, blank lines too', async () => {
    const { jobs, account } = await readTrace(`; a\n\n  ; b\n${row()}\n; c\n \t \r\n${row({ 1: 2 })}\n \n`);
    expect(jobs.map((job) => job.name)).toEqual([1, 2]);
    expect(account.read).toBe(2);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['tabs', (text: string) => text.replaceAll(' ', '\t')],
    ['leading and trailing blanks', (text: string) => text.replaceAll('\n', '  \n   ')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['no line feed at the end', (text: string) => text.trimEnd()],
    ['a control-Z at the end', (text: string) => `${text}\x1a`],
  ])('may have %s', async (_, change) => {
    const text = `${row()}\n${row({ 1: 2, 12: 18 })}\n`;
    expect(await readTrace(change(text))).toEqual(await readTrace(text));
  });

  it('is the same jobs wherever chunks end', async () => {
    const token = fc.oneof(
      fc.integer({ min: -2, max: 99_999 }).map(String),
      fc.constantFrom('nan', '1e5', '+5', '2.75', ';', '-', '123456789012345678', ''),
    );
    const line = fc.oneof(
      { weight: 5, arbitrary: fc.dictionary(fc.constantFrom('1', '2', '4', '5', '8', '9', '12'), token).map(row) },
      { weight: 1, arbitrary: fc.array(token).map((tokens) => tokens.join(' ')) },
      { weight: 1, arbitrary: fc.constantFrom('', '; comment', ' \t') },
    );
    const file = fc
      .tuple(fc.array(line, { minLength: 1 }), fc.constantFrom('\n', '\r\n'))
      .map(([lines, end]) => new TextEncoder().encode([row(), ...lines].join(end)));
    await fc.assert(
      fc.asyncProperty(file, fc.array(fc.nat(), { maxLength: 8 }), async (bytes, cuts) => {
        const whole = await readTrace(bytes, { sort: 'whole' });
        const cut = await readTrace(cutAt(bytes, cuts), { sort: 'whole' });
        expect(cut.jobs).toEqual(whole.jobs);
        expect(cut.account).toEqual(whole.account);
        const left = Object.values(whole.account.skipped).reduce((sum, count) => sum + count, 0);
        expect(whole.account.read).toBe(whole.jobs.length + left);
      }),
    );
  });

  it('comes in batches of 8192 rows, wherever chunks end', async () => {
    const text = Array.from({ length: 10_000 }, (_, i) => row({ 1: i, 2: i })).join('\n');
    for (const source of [bytesInMemory('log.swf', text), cutAt(new TextEncoder().encode(text), [77_777])]) {
      const sizes: number[] = [];
      for await (const batch of openTrace(source, swfDefaults, contextOf()).batches()) sizes.push(batch.jobs);
      expect(sizes).toEqual([8_192, 1_808]);
    }
  });

  it('that is empty is an error', async () => {
    await expect(readTrace('')).rejects.toThrow('log.swf: the file is empty');
  });

  it('without a data row is an error', async () => {
    await expect(readTrace('; MaxProcs: 4\n\n')).rejects.toThrow('log.swf: no data row, only comments and blank lines');
  });

  it('can be read once, lest its account be doubled', async () => {
    const source = openTrace(bytesInMemory('log.swf', row()), swfDefaults, contextOf());
    source.batches();
    expect(() => source.batches()).toThrow('the source log.swf is read twice');
  });
});

describe('the resource that processors are', () => {
  const read = (...names: string[]) => readTrace(row(), {}, { resources: names.map((name) => resource(name)) });

  it('is cpus where there are several', async () => {
    expect((await read('mem', 'cpus')).jobs[0]!.demand).toEqual([[0, 4_000]]);
  });

  it('is the only one of the cluster', async () => {
    expect((await read('slots')).jobs[0]!.demand).toEqual([[4_000]]);
  });

  it('must be one of the two', async () => {
    await expect(read('slots', 'mem')).rejects.toThrow(
      'format: SWF counts processors, and the cluster has no `cpus` but slots, mem',
    );
  });
});

describe('the look of SWF', () => {
  const looks = (head: string, name = 'x') => swf.looksLike(new TextEncoder().encode(head), name);

  it('is a comment, or a row of nine numbers', () => {
    expect(looks('; Version: 2.2\n')).toBe(true);
    expect(looks(`\n  ${row()}\n`)).toBe(true);
  });

  it('is not that of other text', () => {
    expect(looks('job,submit,run\n')).toBe(false);
    expect(looks('1 2 3\n')).toBe(false);
    expect(looks('one two three four five six seven eight nine\n')).toBe(false);
  });

  it('is in the name where nothing is written', () => {
    expect(looks('\n', 'log.swf.gz')).toBe(true);
    expect(looks('\n', 'log.txt')).toBe(false);
  });
});
