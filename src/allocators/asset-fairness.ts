import type { AllocatorDefinition } from './allocator.ts';
import { placementOption } from './common-options.ts';
import { JobStarter } from './job-starter.ts';
import { readShareOptions, ShareAllocator, shareOptions } from './share-allocator.ts';
import { ShareTree } from './share-tree.ts';

/** Progressive filling of the sums of shares: each resource costs one over all there is of it. */
class AssetFairness extends ShareAllocator {
  readonly #prices = new Float64Array(this.view.resources.length);

  protected override prepare(): void {
    const prices = this.#prices;
    let moved = false;
    for (let r = 0; r < prices.length; r++) {
      const total = this.view.totalCapacity(r);
      const price = total > 0 ? 1 / total : 0;
      if (price !== prices[r]) moved = true;
      prices[r] = price;
    }
    if (moved) this.tree.setPrices(prices);
  }
}

export const assetFairness: AllocatorDefinition = {
  name: 'asset-fairness',
  summary:
    'equal sums of shares: the role with the least sum of shares of all resources / weight whose next task fits is next',
  source: 'Ghodsi et al., Dominant resource fairness, NSDI 2011, section 5.1',
  options: { ...shareOptions, placement: placementOption },
  create: (options, { view, placement }) => {
    const tree = new ShareTree(view, ...readShareOptions(options), 'priced');
    return new AssetFairness('asset-fairness', view, new JobStarter(view, placement(options.text('placement'))), tree);
  },
};
