import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import type { NodeGroup } from '../../../src/cluster/node-table.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { RunDigest } from '../../../src/simulation/digest.ts';
import type { JobOutcome } from '../../../src/simulation/job-outcome.ts';
import type { ObservedRun } from '../../../src/simulation/observer.ts';
import { Observers } from '../../../src/simulation/observers.ts';
import { runWorkload, type TestJob, type TestRun } from '../../support/run-workload.ts';
import { launchAll, scripted } from '../../support/scripted-allocator.ts';

const groups: readonly NodeGroup[] = [{ name: 'n', count: 2, capacity: [2_000], attributes: {} }];
const jobs: readonly TestJob[] = [
  { framework: 'a', submit: 0, tasks: [{ demand: [1_000], run: 500_000 }] },
  { framework: 'b', submit: 300_000, tasks: [{ demand: [1_000], run: 200_000 }] },
];

function run(setup: Partial<TestRun> = {}) {
  return runWorkload({ resources: [resource('cpus')], groups, jobs, allocator: { name: 'fifo' }, ...setup });
}

/** Starts everything at `delay` microseconds, on that node. */
const late = (delay: number, node: number, name = 'late') =>
  scripted((decide, cluster) => {
    if (cluster.now < delay) decide.wakeAt(delay);
    else while (cluster.queuedTasks > 0) decide.launch(cluster.firstQueuedTask(cluster.firstQueuedJob()), node);
  }, name);

describe('the digest of a run', () => {
  it('is SHA-256 in lower-case hexadecimal', async () => {
    const { digest, scheduleDigest } = await run();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(scheduleDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same for the same run', async () => {
    expect(await run()).toEqual(await run());
  });

  it('differs, and that of the schedule too, when a start moves by one microsecond', async () => {
    const [one, other] = [await run({ allocator: late(400_000, 0) }), await run({ allocator: late(400_001, 0) })];
    expect(other.tasks[0]!.start! - one.tasks[0]!.start!).toBe(1);
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).not.toBe(one.scheduleDigest);
  });

  it('differs, and that of the schedule too, when a task runs on another node', async () => {
    const [one, other] = [await run({ allocator: late(0, 0) }), await run({ allocator: late(0, 1) })];
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).not.toBe(one.scheduleDigest);
  });

  it('differs by the seed alone, and that of the schedule does not', async () => {
    const [one, other] = [await run({ seed: '7' }), await run({ seed: '07' })];
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).toBe(one.scheduleDigest);
  });

  it('differs by the allocator’s name alone, and that of the schedule does not', async () => {
    const [one, other] = [
      await run({ allocator: scripted(launchAll, 'first') }),
      await run({ allocator: scripted(launchAll, 'second') }),
    ];
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).toBe(one.scheduleDigest);
  });

  it('differs when a job is rejected that changes no start, and that of the schedule does not', async () => {
    const never: TestJob = { framework: 'c', submit: 300_000, tasks: [{ demand: [9_000], run: 1 }] };
    const [one, other] = [await run(), await run({ jobs: [...jobs, never] })];
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).toBe(one.scheduleDigest);
  });
});

describe('the digest of hand-made facts', () => {
  /** A run of one job with one task. */
  const observed = {
    view: {
      submission: () => 0,
      taskCount: () => 1,
      jobOf: () => 0,
      firstTask: () => 0,
      frameworkOf: () => 0,
      demand: () => 1,
      isFluid: () => false,
      hasStages: () => false,
    },
    jobName: () => 'j',
  } as unknown as ObservedRun;
  const outcome = { index: 0, status: 'completed' } as JobOutcome;

  function digestOf(tell: (told: Observers) => void): RunDigest {
    const digest = new RunDigest('header', sha256);
    const told = new Observers([digest], 1);
    told.start(observed);
    tell(told);
    told.end({ start: 0, end: 0, warm: 0, cut: false });
    return digest;
  }

  it('tells a start from an end at the same time and place', () => {
    const start = digestOf((told) => told.taskStarted(5, 0, 0, true));
    const end = digestOf((told) => told.taskEnded(5, 0, 0, false));
    expect(end.digest).not.toBe(start.digest);
    expect(end.scheduleDigest).not.toBe(start.scheduleDigest);
  });

  it('tells the order of facts', () => {
    const one = digestOf((told) => {
      told.taskStarted(5, 0, 0, true);
      told.taskStarted(5, 0, 1, true);
    });
    const other = digestOf((told) => {
      told.taskStarted(5, 0, 1, true);
      told.taskStarted(5, 0, 0, true);
    });
    expect(other.digest).not.toBe(one.digest);
  });

  it('tells a completed job from an unfinished one', () => {
    const one = digestOf((told) => told.jobEnded(5, outcome));
    const other = digestOf((told) => told.jobEnded(5, { ...outcome, status: 'unfinished' }));
    expect(other.digest).not.toBe(one.digest);
    expect(other.scheduleDigest).toBe(one.scheduleDigest);
  });

  it('covers every one of more facts than it gathers at once', () => {
    const many = (last: number) =>
      digestOf((told) => {
        for (let i = 0; i < 10_000; i++) told.taskStarted(i, 0, 0, true);
        told.taskStarted(10_000, 0, last, true);
      });
    expect(many(1).scheduleDigest).not.toBe(many(0).scheduleDigest);
    const early = digestOf((told) => {
      for (let i = 0; i < 10_000; i++) told.taskStarted(i, 0, i === 17 ? 1 : 0, true);
      told.taskStarted(10_000, 0, 0, true);
    });
    expect(early.scheduleDigest).not.toBe(many(0).scheduleDigest);
  });

  it('is SHA-256 over little-endian doubles: mark 2, time, index, position, node', () => {
    const { scheduleDigest } = digestOf((told) => told.taskStarted(5, 0, 3, true));
    const hash = sha256();
    hash.update(new Uint8Array(new Float64Array([2, 5, 0, 0, 3]).buffer));
    expect(scheduleDigest).toBe(hash.hex());
  });
});
