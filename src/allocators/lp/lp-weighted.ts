import type { AllocatorDefinition } from '../allocator.ts';
import { placementOption } from '../common-options.ts';
import { lpOptions } from './lp-settings.ts';

export const lpWeighted: AllocatorDefinition = {
  name: 'lp-weighted',
  summary: 'plans all queued tasks over all nodes at once by linear programs, by weight, by fairness or by price',
  source: 'Dantzig, Linear Programming and Extensions, 1963; Isermann, Linear lexicographic optimization, 1982',
  options: { ...lpOptions, placement: placementOption },
  // Loaded where one is made, as most runs have none.
  async create(options, context) {
    const { openLpWeighted } = await import('./lp-weighted-allocator.ts');
    return openLpWeighted(options, context);
  },
};
