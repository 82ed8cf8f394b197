import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { JobFlag } from '../../../../src/workload/job-batch.ts';
import { csv } from '../../../../src/workload/readers/csv.ts';
import type { ColumnMap } from '../../../../src/workload/readers/reader.ts';
import type { GivenTraceOptions } from '../../../../src/workload/readers/registry.ts';
import { cutAt, type ReadTrace, readTrace, type TraceWorld } from './read-trace.ts';

const resources = [resource('cpus'), resource('mem')];

function read(
  text: string | Uint8Array,
  columns: ColumnMap,
  options: Partial<GivenTraceOptions> = {},
  world: TraceWorld = { resources },
): Promise<ReadTrace> {
  return readTrace(text, { file: 'jobs.csv', format: 'csv', columns, ...options }, world);
}

const usual: ColumnMap = { submit: 'submit', duration: 'run', demand: { cpus: 'cpus' } };

describe('a CSV record', () => {
  it('is a job by the map of its columns', async () => {
    const text = 'id,user,submit,run,limit,rank,cpus,mem\nj1,ann,5,100,200,7,2,512\n';
    const columns: ColumnMap = {
      job: 'id',
      submit: 'submit',
      duration: 'run',
      estimate: 'limit',
      priority: 'rank',
      demand: { cpus: 'cpus', mem: 'mem' },
    };
    const { jobs, account } = await read(text, columns);
    expect(jobs).toEqual([
      {
        name: 'j1',
        framework: 'ann',
        submit: 5,
        estimate: 200,
        priority: 7,
        flags: JobFlag.none,
        run: [100],
        demand: [[2_000, 512_000]],
      },
    ]);
    expect(account).toMatchObject({
      source: 'jobs.csv',
      format: 'csv',
      read: 1,
      skipped: {},
      notes: {},
      rules: {
        as: 'pool',
        'framework-by': 'user',
        sort: 'streaming',
        delimiter: ',',
        header: true,
        'columns.duration': 'run',
        'columns.demand.mem': 'mem',
      },
    });
  });

  it('needs no more than a duration and a demand: it is named by its row, and submitted at the start', async () => {
    const { jobs, account } = await read('run,cpus\n10,1\n20,2\n', { duration: 'run', demand: { cpus: 'cpus' } });
    expect(jobs.map(({ name, framework, submit, estimate }) => [name, framework, submit, estimate])).toEqual([
      [1, 'all', 0, null],
      [2, 'all', 0, null],
    ]);
    expect(account.notes).toEqual({ 'estimate missing, run time taken': 2 });
    expect(account.rules['framework-by']).toBe('none');
  });

  it('of several tasks is one task that takes all they ask for, or a gang', async () => {
    const columns: ColumnMap = { ...usual, tasks: 'n', demand: { cpus: 'cpus', mem: 'mem' } };
    const text = 'submit,run,n,cpus,mem\n0,10,3,2,100\n';
    expect((await read(text, columns)).jobs[0]!.demand).toEqual([[6_000, 300_000]]);
    const gang = (await read(text, columns, { as: 'gang' })).jobs[0]!;
    expect(gang).toMatchObject({ flags: JobFlag.gang, run: [10, 10, 10] });
    expect(gang.demand).toEqual([
      [2_000, 100_000],
      [2_000, 100_000],
      [2_000, 100_000],
    ]);
  });

  it('may leave estimate and priority empty', async () => {
    const columns: ColumnMap = { ...usual, estimate: 'limit', priority: 'rank' };
    const { jobs, account } = await read('submit,run,cpus,limit,rank\n0,10,1,,\n0,10,1,-1,-2\n', columns);
    expect(jobs.map(({ estimate, priority }) => [estimate, priority])).toEqual([
      [null, 0],
      [null, -2],
    ]);
    expect(account.notes).toEqual({ 'estimate missing, run time taken': 2 });
  });

  it('obeys the rules that all formats share', async () => {
    const text = 'submit,run,cpus,limit\n0,300,1,200\n1,0,1,200\n';
    const columns: ColumnMap = { ...usual, estimate: 'limit' };
    const kill = await read(text, columns, { pastEstimate: 'kill' });
    expect(kill.jobs[0]).toMatchObject({ run: [200], flags: JobFlag.killed });
    expect(kill.account.skipped).toEqual({ 'zero run time': 1 });
    const keep = await read(text, columns, { pastEstimate: 'extend', zeroRunTime: 'keep' });
    expect(keep.jobs.map(({ run, estimate }) => [run[0], estimate])).toEqual([
      [300, 300],
      [0, 200],
    ]);
  });

  it('is put in order of submission, and on the clock of the run', async () => {
    const { jobs, account } = await read('submit,run,cpus\n70,1,1\n50,1,1\n60,1,1\n', usual, { origin: 'zero' });
    expect(jobs.map(({ name, submit }) => [name, submit])).toEqual([
      [2, 0],
      [3, 10],
      [1, 20],
    ]);
    expect(account.notes['out of order']).toBe(2);
  });
});

describe('a column', () => {
  it('may be given by number, with a header or without', async () => {
    const columns: ColumnMap = { submit: 2, duration: 1, demand: { cpus: 0 } };
    const bare = await read('2,10,5\n3,20,6\n', columns);
    expect(bare.jobs.map(({ submit, run, demand }) => [submit, run[0], demand[0]![0]])).toEqual([
      [5, 10, 2_000],
      [6, 20, 3_000],
    ]);
    expect(bare.account).toMatchObject({ read: 2, rules: { header: false } });
    const headed = await read('cores,time,at\n2,10,5\n3,20,6\n', columns);
    expect(headed.jobs).toEqual(bare.jobs);
    expect(headed.account).toMatchObject({ read: 2, rules: { header: true } });
  });

  it('of a first record with one number among words is data, and the words are counted', async () => {
    const { account } = await read('2,none,5\n3,20,6\n', { submit: 2, duration: 1, demand: { cpus: 0 } });
    expect(account).toMatchObject({ read: 2, skipped: { 'not a number: duration': 1 } });
  });

  it('counts time in the unit it is given in', async () => {
    const text = 'us,ms,s,m,h,d,n\n1500000,1500,1.5,0.5,1.5,0.25,2\n';
    const run = async (column: ColumnMap['duration']) =>
      (await read(text, { duration: column, demand: { cpus: 'n' } })).jobs[0]!.run[0];
    expect(await run({ column: 'us', unit: 'us' })).toBe(1.5);
    expect(await run({ column: 'ms', unit: 'ms' })).toBe(1.5);
    expect(await run({ column: 's', unit: 's' })).toBe(1.5);
    expect(await run({ column: 'm', unit: 'm' })).toBe(30);
    expect(await run({ column: 'h', unit: 'h' })).toBe(5_400);
    expect(await run({ column: 'd', unit: 'd' })).toBe(21_600);
    expect(await run({ column: 'us', factor: 1e-6 })).toBe(1.5);
    expect(await run('n')).toBe(2);
    expect(await run({ value: '90s' })).toBe(90);
    expect(await run({ value: 7 })).toBe(7);
  });

  it('counts memory in the unit it is given in, and anything with a factor', async () => {
    const text = 'bytes,kb,gb,share,milli\n1073741824,2048,0.5,0.25,57\n';
    const demand = async (cpus: ColumnMap['duration'], mem: ColumnMap['duration']) =>
      (await read(text, { duration: { value: 1 }, demand: { cpus, mem } })).jobs[0]!.demand[0];
    expect(await demand(3, { column: 'bytes', unit: 'B' })).toEqual([250, 1_024_000]);
    expect(await demand({ value: 3 }, { column: 'kb', unit: 'KB' })).toEqual([3_000, 2_000]);
    expect(await demand({ value: '0.5' }, { column: 'gb', unit: 'GB' })).toEqual([500, 512_000]);
    expect(await demand({ column: 'milli', factor: 0.001 }, { value: '4GB' })).toEqual([57, 4_096_000]);
  });

  it('multiplies by a factor as on paper: no step is added by the last bit of a double', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => i + 1);
    const columns: ColumnMap = { duration: { value: 1 }, demand: { cpus: { column: 'milli', factor: 0.001 } } };
    const { jobs, account } = await read(`milli\n${rows.join('\n')}\n`, columns);
    expect(jobs.map(({ demand }) => demand[0]![0])).toEqual(rows);
    expect(account.notes['demand rounded up']).toBeUndefined();
  });

  it('may carry units in its cells where it is given by name or number alone', async () => {
    const text = 'run,mem\n90s,4GB\n1.5h,512\n10 min,1 TiB\n';
    const { jobs } = await read(text, { duration: 'run', demand: { mem: 'mem' } });
    expect(jobs.map(({ run, demand }) => [run[0], demand[0]![1]])).toEqual([
      [90, 4_096_000],
      [5_400, 512_000],
      [600, 1_048_576_000],
    ]);
  });

  it('finer than a step of its resource is rounded up and noted', async () => {
    const { jobs, account } = await read('submit,run,cpus\n0,1,0.0001\n', usual);
    expect(jobs[0]!.demand).toEqual([[1, 0]]);
    expect(account.notes['demand rounded up']).toBe(1);
  });

  it('may be a constant', async () => {
    const columns: ColumnMap = {
      submit: { value: '1h' },
      duration: 'run',
      job: { value: 'probe' },
      framework: { value: 'ops' },
      tasks: { value: 2 },
      estimate: { value: '2m' },
      priority: { value: 9 },
      demand: { cpus: { value: 0.5 } },
    };
    const { jobs, account } = await read('run\n60\n', columns);
    expect(jobs[0]).toMatchObject({ name: 'probe', framework: 'ops', submit: 3_600, estimate: 120, priority: 9 });
    expect(jobs[0]!.demand).toEqual([[1_000, 0]]);
    expect(account.rules['columns.submit']).toBe('value 1h');
  });
});

describe('the framework of a CSV record', () => {
  const text = 'team,user,queue,submit,run,cpus\nred,ann,batch,0,1,1\n blue ,,,0,1,1\n';
  const frameworks = async (options: Partial<GivenTraceOptions>, columns: ColumnMap = usual) =>
    (await read(text, columns, options)).jobs.map((job) => job.framework);

  it('is what its column says, and unknown where that is empty', async () => {
    expect(await frameworks({ frameworkBy: 'user' })).toEqual(['ann', 'unknown']);
    expect(await frameworks({ frameworkBy: 'queue' })).toEqual(['batch', 'unknown']);
    expect(await frameworks({ frameworkBy: 'team' })).toEqual(['red', 'blue']);
    expect(await frameworks({ frameworkBy: 'none' })).toEqual(['all', 'all']);
    expect(await frameworks({}, { ...usual, framework: 'team' })).toEqual(['red', 'blue']);
    expect(await frameworks({}, { ...usual, framework: 0 })).toEqual(['red', 'blue']);
  });

  it('is an error by a column that is not there', async () => {
    await expect(frameworks({ frameworkBy: 'teem' })).rejects.toThrow(
      'jobs.csv:1: framework-by: no column `teem`; the file has team, user, queue, submit, run, cpus (did you mean `team`?)',
    );
    await expect(frameworks({ frameworkBy: 'group' })).rejects.toThrow('framework-by: no column `group`');
  });

  it('is given once', async () => {
    await expect(frameworks({ frameworkBy: 'none' }, { ...usual, framework: 'team' })).rejects.toThrow(
      'framework-by: given besides `columns.framework`; one of them is enough',
    );
  });
});

describe('what is left out of a CSV file', () => {
  it.each([
    [',10,1', 'missing: submit'],
    ['0,,1', 'missing: duration'],
    ['0,10,', 'missing: demand.cpus'],
    ['soon,10,1', 'not a number: submit'],
    ['0,nan,1', 'not a number: duration'],
    ['2017-10-09 07:01:55,10,1', 'not a number: submit'],
    ['0,1 2,1', 'not a number: duration'],
    ['0,10,two', 'not a number: demand.cpus'],
    ['0,10,-1', 'negative: demand.cpus'],
    ['0,10,0', 'no demand'],
    ['-1,10,1', 'negative submit'],
    ['0,-1,1', 'unknown run time'],
    ['0,0,1', 'zero run time'],
    ['1e300,1,1', 'out of range'],
    ['0,1,1e18', 'out of range'],
    [',,', 'missing: submit'],
  ])('%s is left out as: %s', async (row, reason) => {
    const { jobs, account } = await read(`submit,run,cpus\n0,1,1\n${row}\n0,1,1\n`, usual);
    expect(jobs.length).toBe(2);
    expect(account).toMatchObject({ read: 3, skipped: { [reason]: 1 } });
  });

  it.each([
    ['', 'missing: tasks'],
    ['x', 'not a number: tasks'],
    ['1.5', 'not a whole number: tasks'],
    ['0', 'no tasks'],
    ['-1', 'no tasks'],
    ['1e300', 'out of range'],
  ])('a count of tasks of "%s" is left out as: %s', async (count, reason) => {
    const { account } = await read(`submit,run,cpus,n\n0,1,1,${count}\n`, { ...usual, tasks: 'n' });
    expect(account.skipped).toEqual({ [reason]: 1 });
  });

  it('is an estimate or a priority that is no number', async () => {
    const columns: ColumnMap = { ...usual, estimate: 'limit', priority: 'rank' };
    const { account } = await read('submit,run,cpus,limit,rank\n0,1,1,x,1\n0,1,1,1,x\n', columns);
    expect(account.skipped).toEqual({ 'not a number: estimate': 1, 'not a number: priority': 1 });
  });
});

describe('a CSV file that does not match its map', () => {
  it('is told all that is wrong with it', async () => {
    const columns: ColumnMap = {
      submit: 'sumbit',
      duration: { column: 'run', unit: 'sec' },
      tasks: 9,
      demand: { cpus: { column: 'cpus', unit: 'MB' }, mem: { column: 'cpus', unit: 'QB' }, gpu: 'cpus' },
    };
    await expect(read('submit,run,cpus\n0,1,1\n', columns)).rejects.toThrow(
      [
        'jobs.csv:1: columns.demand.gpu: the cluster has no `gpu` but cpus, mem',
        'jobs.csv:1: columns.submit: no column `sumbit`; the file has submit, run, cpus (did you mean `submit`?)',
        'jobs.csv:1: columns.duration: unknown unit `sec`; expected us, ms, s, m, h, d',
        'jobs.csv:1: columns.tasks: no column 9: there are 3, counted from 0',
        'jobs.csv:1: columns.demand.cpus: `MB` is no unit of this; `factor` turns any count into another',
        'jobs.csv:1: columns.demand.mem: unknown unit `QB`; expected B, KB, MB, GB, TB (did you mean `B`?)',
      ].join('\n'),
    );
  });

  it('may not have two columns of the name', async () => {
    await expect(read('submit,run,run,cpus\n0,1,2,1\n', usual)).rejects.toThrow(
      'columns.duration: two columns are called `run` (give its number, counted from 0)',
    );
    expect((await read('submit,run,run,cpus\n0,1,2,1\n', { ...usual, duration: 2 })).jobs[0]!.run).toEqual([2]);
  });

  it('is told of constants that are none', async () => {
    const columns: ColumnMap = {
      duration: { value: 'long' },
      demand: { cpus: { value: '4GB' } },
      tasks: { value: 'x' },
    };
    await expect(read('a\n1\n', columns)).rejects.toThrow(
      [
        'jobs.csv:1: columns.duration: got "long", expected a duration, such as 90s',
        'jobs.csv:1: columns.tasks: got "x", expected a number',
        'jobs.csv:1: columns.demand.cpus: got "4GB", expected an amount, such as 2',
      ].join('\n'),
    );
  });

  it('needs a map, and a delimiter that is one character', async () => {
    const options: Partial<GivenTraceOptions> = { file: 'jobs.csv', format: 'csv' };
    await expect(readTrace('a\n', options)).rejects.toThrow('columns: a CSV file needs `columns`');
    for (const delimiter of ['', ',,', '"', '\n', 'é']) {
      await expect(read('a\n', usual, { delimiter })).rejects.toThrow('delimiter: got');
    }
  });

  it('must have a data row', async () => {
    await expect(read('', usual)).rejects.toThrow('jobs.csv: the file is empty');
    await expect(read('\n', usual)).rejects.toThrow('jobs.csv: no data row');
    await expect(read('submit,run,cpus\n\n', usual)).rejects.toThrow('jobs.csv: no data row');
  });
});

describe('a CSV file', () => {
  const plain = 'submit,user,run,cpus\n0,ann,10,1\n5,bob,20,2\n';

  it.each([
    ['padded cells', ' submit ,\tuser,run  ,cpus\n 0, ann ,10 ,1\n5,bob\t, 20,2 \n'],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['no line feed at the end', plain.trimEnd()],
    ['a byte order mark', `\ufeff${plain}`],
    ['a byte order mark and quotes', `\ufeff"submit","user","run","cpus"\n0,ann,10,1\n5,bob,20,2\n`],
    ['blank lines', plain.replaceAll('\n', '\n \n\n')],
    ['quotes', 'submit,"user",run,cpus\n"0","ann","10","1"\n5,"bob",20,2\n'],
    ['quotes and padding', 'submit , "user" ,run,cpus\n "0" ,"ann" , "10","1" \r\n5,"bob",20,2\n'],
    ['quotes below a block without', `${plain.slice(0, -11)}"5","bob","20","2"`],
    ['tabs', plain.replaceAll(',', '\t')],
    ['tabs and quotes', plain.replaceAll(',', '\t').replace('ann', '"ann"')],
    ['semicolons', plain.replaceAll(',', ';')],
    ['bars', plain.replaceAll(',', '|')],
  ])('may have %s', async (_, text) => {
    const { jobs } = await read(text, usual);
    expect(jobs.map(({ submit, framework, run, demand }) => [submit, framework, run[0], demand[0]![0]])).toEqual([
      [0, 'ann', 10, 1_000],
      [5, 'bob', 20, 2_000],
    ]);
  });

  it('may be told its delimiter, where the first line would mislead', async () => {
    const text = 'submit:run,in,s:cpus\n0:10:1\n';
    const columns: ColumnMap = { ...usual, duration: 'run,in,s' };
    expect((await read(text, columns, { delimiter: ':' })).jobs[0]!.run).toEqual([10]);
    await expect(read(text, columns)).rejects.toThrow('columns.submit: no column `submit`');
  });

  it('is the same jobs with quotes or without, wherever chunks end', async () => {
    const cell = fc.constantFrom('0', '1', '12.5', '', 'x', ' 7 ', '-1', '1e3', 'é');
    const record = fc.tuple(cell, cell, cell, fc.constantFrom('ann', 'b b', '', 'é', 'x'.repeat(30)));
    const records = fc.array(record, { minLength: 1, maxLength: 20 });
    const quoting = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    const cuts = fc.array(fc.nat(), { maxLength: 5 });
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(records, quoting, cuts, end, async (rows, quoted, places, lineEnd) => {
        let n = 0;
        const text = (quote: boolean) =>
          [
            'submit,run,cpus,user',
            ...rows.map((row) =>
              row.map((one) => (quote && quoted[n++ % quoted.length] ? `"${one.trim()}"` : one)).join(','),
            ),
          ].join(lineEnd);
        const options: Partial<GivenTraceOptions> = { file: 'jobs.csv', format: 'csv', columns: usual };
        const expected = await readTrace(text(false), options, { resources });
        const encoded = new TextEncoder().encode(text(true));
        expect(await readTrace(cutAt(encoded, places, 'jobs.csv'), options, { resources })).toEqual(expected);
        const left = Object.values(expected.account.skipped).reduce((sum, count) => sum + count, 0);
        expect(expected.account.read).toBe(expected.jobs.length + left);
        expect(expected.account.read).toBe(rows.length);
      }),
    );
  });
});

describe('the look of CSV', () => {
  const looks = (head: string, name = 'x') => csv.looksLike(new TextEncoder().encode(head), name);

  it('is a delimiter in the first line', () => {
    expect(looks('job,run\n1,2\n')).toBe(true);
    expect(looks('\n\njob\trun\n')).toBe(true);
    expect(looks('job ; run\n')).toBe(true);
    expect(looks('just a text\nwith, a comma\n')).toBe(false);
  });

  it('is in the name where there is one column', () => {
    expect(looks('run\n1\n', 'jobs.csv')).toBe(true);
    expect(looks('run\n1\n', 'jobs.tsv.gz')).toBe(true);
    expect(looks('run\n1\n', 'jobs.txt')).toBe(false);
  });
});
