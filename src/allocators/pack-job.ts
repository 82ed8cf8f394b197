import { type JobId, NONE, type NodeId } from '../base/ids.ts';
import { pack } from '../cluster/packing.ts';
import type { ClusterView } from '../cluster/view.ts';

/** Gives a node for each queued task of a job on a cluster on which nothing runs, or null when no packing is found. */
export function packJob(view: ClusterView, job: JobId): readonly NodeId[] | null {
  const resources = view.resources.length;
  const demand: number[] = [];
  for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
    for (let r = 0; r < resources; r++) demand.push(view.demand(task, r));
  }
  const constraint = view.constraint(view.firstQueuedTask(job));
  const nodes = Array.from({ length: view.nodeCount }, (_, node) => ({
    capacity: Array.from({ length: resources }, (_, r) => view.capacity(node, r)),
    allowed: view.classSatisfies(view.nodeClass(node), constraint),
  }));
  return pack(view.resources, nodes, Float64Array.from(demand), 0, demand.length / resources);
}
