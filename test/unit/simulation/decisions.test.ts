import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { AllocatorError } from '../../../src/base/errors.ts';
import type { NodeGroup } from '../../../src/cluster/node-table.ts';
import { type FinishedTestRun, runWorkload, type TestJob } from '../../support/run-workload.ts';
import { launchAll, refusal, type Script, scripted } from '../../support/scripted-allocator.ts';

const SECOND = 1_000_000;

/** Two nodes: `small` with 2 cpus in the east, `large` with 4 cpus in the west. */
const groups: readonly NodeGroup[] = [
  { name: 'small', count: 1, capacity: [2_000], attributes: { zone: 'east' } },
  { name: 'large', count: 1, capacity: [4_000], attributes: { zone: 'west' } },
];

/** A job of tasks of that many cpus, one second each. */
function job(submit: number, ...cpus: number[]): TestJob {
  return { framework: 'a', submit, tasks: cpus.map((each) => ({ demand: [each * 1000], run: SECOND })) };
}

function gang(submit: number, ...cpus: number[]): TestJob {
  return { ...job(submit, ...cpus), gang: true };
}

function run(jobs: readonly TestJob[], script: Script): Promise<FinishedTestRun> {
  return runWorkload({ resources: [resource('cpus')], groups, jobs, allocator: scripted(script) });
}

/** Runs with one wrong decision in the first pass, then as it should be, and gives the message of the refusal. */
async function refusalOf(jobs: readonly TestJob[], wrong: Script): Promise<string> {
  let message = '';
  const { counts } = await run(jobs, (decide, cluster, pass) => {
    if (pass === 0) message = refusal(cluster, () => wrong(decide, cluster, pass));
    launchAll(decide, cluster);
  });
  expect(counts.jobs.completed).toBe(jobs.length);
  return message;
}

describe('a launch is refused, and nothing has changed,', () => {
  it('of a task that is running', async () => {
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      const task = cluster.firstQueuedTask(cluster.firstQueuedJob());
      decide.launch(task, 0);
      message = refusal(cluster, () => decide.launch(task, 1));
    });
    expect(message).toBe('allocator scripted: task 0 of job 0 is not queued');
  });

  it('of a task that has ended', async () => {
    let message = '';
    await run([job(0, 1, 1)], (decide, cluster, pass) => {
      // Of two tasks the first alone is started; it has ended when the second pass comes.
      if (pass === 0) decide.launch(0, 0);
      if (pass === 1) {
        message = refusal(cluster, () => decide.launch(0, 0));
        decide.launch(1, 0);
      }
    });
    expect(message).toBe('allocator scripted: task 0 of job 0 is not queued');
  });

  it('of a task that does not fit, with what it lacks', async () => {
    const message = await refusalOf([job(0, 3)], (decide) => decide.launch(0, 0));
    expect(message).toBe(
      'allocator scripted: task 0 of job 0 does not fit on node small (cpus: needs 3000, free 2000)',
    );
  });

  it('of a task whose constraint the node does not satisfy', async () => {
    const west = { ...job(0, 1), constraint: { zone: ['west'] } };
    const message = await refusalOf([west], (decide) => decide.launch(0, 0));
    expect(message).toContain('does not fit on node small');
  });

  it.each([-1, 2, 0.5, Number.NaN])('on node %d, which does not exist', async (node) => {
    const message = await refusalOf([job(0, 1)], (decide) => decide.launch(0, node));
    expect(message).toBe(`allocator scripted: task 0 of job 0 was launched on node ${node}, which does not exist`);
  });

  it('of one task of a gang', async () => {
    const message = await refusalOf([gang(0, 1, 1)], (decide) => decide.launch(1, 0));
    expect(message).toContain('task 1 of job 0 belongs to a gang');
  });

  it.each([-1, 1, 3, 1_000_000])('of row %d, which is no task of any job', async (row) => {
    // The only job has one task, row 0.
    const message = await refusalOf([job(0, 1)], (decide) => decide.launch(row, 0));
    expect(message).toContain('is not queued');
  });
});

describe('a launch of a gang is refused, and nothing has changed,', () => {
  it.each([[[0]], [[0, 1, 1]], [[]]])('on nodes %j, when it has two tasks', async (nodes) => {
    const message = await refusalOf([gang(0, 1, 1)], (decide) => decide.launchGang(0, nodes));
    expect(message).toBe(`allocator scripted: a gang of 2 tasks was launched on ${nodes.length} nodes`);
  });

  it('when its tasks fit one by one but not together', async () => {
    const message = await refusalOf([gang(0, 2, 2)], (decide) => decide.launchGang(0, [0, 0]));
    expect(message).toBe('allocator scripted: task 1 of job 0 does not fit on node small (cpus: needs 2000, free 0)');
  });

  it('when its second node does not exist', async () => {
    const message = await refusalOf([gang(0, 1, 1)], (decide) => decide.launchGang(0, [0, 7]));
    expect(message).toContain('was launched on node 7, which does not exist');
  });

  it('when it is running', async () => {
    let message = '';
    await run([gang(0, 1, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launchGang(0, [0, 1]);
      message = refusal(cluster, () => decide.launchGang(0, [0, 1]));
    });
    expect(message).toBe('allocator scripted: no task of job 0 is queued');
  });
});

describe('a preemption is refused, and nothing has changed,', () => {
  it('of a task that waits, or is no task at all', async () => {
    expect(await refusalOf([job(0, 1)], (decide) => decide.preempt(0))).toBe(
      'allocator scripted: task 0 of job 0 was preempted, but does not run',
    );
    expect(await refusalOf([job(0, 1)], (decide) => decide.preempt(7))).toContain(
      'row 7, which is no task of any job,',
    );
  });

  it('of a task that has ended', async () => {
    let message = '';
    await run([job(0, 1, 1)], (decide, cluster, pass) => {
      if (pass === 0) decide.launch(0, 0);
      if (pass === 1) {
        message = refusal(cluster, () => decide.preempt(0));
        decide.launch(1, 0);
      }
    });
    expect(message).toContain('does not run');
  });

  it('of a task that runs at a share', async () => {
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launch(0, 0, 1);
      message = refusal(cluster, () => decide.preempt(0));
    });
    expect(message).toBe('allocator scripted: task 0 of job 0 runs at a share; setRate can stop it');
  });
});

describe('a preemption', () => {
  it('frees what the task held at once, and the task can start again in the same pass', async () => {
    const free: number[] = [];
    const { segments, counts } = await run([job(0, 2), job(400_000, 2)], (decide, cluster, pass) => {
      if (pass === 1) {
        decide.preempt(0);
        free.push(cluster.free(0, 0), cluster.queuedTasks);
        decide.launch(0, 1);
        decide.launch(1, 0);
      } else launchAll(decide, cluster);
    });
    expect(free).toEqual([2000, 2]);
    expect(segments.map(({ job, node, start, end, lost }) => [job, node, start, end, lost])).toEqual([
      [0, 0, 0, 400_000, 0],
      [0, 1, 400_000, SECOND, null],
      [1, 0, 400_000, 400_000 + SECOND, null],
    ]);
    expect(counts.tasks).toMatchObject({ started: 3, preempted: 1, completed: 2 });
  });

  it('of one task of a gang is of all its tasks that run', async () => {
    const two = {
      ...gang(0, 1, 1),
      tasks: [
        { demand: [1000], run: 300_000 },
        { demand: [1000], run: SECOND },
        { demand: [1000], run: SECOND },
      ],
    };
    const { segments } = await run([two, job(500_000, 2)], (decide, cluster, pass) => {
      if (pass === 0) decide.launchGang(0, [0, 1, 0]);
      if (cluster.now !== 500_000) return;
      decide.preempt(2);
      expect(cluster.queuedTaskCount(0)).toBe(2);
      decide.launch(cluster.firstTask(1), 0);
      decide.launchGang(0, [1, 1]);
    });
    expect(segments.map(({ job, position, node, start, end }) => [job, position, node, start, end])).toEqual([
      [0, 0, 0, 0, 300_000],
      [0, 1, 1, 0, 500_000],
      [0, 2, 0, 0, 500_000],
      [0, 1, 1, 500_000, SECOND],
      [0, 2, 1, 500_000, SECOND],
      [1, 0, 0, 500_000, 500_000 + SECOND],
    ]);
  });

  it('of a task that has just started for no time at all keeps and loses nothing', async () => {
    const none: TestJob = { framework: 'a', submit: 0, tasks: [{ demand: [1000], run: 0 }] };
    for (const one of [job(0, 1), none]) {
      const { segments, counts } = await run([one], (decide, cluster, pass) => {
        if (pass === 0) {
          decide.launch(0, 0);
          decide.preempt(0);
        }
        launchAll(decide, cluster);
      });
      expect(segments[0]).toMatchObject({ start: 0, end: 0, lost: 0 });
      expect(counts.jobs.completed).toBe(1);
    }
  });
});

describe('a share is refused, and nothing has changed,', () => {
  it.each([-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY])('of %d', async (share) => {
    const words = `allocator scripted: task 0 of job 0 was given a share of ${share}`;
    expect(await refusalOf([job(0, 1)], (decide) => decide.launch(0, 0, share))).toBe(words);
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launch(0, 0, 1);
      message = refusal(cluster, () => decide.setRate(0, share));
    });
    expect(message).toBe(words);
  });

  it('of a task that runs whole, or waits', async () => {
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launch(0, 0);
      message = refusal(cluster, () => decide.setRate(0, 0.5));
    });
    expect(message).toBe('allocator scripted: task 0 of job 0 was not launched with a share');
    expect(await refusalOf([job(0, 1)], (decide) => decide.setRate(0, 0.5))).toContain('was not launched with a share');
  });

  it('for a task that needs devices', async () => {
    const resources = [resource('cpus'), resource('gpus', { devices: true })];
    const nodes = [{ name: 'n', count: 1, capacity: [2_000, 1_000], attributes: {} }];
    const jobs = [{ framework: 'a', submit: 0, tasks: [{ demand: [1_000, 500], run: SECOND }] }];
    let message = '';
    const allocator = scripted((decide, cluster, pass) => {
      if (pass === 0) message = refusal(cluster, () => decide.launch(0, 0, 0.5));
      launchAll(decide, cluster);
    });
    await runWorkload({ resources, groups: nodes, jobs, allocator });
    expect(message).toBe('allocator scripted: task 0 of job 0 cannot run at a share: it needs gpus');
  });

  it('on a node that its constraint forbids, or that does not exist', async () => {
    const west = { ...job(0, 1), constraint: { zone: ['west'] } };
    expect(await refusalOf([west], (decide) => decide.launch(0, 0, 0.5))).toBe(
      'allocator scripted: task 0 of job 0 may not run on node small',
    );
    expect(await refusalOf([job(0, 1)], (decide) => decide.launch(0, 9, 0.5))).toContain('which does not exist');
    expect(await refusalOf([gang(0, 1, 1)], (decide) => decide.launchGang(0, [0, 9], 0.5))).toContain('does not exist');
  });

  it('at the end of the pass, when all of a node come to more than it has', async () => {
    const tooMuch = run([job(0, 2, 2)], (decide, _cluster, pass) => {
      if (pass > 0) return;
      decide.launch(0, 0, 0.5);
      decide.launch(1, 0, 0.6);
    });
    await expect(tooMuch).rejects.toThrow('the shares of the tasks on node small come to 2200 of 2000 cpus');
  });
});

describe('a launch', () => {
  it('with a share runs at that part of its speed, in proportion from the end of the pass on', async () => {
    const free: number[] = [];
    const { tasks, rated } = await run([job(0, 2), job(500_000, 2)], (decide, cluster, pass) => {
      if (pass === 0) decide.launch(0, 0, 1);
      if (pass === 1) {
        decide.launch(1, 0, 1);
        // Shares of one pass take effect together: in between they may come to more than there is.
        decide.setRate(0, 0.25);
        decide.setRate(1, 0.75);
        free.push(cluster.free(0, 0));
      }
      if (pass === 2) decide.setRate(cluster.isRunning(0) ? 0 : 1, 1);
    });
    expect(free).toEqual([0]);
    // The second needs 1 s at 0.75 and ends after 1 333 334 us; by then the first has done a quarter of that.
    expect(tasks.map(({ end }) => end)).toEqual([500_000 + 1_333_334 + 166_667, 500_000 + 1_333_334]);
    expect(rated).toBe(4);
  });

  it('starts a task at once, so that the same pass sees what is left', async () => {
    const free: number[] = [];
    await run([job(0, 1, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      for (const task of [0, 1]) {
        decide.launch(task, 0);
        free.push(cluster.free(0, 0));
      }
      expect(cluster.queuedTasks).toBe(0);
      expect(cluster.runningTasks).toBe(2);
    });
    expect(free).toEqual([1000, 0]);
  });

  it('takes a gang of one task as any other', async () => {
    const { tasks } = await run([gang(0, 1)], (decide, cluster) => {
      if (cluster.queuedTasks > 0) decide.launch(0, 1);
    });
    expect(tasks).toEqual([{ job: 0, position: 0, start: 0, end: SECOND, node: 1 }]);
  });

  it('of a gang puts the i-th task on the i-th node', async () => {
    const { tasks } = await run([gang(0, 2, 1, 1)], (decide, cluster) => {
      if (cluster.queuedTasks > 0) decide.launchGang(0, [1, 0, 1]);
    });
    expect(tasks.map(({ node, start }) => [node, start])).toEqual([
      [1, 0],
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('a run stops with the error', () => {
  it('when the allocator does not catch it', async () => {
    await expect(run([job(0, 3)], (decide) => decide.launch(0, 0))).rejects.toThrow(AllocatorError);
  });
});

describe('waking', () => {
  it('gives a pass at that time though nothing happens', async () => {
    const passes: number[] = [];
    const { tasks } = await run([job(0, 1)], (decide, cluster, pass) => {
      passes.push(cluster.now);
      if (pass === 0) decide.wakeAt(700_000);
      // The timer of an instant comes after its pass and asks for another.
      if (pass === 2) launchAll(decide, cluster);
    });
    expect(passes).toEqual([0, 700_000, 700_000, 700_000 + SECOND]);
    expect(tasks[0]!.start).toBe(700_000);
  });

  it('rounds up to the next microsecond', async () => {
    const passes: number[] = [];
    await run([job(0, 1)], (decide, cluster, pass) => {
      passes.push(cluster.now);
      if (pass === 0) decide.wakeAt(10.25);
      if (cluster.now > 0) launchAll(decide, cluster);
    });
    expect(passes[1]).toBe(11);
  });

  it('is refused in the past', async () => {
    let message = '';
    await run([job(5, 1)], (decide, cluster, pass) => {
      if (pass === 0) message = refusal(cluster, () => decide.wakeAt(4));
      launchAll(decide, cluster);
    });
    expect(message).toBe('allocator scripted: asked to be woken at 4 us, but it is 5 us');
  });

  it('is refused at no number', async () => {
    expect(await refusalOf([job(0, 1)], (decide) => decide.wakeAt(Number.NaN))).toContain('NaN');
  });

  it('now is given once, and refused twice running without a launch', async () => {
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass === 0) decide.wakeAt(0);
      if (pass === 1) {
        message = refusal(cluster, () => decide.wakeAt(0));
        launchAll(decide, cluster);
      }
    });
    expect(message).toBe(
      'allocator scripted: asked for a pass at once twice running without launching anything, at 0 us',
    );
  });

  it('now is given again after each launch', async () => {
    const { counts } = await run([job(0, 1, 1, 1)], (decide, cluster) => {
      if (cluster.queuedTasks === 0) return;
      decide.launch(cluster.firstQueuedTask(cluster.firstQueuedJob()), 1);
      decide.wakeAt(cluster.now);
    });
    expect(counts.jobs.completed).toBe(1);
    // Three passes that launch, one that the last waking asked for, one at the end of the tasks.
    expect(counts.passes).toBe(5);
  });

  it('now is given again at a later instant', async () => {
    const { counts } = await run([job(0, 1), job(9, 1)], (decide, cluster, pass) => {
      if (pass === 0 || pass === 2) decide.wakeAt(cluster.now);
      if (pass === 3) launchAll(decide, cluster);
    });
    expect(counts.jobs.completed).toBe(2);
  });
});

describe('a speed', () => {
  it('shortens or lengthens a run, rounded up to a microsecond', async () => {
    const { tasks } = await run([job(0, 1, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launch(cluster.firstTask(0), 1, undefined, 3);
      decide.launch(cluster.firstTask(0) + 1, 1, undefined, 0.5);
    });
    expect(tasks.map(({ end }) => end)).toEqual([333_334, 2 * SECOND]);
  });

  it('counts in the work that a preemption keeps', async () => {
    const { segments } = await run([job(0, 1), job(100_000, 1)], (decide, cluster, pass) => {
      if (pass === 0) decide.launch(0, 0, undefined, 4);
      if (pass !== 1) return;
      decide.preempt(0);
      launchAll(decide, cluster);
    });
    // 100 ms at four times the speed: 400 ms of work are done, 600 ms are left.
    expect(segments.filter(({ job }) => job === 0).map(({ start, end }) => end - start)).toEqual([100_000, 600_000]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('of %d is refused', async (speed) => {
    expect(await refusalOf([job(0, 1)], (decide) => decide.launch(0, 0, undefined, speed))).toContain(
      `was given a speed of ${speed}`,
    );
  });

  it('is refused beside a share', async () => {
    expect(await refusalOf([job(0, 1)], (decide) => decide.launch(0, 0, 1, 2))).toContain('a share and a speed');
  });
});

describe('a job that is given up', () => {
  it('has failed: what runs is lost, what is queued leaves, and the room is free at once', async () => {
    const { counts, tasks } = await run([job(0, 2, 2), job(0, 2)], (decide, cluster, pass) => {
      if (pass === 0) decide.launch(cluster.firstTask(0), 0);
      if (pass === 0) decide.fail(0, 'its framework left');
      launchAll(decide, cluster);
    });
    expect(counts.jobs).toEqual({ submitted: 2, completed: 1, failed: 1, rejected: 0, unfinished: 0 });
    expect(counts.tasks).toMatchObject({ started: 2, completed: 1, failed: 1 });
    expect(tasks.find(({ job: index }) => index === 1)).toMatchObject({ start: 0, node: 0, end: SECOND });
  });

  it('is refused while a task of it runs at a share', async () => {
    let message = '';
    await run([job(0, 1)], (decide, cluster, pass) => {
      if (pass > 0) return;
      decide.launch(0, 0, 1);
      message = refusal(cluster, () => decide.fail(0, ''));
    });
    expect(message).toContain('runs at a share and cannot be given up');
  });
});
