import { byFreeShare } from '../../src/allocators/placement/free-share.ts';
import type { Placement } from '../../src/allocators/placement/placement.ts';
import { NONE, type NodeId, type TaskId } from '../../src/base/ids.ts';
import { openStream } from '../../src/base/random.ts';
import type { ClusterView } from '../../src/cluster/view.ts';
import { linearPlacements } from '../../test/support/linear-placement.ts';
import { RESOURCES } from './placement-history.ts';

/**
 * Gives a placement that looks at every node, as fast as this language does that.
 *
 * First, best and worst fit keep what is free in a column of their own, and score in whole numbers where the largest
 * capacity is a multiple of all others. Devices, nodes of other sizes and further placements go by the view.
 */
export function scanPlacement(name: string, view: ClusterView): Placement {
  if (!['first-fit', 'best-fit', 'worst-fit'].includes(name)) {
    return linearPlacements[name]!(view, openStream('bench', 'placement/draws'));
  }
  const sign = name === 'best-fit' ? 1 : -1;
  const weight = wholeWeights(view);
  if (weight === null || view.resources.some(({ devices }) => devices)) {
    if (name === 'first-fit') return linearPlacements[name]!(view, openStream('bench', 'placement/draws'));
    const order = byFreeShare(view, sign === 1 ? 'least' : 'most');
    return { name, find: (task) => leastBy(view, task, (node) => order.after(task, node)) };
  }
  const nodes = view.nodeCount;
  const free = new Float64Array(nodes * RESOURCES);
  const copy = (node: NodeId): void => {
    for (let r = 0; r < RESOURCES; r++) free[node * RESOURCES + r] = view.free(node, r);
  };
  for (let node = 0; node < nodes; node++) copy(node);
  view.watchFree({ onFreeChanged: copy });
  if (name === 'first-fit') {
    return {
      name,
      find(task) {
        const [a, b, c] = [view.demand(task, 0), view.demand(task, 1), view.demand(task, 2)];
        for (let node = 0, at = 0; node < nodes; node++, at += 3) {
          if (free[at]! >= a && free[at + 1]! >= b && free[at + 2]! >= c) return node;
        }
        return NONE;
      },
    };
  }
  return {
    name,
    find(task) {
      const [a, b, c] = [view.demand(task, 0), view.demand(task, 1), view.demand(task, 2)];
      let best = NONE;
      let bestScore = Number.POSITIVE_INFINITY;
      for (let node = 0, at = 0; node < nodes; node++, at += 3) {
        if (free[at]! < a || free[at + 1]! < b || free[at + 2]! < c) continue;
        const left = (free[at]! - a) * weight[at]! + (free[at + 1]! - b) * weight[at + 1]!;
        const score = sign * (left + (free[at + 2]! - c) * weight[at + 2]!);
        if (score < bestScore) {
          bestScore = score;
          best = node;
        }
      }
      return best;
    },
  };
}

function leastBy(view: ClusterView, task: TaskId, score: (node: NodeId) => number): NodeId {
  let best = NONE;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let node = 0; node < view.nodeCount; node++) {
    if (!view.fits(task, node)) continue;
    const own = score(node);
    if (own >= bestScore) continue;
    bestScore = own;
    best = node;
  }
  return best;
}

/** A row a node of what a step of each resource counts, the largest capacity over its own; null if that is no whole number. */
function wholeWeights(view: ClusterView): Float64Array | null {
  const weight = new Float64Array(view.nodeCount * RESOURCES);
  let largest = 0;
  for (let node = 0; node < view.nodeCount; node++) {
    for (let r = 0; r < RESOURCES; r++) largest = Math.max(largest, view.capacity(node, r));
  }
  for (let at = 0; at < weight.length; at++) {
    const capacity = view.capacity(Math.floor(at / RESOURCES), at % RESOURCES);
    weight[at] = capacity > 0 ? largest / capacity : 0;
    if (!Number.isInteger(weight[at])) return null;
  }
  return weight;
}
