import { NONE, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Placement } from './placement/placement.ts';

/**
 * Places a task on the node whose free amounts are most like its demand: the smallest sum over resources of the distance
 * between the two, each in parts of the cluster and divided by its sum; ties go to the lowest node number.
 *
 * The paper divides by the first resource instead of the sum, which is not defined for who demands none of it.
 *
 * @param anywhere says whether there is room at all, which is most often asked where there is none.
 * @see Wang, Li and Liang, Dominant Resource Fairness in Cloud Computing Systems with Heterogeneous Servers, INFOCOM 2014,
 *   section V.C
 */
export function closestShape(view: ClusterView, anywhere: Placement): Placement {
  const resources = view.resources.length;
  const demand = new Float64Array(resources);
  return {
    name: 'shape',
    find(task: TaskId) {
      const first = anywhere.find(task);
      if (first === NONE) return NONE;
      const demanded = inParts((r) => view.demand(task, r), demand);
      let least = Number.POSITIVE_INFINITY;
      let best = first;
      for (let node = first; node < view.nodeCount; node++) {
        if (!view.fits(task, node)) continue;
        const distance = demanded > 0 ? distanceTo(node, demanded) : 0;
        if (distance < least) {
          least = distance;
          best = node;
        }
      }
      return best;
    },
  };

  /** Fills in amounts in parts of the cluster; gives their sum. */
  function inParts(amount: (r: number) => number, parts: Float64Array): number {
    let sum = 0;
    for (let r = 0; r < resources; r++) {
      const total = view.totalCapacity(r);
      parts[r] = total > 0 ? amount(r) / total : 0;
      sum += parts[r]!;
    }
    return sum;
  }

  function distanceTo(node: number, demanded: number): number {
    let sum = 0;
    for (let r = 0; r < resources; r++) sum += free(node, r);
    let distance = 0;
    for (let r = 0; r < resources; r++) distance += Math.abs(demand[r]! / demanded - free(node, r) / sum);
    return distance;
  }

  function free(node: number, r: number): number {
    const total = view.totalCapacity(r);
    return total > 0 ? view.free(node, r) / total : 0;
  }
}
