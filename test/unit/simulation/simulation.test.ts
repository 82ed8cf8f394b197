import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import type { NodeGroup } from '../../../src/cluster/node-table.ts';
import type { JobOutcome } from '../../../src/simulation/job-outcome.ts';
import type { Observer, RunEnd } from '../../../src/simulation/observer.ts';
import { runWorkload, type TestJob, type TestRun } from '../../support/run-workload.ts';
import { launchAll, scripted } from '../../support/scripted-allocator.ts';

const SECOND = 1_000_000;
const groups: readonly NodeGroup[] = [{ name: 'n', count: 1, capacity: [2_000], attributes: {} }];

function job(submit: number, run: number, ...cpus: number[]): TestJob {
  const tasks = cpus.map((each) => ({ demand: [each * 1000], run: run * SECOND }));
  return { framework: 'a', submit: submit * SECOND, tasks };
}

/** Writes down what an observer is told, with times in seconds. */
class Notes implements Observer {
  readonly lines: string[] = [];
  readonly outcomes: JobOutcome[] = [];
  end: RunEnd | null = null;

  onTime(before: number, now: number): void {
    this.lines.push(`clock ${before / SECOND} -> ${now / SECOND}`);
  }

  onJobSubmitted(time: number, row: number): void {
    this.lines.push(`${time / SECOND} submitted, row ${row}`);
  }

  onTaskStarted(time: number, _task: number, node: number): void {
    this.lines.push(`${time / SECOND} started on ${node}`);
  }

  onTaskEnded(time: number): void {
    this.lines.push(`${time / SECOND} ended`);
  }

  onJobEnded(time: number, outcome: JobOutcome): void {
    this.lines.push(`${time / SECOND} job ${outcome.index} ${outcome.status}`);
    this.outcomes.push({ ...outcome });
  }

  onEnd(end: RunEnd): void {
    this.end = end;
  }
}

async function observe(jobs: readonly TestJob[], setup: Partial<TestRun> = {}) {
  const notes = new Notes();
  const run = await runWorkload({
    resources: [resource('cpus')],
    groups,
    jobs,
    allocator: { name: 'fifo' },
    observers: () => [notes],
    ...setup,
  });
  return { notes, run };
}

describe('the facts of a run', () => {
  it('come in order of occurrence: ends, the end of the job, submissions, starts', async () => {
    const { notes } = await observe([job(0, 2, 2), job(2, 1, 1)]);
    expect(notes.lines).toEqual([
      '0 submitted, row 0',
      '0 started on 0',
      'clock 0 -> 2',
      '2 ended',
      '2 job 0 completed',
      '2 submitted, row 0',
      '2 started on 0',
      'clock 2 -> 3',
      '3 ended',
      '3 job 1 completed',
    ]);
  });

  it('tell a job’s first start, last end, critical path, width and area', async () => {
    // Of two tasks of 2 cpus and 3 s the second starts at 3 when the first has ended.
    const { notes } = await observe([job(0, 3, 2, 2)]);
    expect(notes.outcomes[0]).toMatchObject({
      submit: 0,
      start: 0,
      end: 6 * SECOND,
      run: 3 * SECOND,
      width: 4,
      area: 12 * SECOND,
      tasks: 2,
      status: 'completed',
      reason: '',
    });
  });

  it('tell a job that can never fit as rejected, with the reason, and nothing waits behind it', async () => {
    const { notes, run } = await observe([job(0, 1, 3), job(0, 1, 1)]);
    expect(run.rejected).toEqual([0]);
    expect(notes.outcomes[0]).toMatchObject({
      status: 'rejected',
      reason: 'a task needs 3 cpus, the largest node has 2',
      start: Number.NaN,
      end: Number.NaN,
      width: 3,
      tasks: 1,
    });
    expect(run.counts.jobs).toEqual({ submitted: 2, completed: 1, failed: 0, rejected: 1, unfinished: 0 });
    expect(run.tasks[1]!.start).toBe(0);
  });

  it('are those of a round for each run time of zero', async () => {
    const { run } = await observe([job(1, 0, 2, 2, 2)]);
    expect(run.tasks.map(({ start, end }) => [start, end])).toEqual(new Array(3).fill([SECOND, SECOND]));
    // Three rounds start a task each; a fourth follows the end of the third.
    expect(run.counts.passes).toBe(4);
  });
});

describe('a run that is cut by `until`', () => {
  it('counts what falls due at that very time', async () => {
    const { run } = await observe([job(0, 3, 2), job(0, 3, 2)], { until: 3 * SECOND });
    expect(run.counts.jobs).toMatchObject({ completed: 1, unfinished: 1 });
    expect(run.counts).toMatchObject({ cut: true, end: 3 * SECOND });
    expect(run.tasks[1]).toMatchObject({ start: 3 * SECOND, end: null });
  });

  it('moves the clock to the cut, so that observers see the time until then', async () => {
    const { notes } = await observe([job(0, 9, 2)], { until: 4 * SECOND });
    expect(notes.lines.slice(-2)).toEqual(['clock 0 -> 4', '4 job 0 unfinished']);
    expect(notes.end).toEqual({ start: 0, end: 4 * SECOND, warm: 0, cut: true });
  });

  it('tells unfinished jobs in order of submission, running and queued ones alike', async () => {
    const jobs = [job(0, 9, 1), job(0, 1, 1), job(1, 9, 2), job(2, 9, 1)];
    const { notes, run } = await observe(jobs, { until: 3 * SECOND });
    const left = notes.outcomes.filter(({ status }) => status === 'unfinished');
    expect(left.map(({ index, start }) => [index, start])).toEqual([
      [0, 0],
      [2, Number.NaN],
      [3, Number.NaN],
    ]);
    expect(run.counts.tasks).toMatchObject({ submitted: 4, started: 2, completed: 1, unfinished: 3 });
  });
});

describe('a run whose allocator leaves jobs in the queue', () => {
  it('ends, and tells them as unfinished at the time of the last event', async () => {
    // The last event is the submission at 5; the last end was at 1.
    const onlyTheFirst = scripted((decide, cluster, pass) => {
      if (pass === 0) launchAll(decide, cluster);
    });
    const { notes, run } = await observe([job(0, 1, 1), job(5, 1, 1)], { allocator: onlyTheFirst });
    expect(notes.lines.at(-1)).toBe('5 job 1 unfinished');
    expect(run.counts.jobs).toMatchObject({ completed: 1, unfinished: 1 });
  });

  it('gives whole numbers for all its times though nothing ever ended', async () => {
    const { notes, run } = await observe([job(2, 1, 1)], { allocator: scripted(() => {}) });
    expect(notes.lines.at(-1)).toBe('2 job 0 unfinished');
    expect(run.counts).toMatchObject({ start: 2 * SECOND, end: 2 * SECOND });
  });
});

describe('the run itself', () => {
  it('starts at the first submission that is replayed, not at one that is rejected', async () => {
    const { run } = await observe([job(1, 1, 5), job(2, 1, 1)]);
    expect(run.counts).toMatchObject({ start: 2 * SECOND, end: 3 * SECOND });
  });

  it('of no job has neither start nor end', async () => {
    const { run } = await observe([]);
    expect(run.counts).toMatchObject({ start: 0, end: 0, cut: false, passes: 0 });
  });
});
