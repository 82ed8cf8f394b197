import type { Time } from '../../base/time.ts';
import type { AttributeValue } from './offer-constraints.ts';
import { type Bundle, minus, NOTHING, pick, plus, quantityIn } from './resources/bundle.ts';
import type { ResourceCatalog } from './resources/resource-catalog.ts';
import type { RichResource } from './resources/rich-resource.ts';
import type { FrameworkState, Subscription } from './subscription.ts';

/** What a node says it can handle. */
export type NodeCapability = 'MULTI_ROLE' | 'HIERARCHICAL_ROLE' | 'RESERVATION_REFINEMENT';

export const ALL_NODE_CAPABILITIES: readonly NodeCapability[] = [
  'MULTI_ROLE',
  'HIERARCHICAL_ROLE',
  'RESERVATION_REFINEMENT',
];

/** When a node will be under maintenance. */
export interface Unavailability {
  readonly start: Time;
  readonly duration?: Time;
}

/** A framework does not want these resources of the node, or any part of them, in the role. */
export interface OfferFilter {
  readonly refused: Bundle;
  readonly node: NodeState;
  readonly subscription: Subscription;
  readonly generation: number;
  /** When it ends. */
  readonly due: Time;
}

/** What the allocator knows of a node. */
export class NodeState {
  readonly name: string;
  /** The same for a node of the same name that comes back. */
  readonly index: number;
  hostname: string;
  region: string | null = null;
  zone: string | null = null;
  attributes: readonly (readonly [string, AttributeValue])[] = [];
  #capabilities: ReadonlySet<NodeCapability> = new Set(ALL_NODE_CAPABILITIES);
  hasMultiRole = true;
  hasHierarchicalRole = true;
  isActivated = true;
  unavailability: Unavailability | null = null;
  /** Who has an inverse offer that it did not answer yet. */
  readonly inverseOffers = new Set<FrameworkState>();
  filters: Map<Subscription, OfferFilter[]> | null = null;
  /** Place in the list of nodes that have something available, or -1. */
  place = -1;
  /** How far in the log of changes it is known that nobody would take what is available; -1: not known. */
  refusedAt = -1;
  /** Shared volumes that were offered in the run of this number. */
  sharedOffered: Bundle = NOTHING;
  sharedRun = 0;
  readonly #catalog: ResourceCatalog;
  #total: Bundle = NOTHING;
  #held: Bundle = NOTHING;
  #available: Bundle = NOTHING;
  #hasGpus = false;

  constructor(name: string, index: number, catalog: ResourceCatalog) {
    this.name = name;
    this.hostname = name;
    this.index = index;
    this.#catalog = catalog;
  }

  get capabilities(): ReadonlySet<NodeCapability> {
    return this.#capabilities;
  }

  set capabilities(capabilities: ReadonlySet<NodeCapability>) {
    this.#capabilities = capabilities;
    this.hasMultiRole = capabilities.has('MULTI_ROLE');
    this.hasHierarchicalRole = capabilities.has('HIERARCHICAL_ROLE');
  }

  get total(): Bundle {
    return this.#total;
  }

  set total(total: Bundle) {
    this.#total = total;
    this.#hasGpus = quantityIn(total, this.#catalog.columnOf('gpus')) > 0;
    this.#refresh();
  }

  /** Offered or in use, also by frameworks that are not known. */
  get held(): Bundle {
    return this.#held;
  }

  set held(held: Bundle) {
    this.#held = held;
    this.#refresh();
  }

  /** What may be offered: the total without what is held, kind by kind, but with all shared volumes. */
  get available(): Bundle {
    return this.#available;
  }

  get hasGpus(): boolean {
    return this.#hasGpus;
  }

  /** Takes resources that are about to be offered or are in use. */
  hold(resources: Bundle): void {
    this.held = plus(this.#held, resources);
  }

  release(resources: Bundle): void {
    this.held = minus(this.#held, resources);
  }

  #refresh(): void {
    const held = this.#held;
    this.#available = minus(this.#total, held.rich.length === 0 ? held : pick(held, isNotShared));
    this.refusedAt = -1;
  }
}

const isNotShared = ({ kind }: RichResource) => !kind.shared;
