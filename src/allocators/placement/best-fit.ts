import { PlacementIndex } from '../../cluster/placement-index.ts';
import { byFreeShare } from './free-share.ts';
import type { PlacementDefinition } from './placement.ts';

/** Places a task where it leaves least: the smallest sum of free / capacity after it, then the lowest node number. */
export const bestFit: PlacementDefinition = {
  name: 'best-fit',
  summary: 'the node with the least left over, by the sum of free / capacity; ties go to the lowest node number',
  source: 'Panigrahy et al., Heuristics for Vector Bin Packing, 2011, section 3',
  create(view) {
    const index = new PlacementIndex(view, byFreeShare(view, 'least'));
    return { name: 'best-fit', find: (task) => index.first(task) };
  },
};
