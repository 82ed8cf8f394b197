import type { Allocator, Decisions } from '../../src/allocators/allocator.ts';
import { AllocatorError } from '../../src/base/errors.ts';
import { NONE } from '../../src/base/ids.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';

/** What a pass of a test does; `pass` counts from 0. */
export type Script = (decide: Decisions, cluster: Cluster, pass: number) => void;

/** Makes an allocator that does what the test says. */
export function scripted(script: Script, name = 'scripted'): (cluster: Cluster) => Allocator {
  return (cluster) => {
    let pass = 0;
    return { name, allocate: (_view, decide) => script(decide, cluster, pass++) };
  };
}

/** Starts whatever fits, jobs in order of submission, on the lowest node; gangs with one task on each node from 0. */
export function launchAll(decide: Decisions, cluster: Cluster): void {
  for (let job = cluster.firstQueuedJob(); job !== NONE; ) {
    const next = cluster.nextQueuedJob(job);
    if (cluster.isGang(job))
      decide.launchGang(
        job,
        Array.from({ length: cluster.taskCount(job) }, (_, i) => i),
      );
    else {
      for (let task = cluster.firstQueuedTask(job); task !== NONE; task = cluster.firstQueuedTask(job)) {
        const node = Array.from({ length: cluster.nodeCount }, (_, n) => n).find((n) => cluster.fits(task, n));
        if (node === undefined) break;
        decide.launch(task, node);
      }
    }
    job = next;
  }
}

/** Everything of a cluster that a refused decision must leave as it was. */
export function stateOf(cluster: Cluster): unknown {
  const nodes = Array.from({ length: cluster.nodeCount }, (_, node) =>
    cluster.resources.map((_, r) => cluster.free(node, r)),
  );
  const queue: unknown[] = [];
  for (let job = cluster.firstQueuedJob(); job !== NONE; job = cluster.nextQueuedJob(job)) {
    const tasks: number[] = [];
    for (let task = cluster.firstQueuedTask(job); task !== NONE; task = cluster.nextQueuedTask(task)) tasks.push(task);
    queue.push({ job, tasks, count: cluster.queuedTaskCount(job) });
  }
  return {
    nodes,
    queue,
    totals: cluster.resources.map((_, r) => cluster.totalFree(r)),
    queued: [cluster.queuedJobs, cluster.queuedTasks],
    running: cluster.runningTasks,
    releases: cluster.releases,
    used: Array.from({ length: cluster.frameworkCount }, (_, framework) =>
      cluster.resources.map((_, r) => cluster.frameworkUsed(framework, r)),
    ),
  };
}

/** Gives the message with which a decision is refused; fails the test if it is not, or if it has changed anything. */
export function refusal(cluster: Cluster, decision: () => void): string {
  const before = JSON.stringify(stateOf(cluster));
  try {
    decision();
  } catch (error) {
    if (!(error instanceof AllocatorError)) throw error;
    const after = JSON.stringify(stateOf(cluster));
    if (after !== before) throw new Error(`refused, but the state moved from ${before} to ${after}`);
    return error.message;
  }
  throw new Error('the decision was not refused');
}
