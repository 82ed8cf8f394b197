import { PlacementIndexBits } from '../../cluster/placement-index-bits.ts';
import type { PlacementDefinition } from './placement.ts';

/** Places a task on the first node after the one last placed on, going round, where it fits; begins at node 0. */
export const roundRobin: PlacementDefinition = {
  name: 'round-robin',
  summary: 'the first node after the one last placed on where the task fits; the first search begins at node 0',
  source: 'Johnson, Near-Optimal Bin Packing Algorithms, 1973 (next-fit), going round',
  create(view) {
    const index = new PlacementIndexBits(view);
    return {
      name: 'round-robin',
      cursor: 0,
      find(task) {
        return index.next(task, this.cursor!);
      },
      placed(node) {
        this.cursor = node + 1 < view.nodeCount ? node + 1 : 0;
      },
    };
  },
};
