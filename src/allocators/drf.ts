import type { AllocatorDefinition } from './allocator.ts';
import { placementOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import { readShareOptions, ShareAllocator, shareOptions } from './share-allocator.ts';
import { ShareTree } from './share-tree.ts';

export const drf: AllocatorDefinition = {
  name: 'drf',
  summary: 'dominant resource fairness: the role with the least dominant share / weight whose next task fits is next',
  source: 'Ghodsi et al., Dominant resource fairness, NSDI 2011, section 4; Bhattacharya et al., SoCC 2013, section 4',
  options: { ...shareOptions, placement: placementOption },
  create: (options, { view, placement }) => {
    const tree = new ShareTree(view, ...readShareOptions(options));
    return new ShareAllocator('drf', view, new JobStarter(view, placement(options.text('placement'))), tree);
  },
};
