import { ScenarioError } from '../base/errors.ts';
import { type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';

/** The node that a fluid policy shares out. */
const POOL = 0;

/** @throws ScenarioError unless the cluster is one node without devices: shares of whole devices do not add up. */
export function refuseUnlessPool(name: string, view: ClusterView): void {
  const place = { path: 'allocator.name' };
  if (view.nodeCount !== 1) {
    const message = `\`${name}\` shares one pool as a fluid, and this cluster has ${view.nodeCount} nodes; give it one node with all that they have`;
    throw new ScenarioError([{ ...place, message }]);
  }
  const devices = view.resources.find((resource, r) => resource.devices && view.capacity(POOL, r) > 0);
  if (devices === undefined) return;
  throw new ScenarioError([
    { ...place, message: `\`${name}\` cannot share out \`${devices.name}\`, which are devices` },
  ]);
}

/** Launches every queued task of every job with a share of nothing; the policy then sets their rates. */
export function launchQueued(view: ClusterView, decide: Decisions): void {
  for (let job: JobId = view.firstQueuedJob(); job !== NONE; job = view.firstQueuedJob()) {
    if (view.isGang(job)) decide.launchGang(job, new Array<number>(view.queuedTaskCount(job)).fill(POOL), 0);
    else {
      for (let task = view.firstQueuedTask(job); task !== NONE; ) {
        const next: TaskId = view.nextQueuedTask(task);
        decide.launch(task, POOL, 0);
        task = next;
      }
    }
  }
}

/** The greatest share, at most 1, at which demands of such sums fit into what is left; both one amount a resource. */
export function fittingShare(left: ArrayLike<number>, sums: ArrayLike<number>): number {
  let share = 1;
  for (let r = 0; r < left.length; r++) if (sums[r]! > 0) share = Math.min(share, Math.max(0, left[r]!) / sums[r]!);
  return share;
}
