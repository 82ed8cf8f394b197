import type { OfferConstraint } from './offer-constraints.ts';
import type { Quota } from './quota.ts';
import type { Bundle } from './resources/bundle.ts';
import { HeldScalars } from './resources/held-scalars.ts';
import type { MinAllocatable } from './resources/min-allocatable.ts';
import type { Quantities } from './resources/quantities.ts';
import type { Sorter, SorterClient } from './sorters/sorter.ts';

/** A framework within one role, as long as it is subscribed or holds something there. */
export class Subscription {
  readonly framework: FrameworkState;
  readonly role: Role;
  /** Its place in the role's framework sorter. */
  client!: SorterClient<Subscription>;
  isSubscribed = false;
  /** What is offered to it or in use by it, by number of the node. */
  readonly held = new Map<number, Bundle>();
  /** The part of it that is in use, by number of the node. */
  readonly used = new Map<number, Bundle>();
  minAllocatable: MinAllocatable | undefined;
  constraint: OfferConstraint | undefined;
  filterCount = 0;
  /** Filters of an earlier generation are void. */
  filterGeneration = 0;

  constructor(framework: FrameworkState, role: Role) {
    this.framework = framework;
    this.role = role;
    this.refreshTraits();
  }

  /** Takes over what the framework says of the role. */
  refreshTraits(): void {
    this.minAllocatable = this.framework.minAllocatable.get(this.role.path);
    this.constraint = this.framework.constraints.get(this.role.path);
  }
}

/**
 * A role in the tree of roles, with the books of its subtree: what is reserved, and what is offered or in use.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.hpp: Role; docs/roles.md
 */
export class Role {
  readonly path: string;
  readonly parent: Role | null;
  readonly children = new Map<string, Role>();
  /** Itself and all above it: whose reservations may be offered to it. */
  readonly lineage: ReadonlySet<string>;
  weight = 1;
  /** Null: the default quota. */
  quota: Quota | null = null;
  /** Frameworks that are subscribed, or hold something under the role, by name. */
  readonly subscriptions = new Map<string, Subscription>();
  /** Reserved scalars of all nodes, allocated or not. */
  reservations: Quantities = [];
  /** Offered or in use, of what is reserved. */
  readonly reservedHeld = new HeldScalars();
  /** Offered or in use, of what is neither reserved nor revocable. */
  readonly unreservedHeld = new HeldScalars();
  /** In use, of what is neither reserved nor revocable. */
  readonly unreservedUsed = new HeldScalars();
  /** Its place in the role sorter and its frameworks' sorter, while there are frameworks. */
  sorting: { readonly client: SorterClient<Role>; readonly frameworks: Sorter<Subscription> } | null = null;

  constructor(path: string, parent: Role | null) {
    this.path = path;
    this.parent = parent;
    this.lineage = new Set(parent === null ? [] : [...parent.lineage, path]);
  }

  /** Says whether there is a reason to keep it other than roles below. */
  get isNeeded(): boolean {
    return (
      this.weight !== 1 ||
      this.quota !== null ||
      this.subscriptions.size > 0 ||
      this.reservations.some((each) => each > 0)
    );
  }

  /** Offer filters that hold in the role, over all its frameworks. */
  get activeFilters(): number {
    let count = 0;
    for (const { filterCount } of this.subscriptions.values()) count += filterCount;
    return count;
  }
}

/** What a framework says it can handle; every framework here has MULTI_ROLE. */
export type FrameworkCapability =
  | 'MULTI_ROLE'
  | 'GPU_RESOURCES'
  | 'REVOCABLE_RESOURCES'
  | 'SHARED_RESOURCES'
  | 'RESERVATION_REFINEMENT'
  | 'REGION_AWARE'
  | 'PARTITION_AWARE';

/** What the allocator knows of a framework. */
export class FrameworkState {
  readonly name: string;
  isActive = false;
  /** Where it is subscribed, or holds something, by role. */
  readonly subscriptions = new Map<string, Subscription>();
  /** Those of the roles that it suppressed. */
  readonly suppressed = new Set<string>();
  capabilities: ReadonlySet<FrameworkCapability> = new Set();
  /** By role, in place of the least that the allocator finds worth an offer. */
  minAllocatable: ReadonlyMap<string, MinAllocatable> = new Map();
  constraints: ReadonlyMap<string, OfferConstraint> = new Map();
  /** Nodes whose inverse offers it does not want for now, by number; each entry is lifted by its own expiry. */
  readonly inverseFilters = new Map<number, Set<object>>();

  constructor(name: string) {
    this.name = name;
  }
}
