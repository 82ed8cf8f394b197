import type { AllocatorDefinition } from './allocator.ts';
import { closestShape } from './closest-shape.ts';
import { placementOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import { readShareOptions, ShareAllocator, shareOptions } from './share-allocator.ts';
import { ShareTree } from './share-tree.ts';

const SHAPE = 'shape';

/** DRF in clusters of unlike nodes: DRF by global dominant shares, and a node whose free amounts look like the demand. */
export const drfh: AllocatorDefinition = {
  name: 'drfh',
  summary:
    'dominant resource fairness on unlike nodes: the role with the least global dominant share / weight is next, on the node whose free amounts are most like its demand',
  source: 'Wang, Li and Liang, Dominant resource fairness with heterogeneous servers, INFOCOM 2014, section V',
  options: {
    ...shareOptions,
    placement: {
      ...placementOption,
      kind: 'choice',
      of: [SHAPE, ...(placementOption.kind === 'choice' ? placementOption.of : [])],
      default: SHAPE,
      summary:
        'which node a task goes to: the one whose free amounts are most like the demand (shape), or as elsewhere',
    },
  },
  create: (options, { view, placement }) => {
    const wanted = options.text('placement');
    const where = wanted === SHAPE ? closestShape(view, placement('first-fit')) : placement(wanted);
    const tree = new ShareTree(view, ...readShareOptions(options));
    return new ShareAllocator('drfh', view, new JobStarter(view, where), tree);
  },
};
