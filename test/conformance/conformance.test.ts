import { describe, expect, it } from 'vitest';
import { formatCount, formatOutcome } from '../../src/conformance/case-outcome.ts';
import { baseNameOf } from '../../src/conformance/forms.ts';
import { runConformance } from '../../src/conformance/run-conformance.ts';
import { caseFiles, caseTests } from '../support/conformance-suite.ts';

// Queues and logs take a while: they have files of tests of their own.
const files = caseFiles((base) => base === null || !['queueing', 'published', 'swf-reference'].includes(base));

describe('the case files', async () => {
  await caseTests(files);
});

describe('the suite', () => {
  const shipped = (name: string) => JSON.parse(files.find((file) => file.name === name)!.text);

  /** The outcome of one case of a shipped file, after values were set at paths; `undefined` takes a key away. */
  async function changed(name: string, id: string, changes: Readonly<Record<string, unknown>> = {}) {
    const { meta, cases } = shipped(name);
    const one = cases.find((each: { id: string }) => each.id === id);
    for (const [path, value] of Object.entries(changes)) setAt(one, path.split('.'), value);
    const [outcome] = await runConformance([{ name, text: JSON.stringify({ ...(meta && { meta }), cases: [one] }) }]);
    return outcome!;
  }

  function setAt(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
    if (rest.length > 0) setAt(target[key!] as Record<string, unknown>, rest, value);
    else if (value === undefined) delete target[key!];
    else target[key!] = value;
  }

  it('passes the cases that the tests below change', async () => {
    const outcomes = [
      await changed('schedules.json', 'prio-preempt'),
      await changed('schedules.json', 'bf-beats-ff'),
      await changed('drf-paper.json', 'drf-running-example'),
    ];
    expect(outcomes.map(formatOutcome)).toEqual([
      'ok schedules/prio-preempt  prio-resume prio-restart prio-nonpre',
      'ok schedules/bf-beats-ff  FF BF WF FFD BFD WFD; declined NF: not yet',
      'ok drf-paper/drf-running-example  DRF',
    ]);
    expect(formatCount(outcomes)).toBe('3 cases: 3 ok, 0 declined, 0 skipped, 0 failed');
  });

  it.each([
    ['schedules.json', 'easy-basic', 'runs.0.schedule.J2.0', 11],
    ['schedules.json', 'easy-basic', 'runs.0.schedule.J9', [0, 1]],
    ['schedules.json', 'easy-basic', 'runs.0.schedule.J4', undefined],
    ['schedules.json', 'easy-basic', 'runs.1.metrics.avgWait', 5.250001],
    ['schedules.json', 'prio-preempt', 'runs.2.metrics.wastedWork', 1],
    ['schedules.json', 'prio-preempt', 'runs.2.segments.H.0.1', 14],
    ['schedules.json', 'lpt-worst-m2', 'optimalMakespan', 8],
    ['schedules.json', 'lpt-worst-m2', 'boundValue', 10],
    ['schedules.json', 'bf-beats-ff', 'runs.2.bins.0', [4, 6]],
    ['schedules.json', 'vector-packing', 'runs.1.residual.2.1', 3],
    ['schedules.json', 'maxmin-weighted', 'expect.2', '601/100'],
    ['schedules.json', 'drf-progressive-3res', 'expect.trace.3.0', 'B'],
    ['schedules.json', 'drf-progressive-3res', 'expect.trace.3.1', '1/4'],
    ['schedules.json', 'drf-progressive-3res', 'expect.trace.11', undefined],
    ['schedules.json', 'asset-violates-sharing', 'expect.user2WorseThanHalf', false],
    ['schedules.json', 'asset-violates-sharing', 'expect.shares.1.0', '7/30'],
    ['schedules.json', 'ceei-not-strategy-proof', 'expect.afterLieTasks.0', '25/7'],
    ['schedules.json', 'ceei-not-strategy-proof', 'expect.liarGains', false],
    ['schedules.json', 'hdrf-blocked', 'expect.tasks.q32', 10],
    ['schedules.json', 'drf-online', 'runs.0.schedule.a3', [3, 7]],
    ['mesos-sorter.json', 'drf-basic', 'steps.8.order', ['b', 'a']],
    ['mesos-sorter.json', 'drf-basic', 'steps.8.shares.a', 0.06],
    ['mesos-sorter.json', 'hier-allocation', 'steps.7.value', 4],
    ['mesos-sorter.json', 'update-allocation-volume', 'steps.7.resources.2.value', 6],
    ['mesos-sorter.json', 'update-allocation-volume', 'steps.7.resources.3.disk.id', 'other'],
    ['mesos-sorter.json', 'multiple-agents', 'steps.8.totals.cpus', 5],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.2.offers.0.resources.cpus', 2.001],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.2.offers', []],
    ['mesos-allocator.json', 'reserved-drf', 'steps.2.offers.0.resources.2.reservedTo', 'role2'],
    ['mesos-allocator.json', 'offer-filter', 'steps.3.refuseSeconds', 3],
    ['mesos-allocator.json', 'offer-filter', 'steps.5.metrics', { 'offer_filters/roles/role/active': 2 }],
    ['mesos-allocator.json', 'remove-quota', 'steps.5.guarantees', { cpus: 2, mem: 1024 }],
    ['mesos-allocator.json', 'operator-reserve-available-success', 'steps.1.expectSuccess', false],
    ['mesos-allocator.json', 'quota-absent-framework-whole-agent', 'steps.7.alternatives.1.0.agent', 'agent3'],
    ['mesos-allocator.json', 'maintenance-unknown-framework', 'steps.6.offers.0.framework', 'unknown'],
    ['mesos-allocator.json', 'same-share-fairness', 'steps.3.expectCounts.f1', 4],
    ['mesos-allocator.json', 'starvation-five-frameworks', 'steps.11.expectNever', ['idle1']],
    ['mesos-allocator.json', 'no-starvation-four-frameworks', 'steps.9.expectSome', ['nobody']],
    ['drf-paper.json', 'drf-running-example', 'expected.tasks.A', 3.01],
    ['drf-paper.json', 'drf-running-example', 'expected.dominantShare.A', '667/1000'],
    ['drf-paper.json', 'drf-running-example', 'expected.dominantResource.A', 'cpus'],
    ['drf-paper.json', 'drf-running-example', 'expected.unused.mem', 5],
    ['drf-paper.json', 'drf-schedule-table1', 'expectedRows.2.clusterMem', '1/3'],
    ['drf-paper.json', 'drf-schedule-table1', 'expectedRows.2.shares.A.resources.0', '1/9'],
    ['drf-paper.json', 'drf-schedule-table1', 'initialTie', 'A first'],
    ['drf-paper.json', 'weighted-drf-2-1', 'expected.dominantShareRatio', '1:2'],
    ['drf-paper.json', 'weighted-drf-2-1', 'discrete.picks.2', 'B'],
    ['drf-paper.json', 'asset-violates-bottleneck-fairness', 'drf.r1Shares.1', 0.4],
    ['drf-paper.json', 'asset-violates-resource-monotonicity', 'expectedAfter.allocations.A.r1', 44],
    ['drf-paper.json', 'asset-violates-resource-monotonicity', 'expectedAfter.sumOfShares', '106/154 each'],
    ['drf-paper.json', 'ceei-violates-strategy-proofness', 'expectedAfterLie.tasks.2', 33.4],
    ['drf-paper.json', 'ceei-violates-population-monotonicity', 'change.remove', '1'],
  ])('fails %s/%s with another value at %s', async (name, id, path, value) => {
    expect(await changed(name, id)).toMatchObject({ status: 'passed' });
    expect(await changed(name, id, { [path]: value })).toMatchObject({ status: 'failed' });
  });

  it.each([
    ['schedules.json', 'easy-basic', 'proccessors'],
    ['schedules.json', 'easy-basic', 'jobs.0.prio'],
    ['schedules.json', 'easy-basic', 'runs.0.shedule'],
    ['schedules.json', 'prio-preempt', 'runs.2.segmants'],
    ['schedules.json', 'lpt-worst-m2', 'optimum'],
    ['schedules.json', 'bf-beats-ff', 'runs.1.nodes'],
    ['schedules.json', 'maxmin-weighted', 'wieghts'],
    ['schedules.json', 'drf-progressive-3res', 'expect.trase'],
    ['schedules.json', 'asset-violates-sharing', 'expect.aset'],
    ['schedules.json', 'drf-online', 'tasks.0.priority'],
    ['mesos-sorter.json', 'drf-basic', 'steps.0.totals'],
    ['mesos-sorter.json', 'drf-basic', 'sorters'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.0.attribute'],
    ['mesos-allocator.json', 'reserved-drf', 'steps.0.total.0.reserved'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.2.offers.0.count'],
    ['mesos-allocator.json', 'small-offer-filter-timeout', 'flags.allocationInterval'],
    ['drf-paper.json', 'drf-running-example', 'expected.task'],
    ['drf-paper.json', 'drf-running-example', 'users.0.wieght'],
    ['drf-paper.json', 'drf-running-example', 'users.0.demand.disk'],
    ['drf-paper.json', 'drf-schedule-table1', 'expectedRows.0.clusterDisk'],
  ])('fails %s/%s with a key `%s` that it does not know, and names it', async (name, id, path) => {
    const outcome = await changed(name, id, { [path]: 1 });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(path.split('.').at(-1)!) });
  });

  it('fails a metric that it does not know', async () => {
    const outcome = await changed('schedules.json', 'easy-basic', { 'runs.0.metrics.avgwait': 8.5 });
    expect(outcome).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('avgwait: there is no such metric'),
    });
  });

  it('fails a key that is missing, and names it', async () => {
    const outcome = await changed('schedules.json', 'easy-basic', { 'runs.0.schedule': undefined });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('runs.0.schedule is missing') });
  });

  it.each([
    ['category', 'rigid-job', 'unknown category `rigid-job`'],
    ['runs.0.policy', 'fcfss', 'unknown policy `fcfss`'],
    ['runs.0.policy', 'rr', 'unknown policy `rr`'],
    ['runs.0.policy', 'toString', 'unknown policy `toString`'],
    ['processors', [4], 'processors: expected a number'],
    ['processors', 'four', 'processors: expected a number'],
    ['jobs.0.runtime', null, 'jobs.0.runtime is missing'],
    ['runs', [], 'nothing in this case was checked'],
  ])('fails a case whose %s is %j', async (path, value, message) => {
    const outcome = await changed('schedules.json', 'easy-basic', { [path]: value });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(message) });
  });

  it.each([
    ['mesos-sorter.json', 'drf-basic', 'steps.0.op', 'addNode', 'unknown operation `addNode`'],
    ['mesos-sorter.json', 'drf-basic', 'steps.0.op', 'toString', 'unknown operation `toString`'],
    ['mesos-sorter.json', 'drf-basic', 'sorter', 'fair', 'unknown sorter `fair`'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.1.op', 'expectOffer', 'unknown operation `expectOffer`'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.1.op', 'toString', 'unknown operation `toString`'],
    ['mesos-allocator.json', 'unreserved-drf', 'validUnder', ['lazy'], 'unknown timing `lazy`'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.1.capabilities', ['GPU'], 'unknown capability `GPU`'],
    ['mesos-allocator.json', 'offer-filter', 'steps.5.metrics', { runs: 1 }, 'there is no metric `runs`'],
    ['mesos-allocator.json', 'unreserved-drf', 'steps.2.offers.0.agent', undefined, 'offers.0.agent is missing'],
  ])('fails %s/%s with %s of %j', async (name, id, path, value, message) => {
    const outcome = await changed(name, id, { [path]: value });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(message) });
  });

  it('fails an allocation of a form that it does not know', async () => {
    const outcome = await changed('schedules.json', 'maxmin-classic', { demands: undefined });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining('no form of an allocation') });
  });

  it('fails a table of properties with another answer', async () => {
    const { propertyTable } = shipped('drf-paper.json');
    const run = (rows: unknown) =>
      runConformance([{ name: 'drf-paper.json', text: JSON.stringify({ propertyTable: { ...propertyTable, rows } }) }]);
    const row = 'sharing incentive';
    expect(await run({ [row]: [false, true, true] })).toMatchObject([{ status: 'passed' }]);
    expect(await run({ [row]: [true, true, true] })).toMatchObject([{ status: 'failed' }]);
    expect(await run({ [row]: [false, true, false] })).toMatchObject([{ status: 'failed' }]);
    expect(await run({ kindness: [true, true, true] })).toMatchObject([{ status: 'failed' }]);
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
      { name: 'gavel-sim-x.json', text },
      { name: 'tiresias.json', text: '{"runs": []}' },
    ]);
    expect(outcomes.map(formatOutcome)).toEqual([
      'declined gavel-sim-x/seed-min  not yet',
      'declined gavel-sim-x/seed-max  not yet',
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
