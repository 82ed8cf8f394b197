import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { openBytes } from '../../../../src/platform/files.ts';
import { total } from '../../../../src/workload/workload-source.ts';
import { realTraces } from '../../../support/real-traces.ts';
import { readTrace } from './read-trace.ts';

const [SUBMIT, SCHEDULE, EVICT, FAIL, FINISH, KILL] = [0, 1, 2, 3, 4, 5] as const;
const AFTER_THE_TRACE = '9223372036854775807';

/** An event of a job, at a second of the trace. */
const event = (second: number, job: number, kind: number, scheduling = 0) =>
  `${second * 1e6},,${job},${kind},uA=,${scheduling},name,logical\n`;

/** An event of a task, with a request of CPU. */
const task = (second: number, job: number, index: number, kind: number, cpus = 0.25, priority = 0, apart = 0) =>
  `${second * 1e6},,${job},${index},5,${kind},uA=,0,${priority},${cpus},0.5,0.001,${apart}\n`;

function google(events: string, { own = {}, tasks = '', as }: { own?: object; tasks?: string; as?: 'gang' } = {}) {
  const resources = tasks === '' ? [resource('cpus')] : [resource('cpus'), resource('mem')];
  const given = { ...own, ...(tasks !== '' && { 'task-events': 'tasks.csv' }) };
  return readTrace(
    events,
    { format: 'google2011', as, own: given },
    { resources, openFile: (file) => bytesInMemory(file, tasks) },
  );
}

describe('job events of Google 2011', () => {
  it('make a job of all events of an id, from the first SCHEDULE to the last end', async () => {
    const { jobs, account } = await google(event(10, 7, SUBMIT) + event(12, 7, SCHEDULE) + event(20, 7, FINISH));
    expect(jobs).toEqual([
      {
        name: 7,
        framework: 'uA=',
        submit: 10,
        estimate: null,
        priority: 0,
        flags: 0,
        records: 3,
        run: [8],
        demand: [[1_000]],
      },
    ]);
    expect(account.read).toBe(3);
  });

  it('count the time between an end and the next SCHEDULE, or leave it out', async () => {
    const events =
      event(10, 7, SUBMIT) +
      event(12, 7, SCHEDULE) +
      event(15, 7, FAIL) +
      event(15, 7, SUBMIT) +
      event(25, 7, SCHEDULE) +
      event(32, 7, FINISH);
    expect((await google(events)).jobs[0]!.run).toEqual([20]);
    expect((await google(events, { own: { 'run-time': 'running' } })).jobs[0]!.run).toEqual([10]);
  });

  it('give all events of a job that is left out the same reason', async () => {
    const { jobs, account } = await google(
      event(0, 1, SUBMIT) +
        event(5, 1, SCHEDULE) +
        event(6, 1, FINISH) +
        event(5, 2, SUBMIT) +
        event(5, 3, SUBMIT) +
        event(6, 3, SCHEDULE) +
        event(5, 4, SUBMIT) +
        event(6, 4, SCHEDULE) +
        event(6, 4, KILL) +
        `${AFTER_THE_TRACE},,3,5,uA=,0,name,logical\n` +
        `5,,5,9,uA=,0,name,logical\n5,,,0,uA=,0,name,logical\nsoon,,5,0,uA=,0,name,logical\n` +
        event(6, 6, SCHEDULE) +
        event(7, 6, FINISH),
    );
    expect(jobs).toEqual([]);
    expect(account.skipped).toEqual({
      'submitted before the trace': 3,
      'never scheduled': 1,
      'no end': 2,
      'zero run time': 3,
      'after the trace': 1,
      'unknown event': 1,
      'missing: job_id': 1,
      'not a number: timestamp_us': 1,
      'unknown submit': 2,
    });
  });

  it('replay what was killed, unless FINISH alone is an end', async () => {
    const events = event(10, 7, SUBMIT) + event(12, 7, SCHEDULE) + event(20, 7, KILL);
    expect((await google(events)).jobs).toHaveLength(1);
    expect((await google(events, { own: { ends: 'finish' } })).account.skipped).toEqual({ 'status KILL': 3 });
  });

  it('keep job ids beyond 2^53 apart', async () => {
    const [a, b] = ['9007199254740993', '9007199254740992'];
    const of = (id: string) => `1,,${id},0,u,0,n,l\n2,,${id},1,u,0,n,l\n3,,${id},4,u,0,n,l\n`;
    expect((await google(of(a) + of(b))).jobs.map(({ name }) => name)).toEqual([a, b]);
  });

  it('have the scheduling class as priority where that is asked for', async () => {
    const events = event(10, 7, SUBMIT, 3) + event(12, 7, SCHEDULE, 3) + event(20, 7, FINISH, 3);
    expect((await google(events)).jobs[0]!.priority).toBe(0);
    expect((await google(events, { own: { priority: 'scheduling-class' } })).jobs[0]!.priority).toBe(3);
  });

  it('give jobs out in order of submission, more of them than a batch holds', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const { jobs } = await google(
      ids.map((id) => event(id, id, SUBMIT)).join('') +
        ids.map((id) => event(30_000, id, SCHEDULE) + event(30_000 + id, id, FINISH)).join(''),
    );
    expect(jobs.map(({ name, submit, run }) => [name, submit, run[0]])).toEqual(ids.map((id) => [id, id, id]));
  });

  it.skipIf(realTraces === null)('are read as they were published, without a header', async () => {
    const { jobs, account } = await readTrace(
      openBytes(join(realTraces!, 'google2011/job_events_raw_part-00000-00002.csv.gz')),
      { format: 'google2011' },
    );
    expect(account.read).toBe(17_163);
    expect(jobs.reduce((sum, { records = 1 }) => sum + records, 0) + total(account.skipped)).toBe(17_163);
    expect(jobs[0]!.submit).toBe(604.046279);
  });
});

describe('task events of Google 2011', () => {
  const job = event(10, 7, SUBMIT) + event(12, 7, SCHEDULE) + event(30, 7, FINISH);

  it('give jobs their tasks, each with what it asked for and how long it ran', async () => {
    const tasks =
      task(10, 7, 0, SUBMIT, 0.25, 2) +
      task(10, 7, 1, SUBMIT, 0.0625, 9) +
      task(12, 7, 0, SCHEDULE) +
      task(13, 7, 1, SCHEDULE) +
      task(15, 7, 1, EVICT) +
      task(15, 7, 1, SUBMIT) +
      task(20, 7, 0, FINISH) +
      task(20, 7, 1, SCHEDULE) +
      task(30, 7, 1, FINISH);
    const { jobs, account } = await google(job, { tasks });
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({
      records: 12,
      priority: 9,
      run: [8, 17],
      // 0.0625 is finer than a thousandth, and rounds up.
      demand: [
        [250, 500],
        [63, 500],
      ],
    });
    expect(account.read).toBe(12);
    expect((await google(job, { tasks, own: { 'run-time': 'running' } })).jobs[0]!.run).toEqual([8, 12]);
    expect((await google(job, { tasks, as: 'gang' })).jobs[0]!.flags).toBe(1);
  });

  it('are all accounted for', async () => {
    const tasks =
      task(10, 7, 0, SUBMIT) +
      task(12, 7, 0, SCHEDULE, 0.25, 0, 1) +
      task(20, 7, 0, FINISH) +
      task(10, 7, 1, SUBMIT, 0.25, 0, 1) +
      task(10, 8, 0, SUBMIT) +
      task(10, 9, 0, SUBMIT) +
      '10,,7,-1,5,0,u,0,0,1,1,1,0\n' +
      '10,,7\n';
    const { jobs, account } = await google(job + event(10, 8, SUBMIT), { tasks });
    expect(jobs.map(({ name, records }) => [name, records])).toEqual([[7, 6]]);
    expect(account.read).toBe(12);
    expect(account.skipped).toEqual({
      'never scheduled': 3,
      'task of a job that is not there': 1,
      'not a number: task_index': 1,
      'wrong number of cells': 1,
    });
    expect(account.notes['task to be on a node of its own, put anywhere']).toBe(1);
  });

  it('leave a job out that has none', async () => {
    const { account } = await google(job, { tasks: task(10, 8, 0, SUBMIT) });
    expect(account.skipped).toEqual({ 'no task left': 3, 'task of a job that is not there': 1 });
  });
});
