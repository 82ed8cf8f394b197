import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';

/** Gives the tasks of a job that start together next: all of a gang, or the next one of a job of single tasks. */
export function startingSet(view: ClusterView, job: JobId): readonly TaskId[] {
  const first = view.firstQueuedTask(job);
  if (!view.isGang(job) || view.taskCount(job) === 1) return [first];
  const tasks: TaskId[] = [];
  for (let task = first; task !== NONE; task = view.nextQueuedTask(task)) tasks.push(task);
  return tasks;
}

/** Starts such a set, the i-th task on the i-th node. */
export function launchSet(
  view: ClusterView,
  job: JobId,
  tasks: readonly TaskId[],
  nodes: readonly NodeId[],
  decide: Decisions,
): void {
  if (view.isGang(job) && view.taskCount(job) > 1) decide.launchGang(job, nodes);
  else decide.launch(tasks[0]!, nodes[0]!);
}

/** Says whether all tasks fit now, the i-th on the i-th node, side by side. */
export function fitTogether(view: ClusterView, tasks: readonly TaskId[], nodes: readonly NodeId[]): boolean {
  if (tasks.length === 1) return view.fits(tasks[0]!, nodes[0]!);
  const { trial } = view;
  try {
    for (let i = 0; i < tasks.length; i++) {
      if (!view.fits(tasks[i]!, nodes[i]!)) return false;
      trial.take(tasks[i]!, nodes[i]!);
    }
    return true;
  } finally {
    trial.rollback();
  }
}

/** Adds up what a set of tasks demands, whole steps a resource, into `sum`. */
export function demandOf(view: ClusterView, tasks: readonly TaskId[], sum: Float64Array): Float64Array {
  for (let r = 0; r < sum.length; r++) {
    sum[r] = 0;
    for (let i = 0; i < tasks.length; i++) sum[r] = sum[r]! + view.demand(tasks[i]!, r);
  }
  return sum;
}
