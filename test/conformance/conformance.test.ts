import { describe, expect, it } from 'vitest';
import { type CaseOutcome, formatCount, formatOutcome } from '../../src/conformance/case-outcome.ts';
import { baseNameOf } from '../../src/conformance/forms.ts';
import { runConformance } from '../../src/conformance/run-conformance.ts';
import { caseFiles, caseTests } from '../support/conformance-suite.ts';

// Queues take a while: test/theory runs their files.
const files = caseFiles((base) => base !== 'queueing');

describe('the case files', async () => {
  await caseTests(files);
});

describe('the suite', () => {
  const shipped = (name: string) => JSON.parse(files.find((file) => file.name === name)!.text);

  /** The outcomes of one case of a shipped file, after it was changed. */
  async function changed(name: string, id: string, change: (one: any) => void): Promise<CaseOutcome[]> {
    const document = shipped(name);
    document.cases = document.cases.filter((one: { id: string }) => one.id === id);
    delete document.otherExamples;
    delete document.propertyTable;
    change(document.cases[0]);
    return runConformance([{ name, text: JSON.stringify(document) }]);
  }

  it('passes the case that the tests below change', async () => {
    const outcomes = [
      ...(await changed('schedules.json', 'easy-basic', () => {})),
      ...(await changed('schedules.json', 'prio-preempt', () => {})),
      ...(await changed('drf-paper.json', 'drf-running-example', () => {})),
    ];
    expect(outcomes.map(formatOutcome)).toEqual([
      'ok schedules/easy-basic  fcfs fcfs-skip sjf sjf-skip easy easy-sjbf conservative',
      'ok schedules/prio-preempt  prio-nonpre; declined prio-resume, prio-restart: not yet',
      'ok drf-paper/drf-running-example  DRF',
    ]);
    expect(formatCount(outcomes)).toBe('3 cases: 3 ok, 0 declined, 0 failed');
  });

  it.each([
    ['schedules.json', 'easy-basic', 'a start', (one: any) => (one.runs[0].schedule.J2[0] = 11)],
    ['schedules.json', 'easy-basic', 'a metric', (one: any) => (one.runs[1].metrics.avgWait += 1e-6)],
    ['schedules.json', 'easy-basic', 'a job that does not exist', (one: any) => (one.runs[0].schedule.J9 = [0, 1])],
    ['schedules.json', 'easy-basic', 'a job that is not listed', (one: any) => delete one.runs[0].schedule.J4],
    ['schedules.json', 'prio-preempt', 'wasted work', (one: any) => (one.runs[2].metrics.wastedWork = 1)],
    ['schedules.json', 'lpt-worst-m2', 'an optimum above the run', (one: any) => (one.optimalMakespan = 8)],
    ['schedules.json', 'lpt-worst-m2', 'a bound', (one: any) => (one.boundValue = 10)],
    ['schedules.json', 'bf-beats-ff', 'a bin', (one: any) => one.runs[2].bins[0].reverse()],
    ['schedules.json', 'maxmin-weighted', 'a share', (one: any) => (one.expect[2] = '601/100')],
    ['schedules.json', 'drf-progressive-3res', 'a pick', (one: any) => (one.expect.trace[3][0] = 'B')],
    ['schedules.json', 'drf-progressive-3res', 'a share on the way', (one: any) => (one.expect.trace[3][1] = '1/4')],
    ['schedules.json', 'asset-violates-sharing', 'an answer', (one: any) => (one.expect.user2WorseThanHalf = false)],
    ['schedules.json', 'ceei-not-strategy-proof', 'tasks', (one: any) => (one.expect.afterLieTasks[0] = '25/7')],
    ['schedules.json', 'hdrf-blocked', 'tasks of a leaf', (one: any) => (one.expect.tasks.q32 = 10)],
    ['schedules.json', 'drf-online', 'a start', (one: any) => (one.runs[0].schedule.a3 = [3, 7])],
    ['drf-paper.json', 'drf-running-example', 'tasks', (one: any) => (one.expected.tasks.A = 3.01)],
    ['drf-paper.json', 'drf-running-example', 'a fraction', (one: any) => (one.expected.dominantShare.A = '667/1000')],
    ['drf-paper.json', 'drf-running-example', 'what is unused', (one: any) => (one.expected.unused.mem = 5)],
    ['drf-paper.json', 'drf-schedule-table1', 'a cell', (one: any) => (one.expectedRows[2].clusterMem = '1/3')],
    ['drf-paper.json', 'drf-schedule-table1', 'the tie', (one: any) => (one.initialTie = 'A first')],
    ['drf-paper.json', 'weighted-drf-2-1', 'a ratio', (one: any) => (one.expected.dominantShareRatio = '1:2')],
    [
      'drf-paper.json',
      'asset-violates-resource-monotonicity',
      'what follows a change',
      (one: any) => (one.expectedAfter.allocations.A.r1 = 44),
    ],
  ])('fails %s/%s when it expects another number: %s', async (name, id, _what, change) => {
    const [outcome] = await changed(name, id, change);
    expect(outcome!.status).toBe('failed');
  });

  it.each([
    ['schedules.json', 'easy-basic', 'a case', (one: any) => (one.proccessors = 4), 'proccessors'],
    ['schedules.json', 'easy-basic', 'a job', (one: any) => (one.jobs[0].prio = 4), 'jobs.0.prio'],
    ['schedules.json', 'easy-basic', 'a run', (one: any) => (one.runs[0].shedule = {}), 'runs.0.shedule'],
    ['schedules.json', 'easy-basic', 'a metric', (one: any) => (one.runs[0].metrics.avgwait = 1), 'avgwait'],
    ['schedules.json', 'asset-violates-sharing', 'an answer', (one: any) => (one.expect.aset = [1]), 'expect.aset'],
    ['drf-paper.json', 'drf-running-example', 'an answer', (one: any) => (one.expected.task = {}), 'expected.task'],
    ['drf-paper.json', 'drf-running-example', 'a user', (one: any) => (one.users[0].wieght = 2), 'users.0.wieght'],
    ['drf-paper.json', 'drf-running-example', 'a resource', (one: any) => (one.users[0].demand.men = 2), 'demand.men'],
  ])('fails %s/%s for a key of %s that it does not know', async (name, id, _what, change, key) => {
    const [outcome] = await changed(name, id, change);
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(key) });
  });

  it('fails a key that is missing because it is misspelt, and names it', async () => {
    const [outcome] = await changed('schedules.json', 'easy-basic', (one) => {
      one.runs[0].schedul = one.runs[0].schedule;
      delete one.runs[0].schedule;
    });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('runs.0.schedule is missing') });
  });

  it.each([
    ['an unknown category', (one: any) => (one.category = 'rigid-job'), 'unknown category `rigid-job`'],
    ['an unknown policy', (one: any) => (one.runs[0].policy = 'fcfss'), 'unknown policy `fcfss`'],
    ['a policy of another category', (one: any) => (one.runs[0].policy = 'rr=4'), 'unknown policy `rr=4`'],
    ['a list where a number belongs', (one: any) => (one.processors = [4]), 'processors: expected a number'],
    ['no run', (one: any) => (one.runs = []), 'nothing in this case was checked'],
  ])('fails %s', async (_what, change, message) => {
    const [outcome] = await changed('schedules.json', 'easy-basic', change);
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(message) });
  });

  it('fails an allocation of a form that it does not know', async () => {
    const [outcome] = await changed('schedules.json', 'maxmin-classic', (one) => {
      delete one.demands;
    });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('no form of an allocation') });
  });

  it.each([
    ['nothing-known.json', '{"cases": []}', 'no form of case file has this name'],
    ['schedules2.json', '{"cases": []}', 'no form of case file has this name'],
    ['schedules.json', '{"cases": []}', 'there is no case in it'],
    ['schedules.json', '{"cases": [1]}', 'expected an object, got 1'],
    ['schedules.json', '{"cases": [{"category": "metric"}]}', 'cases.0 has no id'],
    ['schedules.json', '{"case": []}', 'cases is missing'],
    ['schedules.json', '[]', 'expected an object'],
    ['schedules.json', '{', 'JSON'],
    ['lp.json', '{', 'JSON'],
  ])('fails a file %s that holds %s', async (name, text, message) => {
    const outcomes = await runConformance([{ name, text }]);
    expect(outcomes).toEqual([
      { file: name.replace('.json', ''), id: '*', status: 'failed', detail: expect.stringContaining(message) },
    ]);
  });

  it('fails a key at the top of a file that it does not know', async () => {
    const document = { ...shipped('schedules.json'), kases: [] };
    document.cases = document.cases.filter((one: { id: string }) => one.id === 'tie-break');
    const outcomes = await runConformance([{ name: 'schedules.json', text: JSON.stringify(document) }]);
    expect(outcomes.map(({ id, status }) => `${id} ${status}`)).toEqual(['* failed', 'tie-break passed']);
  });

  it('knows a file by the longest base name that its name begins with', () => {
    expect(baseNameOf('schedules.json')).toBe('schedules');
    expect(baseNameOf('a/folder/schedules-2.json')).toBe('schedules');
    expect(baseNameOf('mesos-sorter-further.json')).toBe('mesos-sorter');
    expect(baseNameOf('gavel-sim.json')).toBe('gavel-sim');
    expect(baseNameOf('gavel.json')).toBeNull();
  });

  it('lists each case of a file that is declined as a whole', async () => {
    const text = '{"cases": [{"id": "seed-min"}, {"id": "seed-max"}]}';
    const outcomes = await runConformance([
      { name: 'lp-x.json', text },
      { name: 'tiresias.json', text: '{"runs": []}' },
    ]);
    expect(outcomes.map(formatOutcome)).toEqual([
      'declined lp-x/seed-min  not yet',
      'declined lp-x/seed-max  not yet',
      'declined tiresias/*  not yet',
    ]);
  });

  it('tells of outcomes as they come', async () => {
    const told: string[] = [];
    const outcomes = await runConformance([{ name: 'lp.json', text: '{"cases": [{"id": "a"}, {"id": "b"}]}' }], {
      onOutcome: ({ id }) => told.push(id),
    });
    expect(told).toEqual(outcomes.map(({ id }) => id));
  });
});
