import type { JobId, TaskId } from '../base/ids.ts';
import type { AllocatorDefinition } from './allocator.ts';
import { placementOption } from './common-options.ts';
import { IncomeMarket } from './income-market.ts';
import { JobStarter } from './job-starter.ts';
import { readShareOptions, ShareAllocator, shareOptions } from './share-allocator.ts';
import { type Hierarchy, ShareTree } from './share-tree.ts';

/** Whoever has spent the least of its income is next, at the prices of the market of all that have tasks queued. */
class Ceei extends ShareAllocator {
  readonly #market: IncomeMarket;

  constructor(market: IncomeMarket, ...rest: ConstructorParameters<typeof ShareAllocator>) {
    super(...rest);
    this.#market = market;
  }

  /** The next task may be another, or there is none any more. */
  onTaskStarted(_task: TaskId, job: JobId): void {
    this.changed.add(this.view.frameworkOf(job));
  }

  protected override prepare(): void {
    for (const framework of this.changed) this.#market.update(framework);
    const prices = this.#market.newPrices();
    if (prices !== null) this.tree.setPrices(prices);
  }
}

export const ceei: AllocatorDefinition = {
  name: 'ceei',
  summary:
    'competitive equilibrium from equal incomes: the role that has spent the least of its income, at the prices of the market, whose next task fits is next',
  source:
    'Ghodsi et al., Dominant resource fairness, NSDI 2011, section 5.2; Varian, Equity, envy, and efficiency, 1974',
  options: { ...shareOptions, placement: placementOption },
  create: (options, { view, placement }) => {
    const [hierarchy, ties] = readShareOptions(options);
    const tree = new ShareTree(view, hierarchy, ties, 'priced');
    const starter = new JobStarter(view, placement(options.text('placement')));
    return new Ceei(new IncomeMarket(view, hierarchy satisfies Hierarchy), 'ceei', view, starter, tree);
  },
};
