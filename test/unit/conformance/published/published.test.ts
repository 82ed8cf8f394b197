import { describe, expect, it } from 'vitest';
import { runConformance } from '../../../../src/conformance/run-conformance.ts';
import { folderOf, hashOf, SMALL_LOG } from '../../../support/small-log.ts';

const FILE = 'swf/SMALL-SP0-1996.swf.gz';
const traces = folderOf({ [FILE]: SMALL_LOG, 'swf/OTHER-1.swf': '; MaxProcs: 1\n1 0 -1 1 1 -1 -1 1 1' });

async function outcomeOf(one: object, folder = traces) {
  const text = JSON.stringify({ cases: [one] });
  const [outcome] = await runConformance([{ name: 'published-small.json', text }], { traces: folder });
  return outcome!;
}

describe('figures of a log under the conventions that are ours', () => {
  /** Under FIFO the second job waits for the first: they start at 0 and 10 s, and take 10 and 14 s. */
  const two = {
    n: 2,
    avgft: 12,
    avgstretch: (1 + 14 / 5) / 2,
    avgbsld: 1.2,
    maxbsld: 1.4,
    avgwait: 4.5,
    rmsbsld: Math.sqrt((1 + 1.4 * 1.4) / 2),
    makespan: 15,
    utilization: 40 / 60,
    maxWait: 9,
  };
  const convention = 'completions, arrivals, one pass per instant; ties (submit, file order)';
  const one = { id: 'small-sp0-canonical-2', status: '…', convention, values: { fcfs: two, easy: two } };

  it('pass for the first jobs of the log that the id names', async () => {
    expect(await outcomeOf(one)).toMatchObject({ status: 'passed', detail: 'fcfs easy' });
  });

  it('pass for the whole log', async () => {
    const { n, makespan, maxWait } = { n: 3, makespan: 18, maxWait: 9 };
    const full = {
      ...one,
      id: 'small-sp0-canonical-full',
      convention: 'as above',
      values: { fcfs: { n, makespan, maxWait } },
    };
    expect(await outcomeOf(full)).toMatchObject({ status: 'passed', detail: 'fcfs' });
    expect(await outcomeOf({ ...full, id: one.id })).toMatchObject({ status: 'failed' });
  });

  it.each(Object.keys(two))('fail with another %s, and name it', async (key) => {
    const value = two[key as keyof typeof two] * (1 + 1e-10);
    const outcome = await outcomeOf({ ...one, values: { fcfs: { ...two, [key]: value } } });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(`fcfs ${key}`) });
  });

  it.each([
    [{ values: { fcfss: two } }, 'unknown policy `fcfss`'],
    [{ values: { fcfs: { medianwait: 1 } } }, 'fcfs medianwait: there is no such figure'],
    [{ values: {} }, 'nothing in this case was checked'],
    [{ convention: 'arrivals first' }, 'unknown convention'],
    [{ id: 'small-sp0' }, 'no log and number of jobs in this id'],
    [{ windowLength: 10 }, '`windowLength` was not understood'],
  ])('fail with %j', async (change, detail) => {
    const outcome = await outcomeOf({ ...one, ...change });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(detail) });
  });

  it('fail on a log whose header does not say how many processors there are', async () => {
    const outcome = await outcomeOf(one, folderOf({ [FILE]: SMALL_LOG.replace('MaxProcs', 'Note') }));
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('how many processors') });
  });

  it('are skipped where no log has that name', async () => {
    const outcome = await outcomeOf({ ...one, id: 'sp0-canonical-full' });
    expect(outcome).toMatchObject({
      status: 'skipped',
      detail: 'a log whose name begins with sp0 is not there (a folder in memory)',
    });
  });
});

describe('a study of backfilling', () => {
  /** Only the third job may pass the second, and does: slowdowns of 1, 1.4 and 1. */
  const slowdown = 3.4 / 3;
  const cells = [
    'EASY (user estimates)',
    'EASY-SJBF (user estimates)',
    'EASY exact runtimes',
    'EASY-SJBF exact runtimes',
  ];
  const one = {
    id: 'small-sp0-easy',
    log: { sha256: hashOf(FILE), bytes: 1, jobs: 3, processors: 4 },
    parsing:
      'fields 1 id,2 submit,4 run,5 alloc,8 req,9 estimate; drop alloc>P or req>P; req/alloc fill each other, drop if both <=0; drop run<=0 or estimate<=0; if estimate<run then run:=estimate; drop submit<0',
    convention: 'sub-first: …',
    published: Object.fromEntries(cells.map((cell) => [cell, { avgbsld: slowdown }])),
    mine: Object.fromEntries(cells.map((cell) => [cell, slowdown])),
    eventOrderSensitivity: {
      'term-first, one pass per instant (canonical here)': cells.map(() => slowdown),
      'term-first, one pass per event': cells.map(() => 99),
    },
  };

  it('passes where each order of events gives its slowdowns', async () => {
    const outcome = await outcomeOf(one);
    expect(outcome.status).toBe('passed');
    expect(outcome.detail).toMatch(/^EASY \(user estimates\) .*term-first, one pass per instant; declined /);
    expect(outcome.detail).toMatch(
      /term-first, one pass per event: EASY .*: a pass after each single completion is no/,
    );
  });

  it('leaves out jobs that were given more processors than there are, and those without an estimate', async () => {
    const log = `${SMALL_LOG}\n4 102 -1 9 5 -1 -1 1 9\n5 102 -1 9 1 -1 -1 1 -1\n`;
    expect(await outcomeOf(one, folderOf({ [FILE]: log }))).toMatchObject({ status: 'passed' });
  });

  it('finds the log by its name where none has its SHA-256, and counts its jobs', async () => {
    const other = { ...one, log: { ...one.log, sha256: 'no such hash' } };
    expect(await outcomeOf(other)).toMatchObject({ status: 'passed' });
    const outcome = await outcomeOf({ ...other, log: { ...other.log, jobs: 2 } });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('jobs: got 3, expected 2') });
  });

  it.each([
    [{ published: { 'EASY-LJBF (user estimates)': { avgbsld: 1 } } }, 'unknown policy `EASY-LJBF (user estimates)`'],
    [{ parsing: 'all rows' }, 'unknown rule of parsing'],
    [{ convention: 'term-first: …' }, 'unknown convention'],
    [{ eventOrderSensitivity: { 'sub-last': [1, 1, 1, 1] } }, 'unknown order of events `sub-last`'],
    [{ eventOrderSensitivity: { 'term-first, one pass per instant': [1, 1, 1, 1] } }, 'expected 1'],
    [{ eventOrderSensitivity: { 'term-first, one pass per instant': [slowdown] } }, 'cells: got 1, expected 4'],
    [{ published: { 'EASY (user estimates)': { avgbsld: 1 } } }, 'EASY (user estimates) avgbsld: got 1.13'],
    [{ mine: { 'EASY (user estimates)': 1 } }, 'mine EASY (user estimates): got 1.13'],
    [{ mine: { 'EASY (user guesses)': 1 } }, 'mine.EASY (user guesses)'],
  ])('fails with %j', async (change, detail) => {
    const outcome = await outcomeOf({ ...one, ...change });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(detail) });
  });

  it('is skipped where there is no log of that content or name', async () => {
    expect(await outcomeOf(one, folderOf({}))).toMatchObject({ status: 'skipped' });
  });
});

describe('tables of windows', () => {
  /** Jobs 1 and 2 start at 0 and 10 s; jobs 2 and 3, on an empty machine, at once. */
  const cell = {
    published: 1.1,
    mine: 1.1,
    perWindow: [1.2, 1],
    // Work of 40 on 4 processors until the last start after 10 s, and of 19 until that after 1 s.
    publishedUtil: 2.875,
    mineUtil: 2.875,
    match: true,
  };
  const one = {
    id: 'rlscheduler-small',
    logs: { small: { sha256: hashOf(FILE), jobs: 3, processors: 4 } },
    windowStarts: [0, 1],
    windowLength: 2,
    table: { small: { nobf: { fcfs: cell, sjf: { ...cell, mine: 99 } }, bf: { fcfs: { ...cell, mine: 99 } } } },
    canonical: { note: '…', small: { fcfs: 1.1, easySjbf: 1.1 } },
  };

  it('pass where first come, first served gives their slowdowns, and decline what other programs alone do', async () => {
    const outcome = await outcomeOf(one);
    expect(outcome.status).toBe('passed');
    expect(outcome.detail).toMatch(/^small\.nobf\.fcfs small\.canonical\.fcfs small\.canonical\.easySjbf; declined /);
    expect(outcome.detail).toContain('small.nobf.sjf: the job chosen first keeps its place');
    expect(outcome.detail).toContain('small.bf.fcfs: backfills up to a shadow time that is set once');
  });

  it('count windows in the order of job numbers', async () => {
    const lines = SMALL_LOG.split('\n');
    const log = [lines[0], lines[3], lines[1], lines[2]].join('\n');
    expect(await outcomeOf(one, folderOf({ [FILE]: log }))).toMatchObject({ status: 'passed' });
  });

  it.each([
    ['published', 1.11],
    ['mine', 1.1 + 1e-10],
    ['perWindow', [1.2, 1 + 1e-10]],
    ['perWindow', [1.2]],
    ['publishedUtil', 2.876],
    ['mineUtil', 2.875 + 1e-10],
    ['maxWait', 9],
  ])('fail with %s: %j', async (key, value) => {
    const table = { small: { nobf: { fcfs: { ...cell, [key]: value } } } };
    expect(await outcomeOf({ ...one, table })).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining(key),
    });
  });

  it.each([
    [{ table: { small: { nobf: { wfp9: cell } } } }, 'unknown policy `wfp9`'],
    [{ table: { small: { bf: { wfp9: cell } } } }, 'unknown cell `small.bf.wfp9`'],
    [{ canonical: { small: { fcfs: 1.100001 } } }, 'small.canonical.fcfs'],
    [{ windowStarts: [2] }, 'a window goes beyond the 3 jobs'],
    [{ logs: { small: { ...one.logs.small, jobs: 4 } } }, 'small jobs: got 3, expected 4'],
  ])('fail with %j', async (change, detail) => {
    const outcome = await outcomeOf({ ...one, ...change });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(detail) });
  });

  it('are skipped where no log has the content', async () => {
    const outcome = await outcomeOf(one, folderOf({ 'small.swf': SMALL_LOG }));
    expect(outcome).toMatchObject({ status: 'skipped', detail: expect.stringContaining(hashOf(FILE)) });
  });
});

describe('a published result of another form', () => {
  it('fails', async () => {
    const outcome = await outcomeOf({ id: 'kth-sp2', figures: {} });
    expect(outcome).toMatchObject({ status: 'failed', detail: 'no form of a published result that is known' });
  });

  it('is declined by its id', async () => {
    expect(await outcomeOf({ id: 'gavel-log-lines', values: [] })).toMatchObject({ status: 'declined' });
    expect(await outcomeOf({ id: 'pyss-vectors' })).toMatchObject({ status: 'declined' });
  });
});
