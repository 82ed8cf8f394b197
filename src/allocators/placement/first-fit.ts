import { PlacementIndexBits } from '../../cluster/placement-index-bits.ts';
import type { PlacementDefinition } from './placement.ts';

/** Places a task on the lowest node number where it fits. */
export const firstFit: PlacementDefinition = {
  name: 'first-fit',
  summary: 'the lowest node number where the task fits',
  source: 'Johnson et al., Worst-Case Performance Bounds for Simple One-Dimensional Packing Algorithms, 1974',
  create(view) {
    const index = new PlacementIndexBits(view);
    return { name: 'first-fit', find: (task) => index.next(task, 0) };
  },
};
