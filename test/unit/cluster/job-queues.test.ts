import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobNumber } from '../../../src/cluster/job-table.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

/** A pool with jobs of one task each, of frameworks by letter; row i is the i-th. */
function pool(frameworks: string): { small: SmallCluster; tasks: number[] } {
  const small = new SmallCluster([[100, 0]]);
  const tasks = [...frameworks].map((framework) => {
    const job = small.submit({ framework, demands: [[1, 0]] });
    return small.cluster.firstTask(job);
  });
  return { small, tasks };
}

describe('a job that is put back into the queue', () => {
  it('stands where it was submitted: in front, in between, at the end, and alone', () => {
    const { small, tasks } = pool('abab');
    const { cluster } = small;
    for (const task of tasks) cluster.start(task, 0);
    expect(small.queue()).toEqual([]);
    cluster.requeue(tasks[1]!, 1);
    expect(small.queue()).toEqual([1]);
    cluster.requeue(tasks[3]!, 1);
    cluster.requeue(tasks[0]!, 1);
    expect(small.queue()).toEqual([0, 1, 3]);
    cluster.requeue(tasks[2]!, 1);
    expect(small.queue()).toEqual([0, 1, 2, 3]);
    expect(small.queue('a')).toEqual([0, 2]);
    expect(small.queue('b')).toEqual([1, 3]);
  });

  it('keeps its place where other tasks of it are still queued, and its tasks go in order of position', () => {
    const small = new SmallCluster([[10, 0]]);
    const first = small.submit({ demands: new Array(4).fill([1, 0]) });
    small.submit();
    const { cluster } = small;
    for (const task of [0, 1, 2]) cluster.start(task, 0);
    cluster.requeue(1, 1);
    expect(small.queue()).toEqual([0, 1]);
    expect(small.tasksOf(first)).toEqual([1, 3]);
    cluster.requeue(0, 1);
    expect(small.tasksOf(first)).toEqual([0, 1, 3]);
    expect(cluster.queuedTaskCount(first)).toBe(3);
    expect(cluster.frameworkQueuedTasks(0)).toBe(4);
  });

  it('has its first start, what it holds is free, and it knows how much work is kept', () => {
    const { small, tasks } = pool('a');
    const { cluster } = small;
    cluster.now = 3;
    cluster.start(tasks[0]!, 0);
    const releases = cluster.releases;
    cluster.now = 5;
    cluster.requeue(tasks[0]!, 0.25);
    expect(cluster.jobs.number(0, JobNumber.firstStart)).toBe(3);
    expect(cluster.free(0, 0)).toBe(100_000);
    expect(cluster.frameworkUsed(0, 0)).toBe(0);
    expect(cluster.runningTasks).toBe(0);
    expect(cluster.runningTasksOf(0)).toBe(0);
    expect(cluster.isQueued(tasks[0]!)).toBe(true);
    expect(cluster.workKept(tasks[0]!)).toBe(0.75);
    expect(cluster.releases).toBeGreaterThan(releases);
  });

  it('counts among gangs of unlike tasks as long as it waits', () => {
    const small = new SmallCluster([[10, 0]]);
    small.submit({
      demands: [
        [1, 0],
        [2, 0],
      ],
      gang: true,
    });
    const { cluster } = small;
    expect(cluster.unevenGangs).toBe(1);
    for (const task of [0, 1]) cluster.start(task, 0);
    expect(cluster.unevenGangs).toBe(0);
    for (const task of [0, 1]) cluster.requeue(task, 1);
    expect(cluster.unevenGangs).toBe(1);
    for (const task of [0, 1]) cluster.start(task, 0);
    expect(cluster.unevenGangs).toBe(0);
  });

  it('stands in order of submission, whatever was started, put back, ended and submitted before', () => {
    const step = fc.record({ act: fc.constantFrom('submit', 'start', 'back', 'back', 'end'), at: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const small = new SmallCluster([[1000, 0]]);
        const queued: { task: number; index: number; framework: string }[] = [];
        const running: typeof queued = [];
        let index = 0;
        for (const { act, at } of steps) {
          const from = act === 'start' ? queued : running;
          if (act === 'submit') {
            const framework = 'abc'[at % 3]!;
            // Rows of ended jobs are used again: a row says nothing about the order.
            const job = small.submit({ framework, demands: [[1, 0]] });
            queued.push({ task: small.cluster.firstTask(job), index: index++, framework });
          } else if (from.length > 0) {
            const [one] = from.splice(at % from.length, 1);
            if (act === 'end') small.end(one!.task);
            else if (act === 'start') {
              small.cluster.start(one!.task, 0);
              running.push(one!);
            } else {
              small.cluster.requeue(one!.task, 1);
              queued.push(one!);
            }
          }
          const order = (framework?: string) =>
            queued
              .filter((one) => framework === undefined || one.framework === framework)
              .map((one) => one.index)
              .sort((a, b) => a - b);
          expect(small.queue()).toEqual(order());
          for (const framework of new Set([...queued, ...running].map((one) => one.framework))) {
            expect(small.queue(framework)).toEqual(order(framework));
          }
          expect(small.cluster.queuedJobs).toBe(queued.length);
        }
      }),
    );
  });
});
