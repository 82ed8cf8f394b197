import { PlacementIndex } from '../../cluster/placement-index.ts';
import { byFreeShare } from './free-share.ts';
import type { PlacementDefinition } from './placement.ts';

/** Spreads tasks: the largest sum of free / capacity after the task, then the lowest node number. */
export const worstFit: PlacementDefinition = {
  name: 'worst-fit',
  summary: 'the node with the most left over, by the sum of free / capacity; ties go to the lowest node number',
  source: 'Kubernetes, NodeResourcesFit with LeastAllocated, in exact fractions',
  create(view) {
    const index = new PlacementIndex(view, byFreeShare(view, 'most'));
    return { name: 'worst-fit', find: (task) => index.first(task) };
  },
};
