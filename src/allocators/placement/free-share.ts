import type { NodeId, TaskId } from '../../base/ids.ts';
import type { NodeOrder } from '../../cluster/placement-index.ts';
import type { ClusterView } from '../../cluster/view.ts';

/** Adds up free / capacity over the resources that the node has, in their order; `alike` is a node of its class. */
function freeShare(view: ClusterView, node: NodeId, alike: NodeId): number {
  let share = 0;
  for (let r = 0; r < view.resources.length; r++) {
    const capacity = view.capacity(alike, r);
    if (capacity > 0) share += view.free(node, r) / capacity;
  }
  return share;
}

/** Adds up (free - demand) / capacity in the same way: what the node has left when the task has started there. */
function shareLeft(view: ClusterView, task: TaskId, node: NodeId): number {
  let share = 0;
  for (let r = 0; r < view.resources.length; r++) {
    const capacity = view.capacity(node, r);
    if (capacity > 0) share += (view.free(node, r) - view.demand(task, r)) / capacity;
  }
  return share;
}

/**
 * Orders nodes by what they would have left.
 *
 * Nodes of equal capacities lose the same share to a task, so they compare by what they have free before; the first of
 * each kind then compare by what they have left after.
 */
export function byFreeShare(view: ClusterView, first: 'least' | 'most'): NodeOrder {
  const sign = first === 'least' ? 1 : -1;
  return {
    key: (node, alike) => sign * freeShare(view, node, alike),
    after: (task, node) => sign * shareLeft(view, task, node),
    fullestFirst: first === 'least',
  };
}
