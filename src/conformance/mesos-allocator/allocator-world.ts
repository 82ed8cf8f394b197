import type { SorterName } from '../../allocators/mesos/allocator-options.ts';
import { HierarchicalAllocator } from '../../allocators/mesos/hierarchical-allocator.ts';
import type { InverseOffer, Offer } from '../../allocators/mesos/offer.ts';
import { refusalOf } from '../../allocators/mesos/offer-filters.ts';
import { openStream } from '../../base/random.ts';
import { fromSeconds } from '../../base/time.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts } from '../mesos-resources.ts';
import { ManualClock } from './manual-clock.ts';

/** When runs happen that events ask for: at once, or together at the next pause of the case. */
export type Timing = 'eager' | 'coalesced';

/** The allocator of a case, with its clock and what it offered. */
export class AllocatorWorld {
  readonly clock = new ManualClock();
  readonly allocator: HierarchicalAllocator;
  #offers: Offer[] = [];
  #inverseOffers: InverseOffer[] = [];
  /** What the last expectation looked at. */
  #taken: readonly Offer[] = [];

  constructor(flags: Fields | null, timing: Timing, seed: number) {
    this.allocator = new HierarchicalAllocator(
      {
        clock: this.clock,
        random: openStream(String(seed), 'mesos-allocator'),
        isEager: timing === 'eager',
        ...(flags !== null && readFlags(flags)),
      },
      {
        onOffers: (_, offers) => this.#offers.push(...offers),
        onInverseOffers: (_, offers) => this.#inverseOffers.push(...offers),
      },
    );
    this.allocator.start();
  }

  get taken(): readonly Offer[] {
    return this.#taken;
  }

  /** Gives the offers since the last time, once all that is due is done. */
  takeOffers(): readonly Offer[] {
    this.clock.settle();
    this.#taken = this.#offers;
    this.#offers = [];
    return this.#taken;
  }

  takeInverseOffers(): readonly InverseOffer[] {
    this.clock.settle();
    const taken = this.#inverseOffers;
    this.#inverseOffers = [];
    return taken;
  }

  giveBack({ framework, role, node, resources }: Offer, refuseSeconds: number | null): void {
    const refusal = refuseSeconds === null ? undefined : refusalOf(refuseSeconds);
    this.allocator.recover(framework, role, node, resources, refusal);
  }
}

function readFlags(flags: Fields) {
  if (flags.has('defaultRefuseSeconds') && flags.number('defaultRefuseSeconds') !== 5)
    throw new CaseError('flags.defaultRefuseSeconds: the default is 5 s');
  return {
    ...(flags.has('allocationIntervalSec') && {
      allocationInterval: fromSeconds(flags.positive('allocationIntervalSec')),
    }),
    ...(flags.has('minAllocatableResources') && {
      minAllocatable: flags
        .list('minAllocatableResources')
        .map((set, i) => readAmounts(set, `flags.minAllocatableResources.${i}`)),
    }),
    ...(flags.has('filterGpuResources') && { filterGpus: flags.flag('filterGpuResources') }),
    ...(flags.has('fairSharingExcludedResourceNames') && {
      excludedFromShares: flags.texts('fairSharingExcludedResourceNames'),
    }),
    ...(flags.has('roleSorter') && { roleSorter: readSorter(flags, 'roleSorter') }),
    ...(flags.has('frameworkSorter') && { frameworkSorter: readSorter(flags, 'frameworkSorter') }),
  };
}

function readSorter(flags: Fields, key: string): SorterName {
  const name = flags.text(key);
  if (name === 'drf' || name === 'random') return name;
  throw new CaseError(`flags.${key}: unknown sorter \`${name}\``);
}
