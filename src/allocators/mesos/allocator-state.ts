import type { Random } from '../../base/random.ts';
import { DEFAULT_MIN_ALLOCATABLE, type HierarchicalAllocatorOptions, type SorterName } from './allocator-options.ts';
import type { NodeState } from './node-state.ts';
import type { OfferFilters } from './offer-filters.ts';
import { type Bundle, minus, NOTHING, plus, scalarsOf } from './resources/bundle.ts';
import { MinAllocatable } from './resources/min-allocatable.ts';
import { addTo, type Quantities, subtractFrom } from './resources/quantities.ts';
import type { ResourceCatalog } from './resources/resource-catalog.ts';
import type { RichResource } from './resources/rich-resource.ts';
import { RoleTree } from './role-tree.ts';
import { ChangeLog } from './run/change-log.ts';
import { NodeList } from './run/node-list.ts';
import { type FairOrder, shuffle } from './run/shuffle.ts';
import { ClusterTotals } from './sorters/cluster-totals.ts';
import { DrfSorter } from './sorters/drf-sorter.ts';
import { RandomSorter } from './sorters/random-sorter.ts';
import type { Sorter } from './sorters/sorter.ts';
import { type FrameworkState, type Role, Subscription } from './subscription.ts';

/** The books of an allocator, and every step that must change several of them together. */
export class AllocatorState {
  readonly catalog: ResourceCatalog;
  readonly filters: OfferFilters;
  readonly nodes = new Map<string, NodeState>();
  readonly frameworks = new Map<string, FrameworkState>();
  readonly roles = new RoleTree();
  readonly totals = new ClusterTotals();
  readonly roleSorter: Sorter<Role>;
  readonly open = new NodeList();
  readonly changes = new ChangeLog();
  readonly maintained = new Set<NodeState>();
  readonly minAllocatable: MinAllocatable;
  readonly filterGpus: boolean;
  readonly region: string | null;
  readonly random: Random;
  readonly order: FairOrder;
  /** Hostnames of nodes that may be offered; null: all. */
  whitelist: ReadonlySet<string> | null = null;
  runs = 0;
  readonly #excluded: ReadonlySet<number>;
  readonly #frameworkSorter: SorterName;
  #revocableAvailable: Quantities = [];

  constructor(options: HierarchicalAllocatorOptions, catalog: ResourceCatalog, filters: OfferFilters) {
    this.catalog = catalog;
    this.filters = filters;
    this.random = options.random;
    this.order = options.order ?? ((nodes) => shuffle(nodes, options.random));
    this.minAllocatable = new MinAllocatable(options.minAllocatable ?? DEFAULT_MIN_ALLOCATABLE, catalog);
    this.filterGpus = options.filterGpus ?? true;
    this.region = options.region ?? null;
    this.#excluded = new Set((options.excludedFromShares ?? []).map((name) => catalog.columnOf(name)));
    this.#frameworkSorter = options.frameworkSorter ?? 'drf';
    this.roleSorter = this.#makeSorter(options.roleSorter ?? 'drf');
  }

  /** Revocable scalars that are neither offered nor in use. */
  get revocableAvailable(): Quantities {
    return this.#revocableAvailable;
  }

  /** Says whether a node may be offered at all. */
  isOffered(node: NodeState): boolean {
    return node.isActivated && (this.whitelist === null || this.whitelist.has(node.hostname));
  }

  /** Changes the total of a node, in all books; the total of a node that comes or goes is nothing before or after. */
  setTotal(node: NodeState, total: Bundle): void {
    const before = node.total;
    this.roles.trackReservations(total);
    this.roles.untrackReservations(before);
    this.totals.remove(scalarsOf(before));
    this.totals.add(scalarsOf(total));
    const available = node.available;
    node.total = total;
    this.#noteAvailable(node, available);
  }

  /** Takes resources of a node for a framework that is not known: in no share. */
  holdOnNode(node: NodeState, resources: Bundle): void {
    const before = node.available;
    node.hold(resources);
    this.#noteAvailable(node, before);
  }

  releaseOnNode(node: NodeState, resources: Bundle): void {
    const before = node.available;
    node.release(resources);
    this.#noteAvailable(node, before);
  }

  /** Forgets what a node that goes holds. */
  forgetHeld(node: NodeState): void {
    const before = node.available;
    node.held = NOTHING;
    this.#noteAvailable(node, before);
  }

  /** Enters resources of a node that are offered to a framework, or in use, into shares and quota. */
  hold(subscription: Subscription, node: number, resources: Bundle): void {
    const { role, client, held } = subscription;
    this.roleSorter.recordAllocated(role.sorting!.client, node, resources);
    role.sorting!.frameworks.recordAllocated(client, node, resources);
    this.roles.hold(role, node, resources);
    const before = held.get(node);
    held.set(node, before === undefined ? resources : plus(before, resources));
  }

  release(subscription: Subscription, node: number, resources: Bundle): void {
    const { role, client, held } = subscription;
    this.roleSorter.recordUnallocated(role.sorting!.client, node, resources);
    role.sorting!.frameworks.recordUnallocated(client, node, resources);
    this.roles.release(role, node, resources);
    const rest = minus(held.get(node) ?? NOTHING, resources);
    if (rest.isEmpty) held.delete(node);
    else held.set(node, rest);
  }

  /** Enters resources that are in use since before the allocator heard of them. */
  holdUsed(subscription: Subscription, node: number, resources: Bundle): void {
    this.hold(subscription, node, resources);
    subscription.used.set(node, plus(subscription.used.get(node) ?? NOTHING, resources));
    this.roles.use(subscription.role, node, resources);
  }

  /** Replaces what a framework holds on a node by what an operation made of it. */
  replace(subscription: Subscription, node: number, before: Bundle, after: Bundle): void {
    const { role, client, held } = subscription;
    this.roleSorter.replaceAllocated(role.sorting!.client, node, before, after);
    role.sorting!.frameworks.replaceAllocated(client, node, before, after);
    this.roles.release(role, node, before);
    this.roles.hold(role, node, after);
    const rest = plus(minus(held.get(node) ?? NOTHING, before), after);
    if (rest.isEmpty) held.delete(node);
    else held.set(node, rest);
  }

  /** Gives the framework's place in a role, made where there is none: inactive. */
  subscribe(framework: FrameworkState, path: string): Subscription {
    const known = framework.subscriptions.get(path);
    if (known !== undefined) return known;
    const role = this.roles.ensure(path);
    const subscription = new Subscription(framework, role);
    if (role.sorting === null) {
      const client = this.roleSorter.add(path, role);
      this.roleSorter.activate(client);
      role.sorting = { client, frameworks: this.#makeSorter(this.#frameworkSorter) };
    }
    subscription.client = role.sorting.frameworks.add(framework.name, subscription);
    framework.subscriptions.set(path, subscription);
    this.roles.addSubscription(subscription);
    return subscription;
  }

  /** Takes the framework out of a role, and the role out of its sorter with the last one. */
  unsubscribe(subscription: Subscription): void {
    const { framework, role, client } = subscription;
    role.sorting!.frameworks.remove(client);
    framework.subscriptions.delete(role.path);
    this.filters.clear(subscription);
    if (role.subscriptions.size === 1) {
      this.roleSorter.remove(role.sorting!.client);
      role.sorting = null;
    }
    this.roles.removeSubscription(subscription);
  }

  /** Lists the framework in the role, or not: it is while it is active, subscribed and has not suppressed the role. */
  refreshActivity(subscription: Subscription): void {
    const { framework, role, client } = subscription;
    const isListed = framework.isActive && subscription.isSubscribed && !framework.suppressed.has(role.path);
    if (isListed === client.isActive) return;
    if (isListed) role.sorting!.frameworks.activate(client);
    else role.sorting!.frameworks.deactivate(client);
    if (isListed) this.changes.append(subscription);
  }

  /** Ends all filters of a framework in a role. */
  clearFilters(subscription: Subscription): void {
    if (subscription.filterCount > 0) this.changes.append(subscription);
    this.filters.clear(subscription);
  }

  /** Puts right what is known of all that is available. */
  #noteAvailable(node: NodeState, before: Bundle): void {
    const after = node.available;
    if (before.rich.length > 0) subtractFrom(this.#revocableAvailable, scalarsOf(before, isRevocable, false));
    if (after.rich.length > 0)
      this.#revocableAvailable = addTo(this.#revocableAvailable, scalarsOf(after, isRevocable, false));
    this.open.refresh(node);
  }

  #makeSorter<Payload>(name: SorterName): Sorter<Payload> {
    return name === 'drf' ? new DrfSorter(this.totals, this.#excluded) : new RandomSorter(this.random);
  }
}

const isRevocable = ({ kind }: RichResource) => kind.revocable;
