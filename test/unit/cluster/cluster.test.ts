import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { Cluster } from '../../../src/cluster/cluster.ts';
import { JOB_NUMBERS } from '../../../src/cluster/job-table.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

describe('the queue', () => {
  it('holds jobs in order of submission, all together and by framework', () => {
    const small = new SmallCluster([[9, 0]]);
    for (const framework of ['a', 'b', 'a', 'b', 'b']) small.submit({ framework });
    expect(small.queue()).toEqual([0, 1, 2, 3, 4]);
    expect(small.queue('a')).toEqual([0, 2]);
    expect(small.queue('b')).toEqual([1, 3, 4]);
    expect(small.cluster.queuedJobs).toBe(5);
  });

  it('loses a job at its head, in its middle and at its end', () => {
    const small = new SmallCluster([[9, 0]]);
    const jobs = ['a', 'b', 'a', 'b', 'a'].map((framework) => small.submit({ framework }));
    const start = (job: number) => small.cluster.start(small.cluster.firstQueuedTask(jobs[job]!), 0);
    start(2);
    expect([small.queue(), small.queue('a'), small.queue('b')]).toEqual([
      [0, 1, 3, 4],
      [0, 4],
      [1, 3],
    ]);
    start(0);
    expect([small.queue(), small.queue('a'), small.queue('b')]).toEqual([[1, 3, 4], [4], [1, 3]]);
    start(4);
    expect([small.queue(), small.queue('a'), small.queue('b')]).toEqual([[1, 3], [], [1, 3]]);
    expect(small.cluster.queuedJobs).toBe(2);
  });

  it('takes jobs again after it was empty, though their rows are used again', () => {
    const small = new SmallCluster([[9, 0]]);
    small.end(small.run([1, 0], 0));
    expect(small.queue()).toEqual([]);
    small.submit();
    small.submit();
    expect(small.queue()).toEqual([1, 2]);
    expect(small.queue('a')).toEqual([1, 2]);
  });

  it('keeps a job until its last task has started', () => {
    const small = new SmallCluster([[9, 0]]);
    const job = small.submit({
      demands: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    });
    const first = small.cluster.firstQueuedTask(job);
    expect(small.tasksOf(job)).toEqual([0, 1, 2]);
    small.cluster.start(first + 1, 0);
    expect(small.tasksOf(job)).toEqual([0, 2]);
    small.cluster.start(first, 0);
    expect(small.tasksOf(job)).toEqual([2]);
    expect(small.queue()).toEqual([0]);
    expect(small.cluster.queuedTaskCount(job)).toBe(1);
    small.cluster.start(first + 2, 0);
    expect(small.tasksOf(job)).toEqual([]);
    expect(small.queue()).toEqual([]);
    expect(small.cluster.queuedTasks).toBe(0);
  });
});

describe('what frameworks and roles hold', () => {
  it('follows each start and end, up to the role at the top', () => {
    const { cluster } = new SmallCluster([[9, 4]]);
    const framework = cluster.addFramework('f', 'eng/ads');
    const [eng, ads] = [cluster.roles.find('eng'), cluster.roles.find('eng/ads')];
    expect(cluster.roleParent(ads)).toBe(eng);
    expect(cluster.roleParent(eng)).toBe(-1);
    const entry = {
      index: 0,
      name: 0,
      framework,
      submit: 0,
      estimate: 1,
      runTime: 1,
      width: 0,
      area: 0,
      priority: 0,
      weight: 0,
    };
    const rest = { flags: 0, constraint: 0, source: 0, taskCount: 1 };
    const job = cluster.submit({ ...entry, ...rest }, Float64Array.of(1), Float64Array.of(2000, 500), 0);
    expect(cluster.frameworkQueuedTasks(framework)).toBe(1);
    const task = cluster.firstQueuedTask(job);
    const held = () => [cluster.frameworkUsed(framework, 0), cluster.roleUsed(ads, 0), cluster.roleUsed(eng, 1)];
    expect(held()).toEqual([0, 0, 0]);
    cluster.start(task, 0);
    expect(held()).toEqual([2000, 2000, 500]);
    expect(cluster.frameworkQueuedTasks(framework)).toBe(0);
    cluster.end(task);
    expect(held()).toEqual([0, 0, 0]);
  });
});

describe('releases', () => {
  it('grow with each end and with nothing else', () => {
    const small = new SmallCluster([[9, 0]]);
    const task = small.run([1, 0], 0);
    small.cluster.trial.take(small.task([1, 0]), 0);
    small.cluster.trial.rollback();
    expect(small.cluster.releases).toBe(0);
    small.end(task);
    expect(small.cluster.releases).toBe(1);
  });
});

describe('nodes', () => {
  it('are numbered group after group; a group of one keeps its name', () => {
    const group = { capacity: [1000], attributes: {} };
    const groups = [
      { ...group, name: 'a', count: 2 },
      { ...group, name: 'b', count: 1 },
      { ...group, name: 'c', count: 3 },
    ];
    const { nodes } = new Cluster([resource('cpus')], groups);
    const names = Array.from({ length: nodes.count }, (_, node) => nodes.name(node));
    expect(names).toEqual(['a-0', 'a-1', 'b', 'c-0', 'c-1', 'c-2']);
  });
});

describe('memory', () => {
  it('follows the live jobs: 100,000 jobs one after the other need the rows of one', () => {
    const small = new SmallCluster([[9, 0]]);
    for (let i = 0; i < 100_000; i++) {
      const job = small.submit({ demands: new Array(1 + (i % 5)).fill([1, 0]) });
      const first = small.cluster.firstQueuedTask(job);
      for (let t = 0; t <= i % 5; t++) small.cluster.start(first + t, 0);
      for (let t = 0; t <= i % 5; t++) small.end(first + t);
    }
    const { jobs, tasks } = small.cluster;
    expect(jobs.length).toBe(1);
    expect(jobs.name).toHaveLength(1);
    expect(jobs.numbers.length / JOB_NUMBERS).toBeLessThanOrEqual(64);
    // One block each for jobs of 1, 2, 3 to 4 and 5 to 8 tasks.
    expect(tasks.length).toBe(1 + 2 + 4 + 8);
    expect(tasks.numbers.length / tasks.width).toBeLessThanOrEqual(64);
    expect(small.cluster.free(0, 0)).toBe(9000);
  });

  it('gives rows back in any order of ends', () => {
    const small = new SmallCluster([[1000, 0]]);
    const live: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      live.push(small.run([1, 0], 0));
      if (live.length === 10) for (const at of [7, 0, 3, 5, 1]) small.end(live.splice(at, 1)[0]!);
    }
    expect(small.cluster.jobs.length).toBe(10);
    expect(small.cluster.tasks.length).toBe(10);
  });

  it('never gives one row to two live tasks', () => {
    const small = new SmallCluster([[1000, 0]]);
    const first = [3, 1, 4, 1, 5].map((count) => small.submit({ demands: new Array(count).fill([1, 0]) }));
    const rows = first.flatMap((job) => {
      const from = small.cluster.firstTask(job);
      return Array.from({ length: small.cluster.taskCount(job) }, (_, i) => from + i);
    });
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.every((task) => small.cluster.isQueued(task))).toBe(true);
  });

  it('does not take a row that belongs to no job for a queued task', () => {
    // A job of three tasks has a block of four rows.
    const small = new SmallCluster([[9, 0]]);
    const job = small.submit({ demands: new Array(3).fill([1, 0]) });
    const first = small.cluster.firstQueuedTask(job);
    expect([0, 1, 2, 3].map((i) => small.cluster.isQueued(first + i))).toEqual([true, true, true, false]);
  });
});
