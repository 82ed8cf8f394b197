import { describe, expect, it } from 'vitest';
import { formatCount, formatOutcome } from '../../../../src/conformance/case-outcome.ts';
import { runConformance } from '../../../../src/conformance/run-conformance.ts';
import { folderOf, SMALL_LOG } from '../../../support/small-log.ts';

const traces = folderOf({ 'swf/small.swf.gz': SMALL_LOG });

/** Under FIFO the second job waits for the first, and the third for the second: they start at 0, 10 and 10 s. */
const FIFO = {
  id: 'small-fcfs-kill-4',
  trace: 'swf/small.swf.gz',
  procs: 4,
  policy: 'fcfs',
  estimate_rule: 'kill',
  jobs: 3,
  avg_wait_s: 5.666666667,
  sum_wait_s: 0 + 9 + 8,
  // 10 s of 10 s, 14 s of less than 10 s, and 16 s of less than 10 s.
  avg_bounded_slowdown_tau10: 1.333333333,
  makespan_s: 18,
  utilization: 0.666666667,
  start_time_hash_fnv32: fnv([0, 10, 10]),
};

/** The third job is done before the second can start, and so need not wait for it. */
const EASY = {
  ...FIFO,
  id: 'small-easy-kill-4',
  policy: 'easy',
  avg_wait_s: 3,
  sum_wait_s: 9,
  avg_bounded_slowdown_tau10: 1.133333333,
  makespan_s: 15,
  utilization: 0.8,
  start_time_hash_fnv32: fnv([0, 10, 2]),
};

/** The hash as the file's rules state it, in whole numbers of any size. */
function fnv(starts: readonly number[]): number {
  let hash = 2_166_136_261n;
  for (const start of starts) hash = ((hash ^ BigInt(start)) * 16_777_619n) % 4_294_967_296n;
  return Number(hash);
}

async function outcomeOf(one: object, folder = traces) {
  const text = JSON.stringify({ rules: { loop: ['…'] }, cases: [one] });
  const [outcome] = await runConformance([{ name: 'swf-reference-small.json', text }], { traces: folder });
  return outcome!;
}

describe('a schedule of a log', () => {
  it('passes where every start time and every figure is the same', async () => {
    expect(await outcomeOf(FIFO)).toMatchObject({ status: 'passed', detail: 'fcfs' });
    expect(await outcomeOf(EASY)).toMatchObject({ status: 'passed', detail: 'easy' });
  });

  it('lets a job run past its estimate where the rule is to extend the estimate', async () => {
    const extended = { ...FIFO, estimate_rule: 'extend', makespan_s: 19, utilization: 0.644736842 };
    const outcome = await outcomeOf({ ...extended, avg_bounded_slowdown_tau10: 1.366666667 });
    expect(outcome).toMatchObject({ status: 'passed' });
    expect(await outcomeOf({ ...FIFO, estimate_rule: 'extend' })).toMatchObject({ status: 'failed' });
  });

  it('keeps jobs of no time, leaves out those wider than the machine, and begins with the first that fits', async () => {
    const log = ['1 90 -1 10 5 -1 -1 5 10', '2 99 -1 -1 1 -1 -1 1 10', SMALL_LOG, '4 102 -1 0 4 -1 -1 -1 -1'];
    const folder = folderOf({ 'swf/small.swf.gz': log.join('\n') });
    // The last job waits from 2 s to 18 s, for no time at all: 16 s of less than 10 s.
    const outcome = await outcomeOf(
      {
        ...FIFO,
        jobs: 4,
        avg_wait_s: 8.25,
        sum_wait_s: 33,
        avg_bounded_slowdown_tau10: 1.4,
        start_time_hash_fnv32: fnv([0, 10, 10, 18]),
      },
      folder,
    );
    expect(outcome).toMatchObject({ status: 'passed' });
  });

  it.each([
    ['jobs', 4],
    ['avg_wait_s', 5.666666669],
    ['sum_wait_s', 18],
    ['avg_bounded_slowdown_tau10', 1.333333335],
    ['makespan_s', 18.000001],
    ['utilization', 0.666666669],
    ['start_time_hash_fnv32', fnv([0, 10, 11])],
    ['start_time_hash_fnv32', String(FIFO.start_time_hash_fnv32)],
  ])('fails with another %s (%j), and names it', async (key, value) => {
    const outcome = await outcomeOf({ ...FIFO, [key]: value });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(key) });
  });

  it.each([
    ['policy', 'fcfss', 'unknown policy `fcfss`'],
    ['estimate_rule', 'overrun', 'unknown estimate rule `overrun`'],
    ['procs', 0, 'procs: expected a number above zero'],
    ['max_wait', 9, 'max_wait: there is no such figure'],
    ['trace', undefined, 'trace is missing'],
  ])('fails with %s: %j', async (key, value, detail) => {
    const outcome = await outcomeOf({ ...FIFO, [key]: value });
    expect(outcome).toMatchObject({ status: 'failed', detail: expect.stringContaining(detail) });
  });

  it('is skipped where its log is not there, and says which, but not if it is wrong in itself', async () => {
    const outcome = await outcomeOf({ ...FIFO, trace: 'swf/other.swf.gz' });
    expect(formatOutcome(outcome)).toBe(
      'skipped swf-reference-small/small-fcfs-kill-4  swf/other.swf.gz is not there (a folder in memory)',
    );
    expect(formatCount([outcome])).toBe('1 cases: 0 ok, 0 declined, 1 skipped, 0 failed');
    expect(await outcomeOf({ ...FIFO, trace: 'other.swf', policy: 'best' })).toMatchObject({ status: 'failed' });
  });

  it('is skipped where no folder of logs is known', async () => {
    const text = JSON.stringify({ cases: [FIFO] });
    expect(await runConformance([{ name: 'swf-reference.json', text }])).toMatchObject([
      { status: 'skipped', detail: 'swf/small.swf.gz is not there (no folder of traces is known)' },
    ]);
  });
});
