import type { NodeId, TaskId } from '../../base/ids.ts';
import type { NodeOrder } from '../../cluster/placement-index.ts';
import type { ClusterView } from '../../cluster/view.ts';

/**
 * Gives what one step of each resource of a node counts for: 1 / capacity, 0 where the node has none.
 *
 * Sums of such fractions would round, and rounding would decide ties. So the weights are brought to a common
 * denominator, the least common multiple of all capacities, and are whole numbers then; only where a sum of these
 * would pass 2^53 they stay fractions.
 *
 * @returns stride `resources`, one row a node class.
 */
function stepWeights(view: ClusterView): Float64Array {
  const resources = view.resources.length;
  const capacities = new Float64Array(view.nodeClassCount * resources);
  for (let node = 0; node < view.nodeCount; node++) {
    for (let r = 0; r < resources; r++) {
      capacities[view.nodeClass(node) * resources + r] = view.capacity(node, r);
    }
  }
  let multiple = 1;
  for (const capacity of capacities) {
    if (capacity > 0 && multiple * resources <= Number.MAX_SAFE_INTEGER) {
      multiple *= capacity / greatestDivisor(multiple, capacity);
    }
  }
  const top = multiple * resources <= Number.MAX_SAFE_INTEGER ? multiple : 1;
  return capacities.map((capacity) => (capacity > 0 ? top / capacity : 0));
}

function greatestDivisor(a: number, b: number): number {
  let [large, small] = [a, b];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}

/**
 * Orders nodes by the sum of free / capacity that they would have left.
 *
 * Nodes of equal capacities lose the same to a task, so they compare by what they have free before; the first of each
 * kind then compare by what they have left after.
 */
export function byFreeShare(view: ClusterView, first: 'least' | 'most'): NodeOrder {
  const sign = first === 'least' ? 1 : -1;
  const resources = view.resources.length;
  const weights = stepWeights(view);
  return {
    key(node: NodeId, alike: NodeId): number {
      const row = view.nodeClass(alike) * resources;
      let share = 0;
      for (let r = 0; r < resources; r++) share += view.free(node, r) * weights[row + r]!;
      return sign * share;
    },
    after(task: TaskId, node: NodeId): number {
      const row = view.nodeClass(node) * resources;
      let share = 0;
      for (let r = 0; r < resources; r++) share += (view.free(node, r) - view.demand(task, r)) * weights[row + r]!;
      return sign * share;
    },
    fullestFirst: first === 'least',
  };
}
