import { AllocatorError } from '../../base/errors.ts';
import type { Time } from '../../base/time.ts';
import { consumedOf, readMetric } from './allocator-metrics.ts';
import { DEFAULT_INTERVAL, type HierarchicalAllocatorOptions } from './allocator-options.ts';
import { AllocatorState } from './allocator-state.ts';
import { Candidates } from './candidates.ts';
import type { Clock } from './clock.ts';
import { convertAvailable, convertHeld } from './conversions.ts';
import type {
  Conversion,
  FrameworkDescription,
  FrameworkUpdate,
  NodeDescription,
  NodeUpdate,
  NodeUse,
} from './descriptions.ts';
import { changeFramework, enterFramework, reviveRoles, suppressRoles } from './framework-changes.ts';
import { filterInverseOffers, makeInverseOffers } from './inverse-offers.ts';
import { changeNode, enterNode, enterUse } from './node-changes.ts';
import type { NodeState, Unavailability } from './node-state.ts';
import type { InverseOffer, Offer } from './offer.ts';
import { OfferFilters } from './offer-filters.ts';
import { readQuota } from './quota.ts';
import { quotaProblem } from './quota-problem.ts';
import { recoverResources, startUse } from './recovery.ts';
import { type Bundle, NOTHING } from './resources/bundle.ts';
import { limitsLess } from './resources/limits.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import { ResourceCatalog } from './resources/resource-catalog.ts';
import { chargeOf, QuotaBooks } from './run/quota-books.ts';
import { runAllocation } from './run/run-allocation.ts';
import type { FrameworkState } from './subscription.ts';

/** One run, for those who count. */
export interface RunReport {
  /** How many nodes were looked at: those that had something to offer. */
  readonly nodes: number;
  /** How often a framework was passed over as a filter of it had what there was. */
  readonly filtered: number;
  /** How long it took, microseconds. */
  readonly cost: Time;
}

/** Where an allocator tells what it offers; called behind a run, once for each framework that is offered something. */
export interface OfferListener {
  onOffers(framework: string, offers: readonly Offer[]): void;
  onInverseOffers?(framework: string, offers: readonly InverseOffer[]): void;
  /** A run has ended, before its offers are told. */
  onRun?(run: RunReport): void;
}

/**
 * The hierarchical allocator of the Mesos master: offers what nodes have available to frameworks, by roles.
 *
 * It knows nothing of jobs or of a simulation: time comes from a {@link Clock}, chance from a stream, and whoever owns
 * it plays the master. What it offers counts as held until it is recovered; a launch changes nothing but the gauge of
 * what is in use. Runs happen in batches, one interval after the end of the last, and for nodes and frameworks that
 * come or change.
 *
 * All methods throw {@link AllocatorError} for a name that is not known, or is there already.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.cpp; docs/allocation-module.md
 */
export class HierarchicalAllocator {
  /** Makes bundles; those of other catalogs must not be used. */
  readonly catalog = new ResourceCatalog();
  readonly interval: Time;
  readonly #clock: Clock;
  readonly #listener: OfferListener;
  readonly #filters: OfferFilters;
  readonly #state: AllocatorState;
  readonly #candidates: Candidates;
  readonly #isEager: boolean;
  readonly #indexes = new Map<string, number>();
  readonly #runCost: (nodes: number) => Time;
  #isBusy = false;
  #isAskedWhileBusy = false;
  #isStarted = false;
  #isBatchPending = false;
  /** Nodes that must be back before runs go on after a failover; null: not waiting. */
  #awaitedNodes: number | null = null;

  constructor(options: HierarchicalAllocatorOptions, listener: OfferListener) {
    this.#clock = options.clock;
    this.#listener = listener;
    this.interval = options.allocationInterval ?? DEFAULT_INTERVAL;
    this.#runCost = options.runCost ?? (() => 0);
    this.#isEager = options.isEager ?? false;
    this.#filters = new OfferFilters(options.clock, this.interval);
    this.#state = new AllocatorState(options, this.catalog, this.#filters);
    this.#candidates = new Candidates(options.clock, () => this.#run());
  }

  /** Arms the batch timer: a batch one interval from now, and one interval after the end of each. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#armBatch();
  }

  /** Asks for a run over all nodes, behind what is due already; for owners that have a timer of their own. */
  requestBatch(): void {
    this.#candidates.request(null);
  }

  /** Drops all that asks for a run until {@link resume}. */
  pause(): void {
    this.#candidates.pause();
  }

  resume(): void {
    this.#awaitedNodes = null;
    this.#candidates.resume();
  }

  /**
   * Holds runs back after a failover of the master, if there is any quota: until a share of the nodes known before are
   * back, or the time is over.
   */
  awaitNodes(expected: number, factor = 0.8, timeout: Time = 600_000_000): void {
    const awaited = Math.floor(expected * factor);
    const hasQuota = [...this.#state.roles.topLevel].some(({ quota }) => quota !== null);
    if (!hasQuota || awaited < 1) return;
    this.pause();
    this.#awaitedNodes = awaited;
    this.#clock.schedule(this.#clock.now + timeout, () => {
      if (this.#awaitedNodes !== null) this.resume();
    });
  }

  /** Adds a node with what is in use on it; asks for a run over it. */
  addNode(description: NodeDescription): void {
    const { name } = description;
    if (this.#state.nodes.has(name)) this.#refuse(`there is a node ${name} already`);
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.#indexes.size;
      this.#indexes.set(name, index);
    }
    const node = enterNode(this.#state, index, description);
    if (this.#awaitedNodes !== null && this.#state.nodes.size >= this.#awaitedNodes) this.resume();
    this.#request(node);
  }

  /** Forgets a node. What frameworks hold there stays in their shares until the owner recovers it. */
  removeNode(name: string): void {
    const node = this.#node(name);
    this.#filters.clearNode(node);
    this.#state.forgetHeld(node);
    this.#state.setTotal(node, NOTHING);
    this.#state.open.remove(node);
    this.#state.maintained.delete(node);
    this.#state.nodes.delete(name);
    this.#candidates.forget(node);
  }

  /** Changes what a node said of itself; asks for a run over it if that is something else. */
  updateNode(name: string, update: NodeUpdate): void {
    const node = this.#node(name);
    if (changeNode(this.#state, node, update)) this.#request(node);
  }

  /** Adds resources to a node, part of which may be in use; asks for no run. */
  addResourceProvider(name: string, total: Bundle, used: readonly NodeUse[] = []): void {
    const node = this.#node(name);
    changeNode(this.#state, node, { more: total });
    enterUse(this.#state, node, used);
  }

  /** Offers the node again; the next run does. */
  activateNode(name: string): void {
    this.#node(name).isActivated = true;
  }

  /** Offers nothing of the node; what is held stays so. */
  deactivateNode(name: string): void {
    this.#node(name).isActivated = false;
  }

  /** Sets when a node will be down for maintenance, null for never; asks for a run, and frameworks are asked anew. */
  setUnavailability(name: string, unavailability: Unavailability | null): void {
    const node = this.#node(name);
    for (const { inverseFilters } of this.#state.frameworks.values()) inverseFilters.delete(node.index);
    node.inverseOffers.clear();
    node.unavailability = unavailability;
    if (unavailability === null) this.#state.maintained.delete(node);
    else this.#state.maintained.add(node);
    this.#request(node);
  }

  /** Notes a framework's answer to an inverse offer; without a refusal it may be asked again at once. */
  answerInverseOffer(framework: string, name: string, refusal?: Time): void {
    const node = this.#node(name);
    const state = this.#framework(framework);
    node.inverseOffers.delete(state);
    if (refusal !== undefined) filterInverseOffers(this.#clock, state, node, refusal);
  }

  /** Offers only nodes of these hostnames; null: all. */
  setWhitelist(hostnames: readonly string[] | null): void {
    this.#state.whitelist = hostnames === null ? null : new Set(hostnames);
  }

  /** Adds a framework; if it is active, asks for a run over all nodes. */
  addFramework(description: FrameworkDescription): void {
    if (this.#state.frameworks.has(description.name)) this.#refuse(`there is a framework ${description.name} already`);
    const framework = enterFramework(this.#state, description);
    if (framework.isActive) this.#request(null);
  }

  /**
   * Takes a framework out of all shares, with its filters. Its nodes count what it held as held until the owner
   * recovers it, before or after.
   */
  removeFramework(name: string): void {
    const framework = this.#framework(name);
    for (const subscription of [...framework.subscriptions.values()]) {
      for (const [node, resources] of [...subscription.held]) this.#state.release(subscription, node, resources);
      for (const [node, resources] of subscription.used) this.#state.roles.endUse(subscription.role, node, resources);
      this.#state.unsubscribe(subscription);
    }
    for (const node of this.#state.maintained) node.inverseOffers.delete(framework);
    this.#state.frameworks.delete(name);
  }

  /** Offers to a framework again, in the roles that it has not suppressed; asks for a run over all nodes. */
  activateFramework(name: string): void {
    const framework = this.#framework(name);
    framework.isActive = true;
    for (const subscription of framework.subscriptions.values()) this.#state.refreshActivity(subscription);
    this.#request(null);
  }

  /** Offers nothing to a framework and ends its filters; what it holds stays in its shares. */
  deactivateFramework(name: string): void {
    const framework = this.#framework(name);
    framework.isActive = false;
    for (const subscription of framework.subscriptions.values()) {
      this.#state.refreshActivity(subscription);
      this.#state.clearFilters(subscription);
    }
    framework.inverseFilters.clear();
  }

  /**
   * Changes what a framework said of itself; asks for no run. New roles are offered to; roles that are gone lose their
   * filters, and stay in the shares until all is recovered; roles no longer suppressed lose their filters too.
   */
  updateFramework(name: string, update: FrameworkUpdate): void {
    changeFramework(this.#state, this.#framework(name), update);
  }

  /** Offers nothing in these roles, all by default; filters and what is offered stay. */
  suppress(name: string, roles?: readonly string[]): void {
    suppressRoles(this.#state, this.#framework(name), roles);
  }

  /** Ends filters in these roles, all by default, and offers in them again; asks for a run over all nodes. */
  revive(name: string, roles?: readonly string[]): void {
    reviveRoles(this.#state, this.#framework(name), roles);
    this.#request(null);
  }

  /**
   * Sets what a role is guaranteed and limited to, in units; both empty: nothing. The next run knows.
   *
   * Only what no master would take is refused; see {@link whyQuotaRefused} for what it checks besides.
   */
  setQuota(role: string, guarantees: Amounts, limits: Amounts): void {
    const problem = quotaProblem(this.#state, role, guarantees, limits, true);
    if (problem !== null) this.#refuse(problem);
    this.#state.roles.setQuota(role, readQuota(guarantees, limits, this.catalog));
  }

  /** Says why a master would refuse a quota, or gives null. */
  whyQuotaRefused(role: string, guarantees: Amounts, limits: Amounts, isForced = false): string | null {
    return quotaProblem(this.#state, role, guarantees, limits, isForced);
  }

  /** Sets the weight of a role, above 0; it need not exist. The next run knows. */
  setWeight(role: string, weight: number): void {
    if (!(weight > 0)) this.#refuse(`the weight of ${role} must be above 0`);
    this.#state.roleSorter.setWeight(role, weight);
    this.#state.roles.setWeight(role, weight);
  }

  /**
   * Takes back resources that were offered or in use; asks for no run.
   *
   * The node or the framework may be gone already: what is known of them is put right.
   *
   * @param refusal how long the framework does not want the resources, at least one interval; 0 or absent: no filter.
   *   See `refusalOf` for seconds as frameworks give them.
   * @param wasUsed whether they were in use; where it is left out, what was only offered comes back first.
   */
  recover(framework: string, role: string, node: string, resources: Bundle, refusal?: Time, wasUsed?: boolean): void {
    if (resources.isEmpty) return;
    const index = this.#indexes.get(node);
    if (index === undefined) this.#refuse(`there is no node ${node}`);
    recoverResources(this.#state, { framework, role, node, index, resources, refusal: refusal ?? 0, wasUsed });
  }

  /** Notes that offered resources are in use from now on: they count as consumed, for operators to see. */
  launch(framework: string, role: string, node: string, resources: Bundle): void {
    startUse(this.#state, this.#subscription(framework, role), this.#node(node), resources);
  }

  /**
   * Applies operations to what was offered: what they consume becomes what they convert it to, in what the framework
   * holds and in the node's total. Copies of a shared volume are made by consuming nothing.
   *
   * @throws AllocatorError where the framework does not hold what is consumed.
   */
  updateAllocation(
    framework: string,
    role: string,
    node: string,
    offered: Bundle,
    conversions: readonly Conversion[],
  ): void {
    convertHeld(this.#state, this.#subscription(framework, role), this.#node(node), offered, conversions);
  }

  /** Applies an operator's operations to what is available on a node; gives false where that does not suffice. */
  updateAvailable(node: string, conversions: readonly Conversion[]): boolean {
    return convertAvailable(this.#state, this.#node(node), conversions);
  }

  /** What is neither offered nor in use on a node. */
  available(node: string): Bundle {
    return this.#node(node).available;
  }

  total(node: string): Bundle {
    return this.#node(node).total;
  }

  /** What a framework is offered or uses in a role on a node. */
  held(framework: string, role: string, node: string): Bundle {
    const index = this.#indexes.get(node) ?? -1;
    return this.#state.frameworks.get(framework)?.subscriptions.get(role)?.held.get(index) ?? NOTHING;
  }

  /** When the filter ends that keeps what is available of a node from a framework; null where there is none. */
  refusedUntil(framework: string, role: string, node: string): Time | null {
    const known = this.#state.nodes.get(node);
    const subscription = this.#state.frameworks.get(framework)?.subscriptions.get(role);
    if (known === undefined || subscription === undefined) return null;
    return this.#filters.blockedUntil(known, subscription, known.available);
  }

  /** Says whether so much more, whole steps in order of the catalog, would be above the limits of a role's quota. */
  isAboveLimits(role: string, more: ArrayLike<number>): boolean {
    const known = this.#state.roles.find(role);
    if (!known?.quota?.hasLimits) return false;
    const room = limitsLess(known.quota.limits, chargeOf(known));
    return room.some((amount, column) => (more[column] ?? 0) > amount);
  }

  /** Says whether so much more would take from what guarantees of other roles still require. */
  isBeyondHeadroom(role: string, more: ArrayLike<number>): boolean {
    const books = new QuotaBooks(this.#state);
    if (!books.isTight || this.#state.roles.find(role)?.quota?.hasGuarantees) return false;
    const { surplus } = books;
    return Array.from(more).some((amount, column) => amount > (surplus[column] ?? 0));
  }

  unavailability(node: string): Unavailability | null {
    return this.#node(node).unavailability;
  }

  /** Units of a role's quota that count as consumed: reservations and what is in use, not what is only offered. */
  consumed(role: string): Record<string, number> {
    const found = this.#state.roles.find(role);
    return found === undefined ? {} : this.catalog.units(consumedOf(found));
  }

  /** How many runs there have been. */
  get runs(): number {
    return this.#state.runs;
  }

  /**
   * Gives a counter or gauge by its name below `allocator/mesos/`; null where there is no such gauge now.
   *
   * @param pendingEvents what waits in the owner's queue, for `event_queue_dispatches`.
   */
  metric(name: string, pendingEvents = 0): number | null {
    return readMetric(this.#state, name, pendingEvents);
  }

  #request(node: NodeState | null): void {
    this.#candidates.request(node, this.#isEager);
  }

  /** @param isIdle true if nothing was offered: as long as nothing happens, the next batch would offer nothing either. */
  #armBatch(isIdle = false): void {
    this.#filters.closeExpiries();
    const batch = () => {
      this.#isBatchPending = this.#candidates.request(null);
      if (!this.#isBatchPending) this.#armBatch();
    };
    this.#clock.schedule(this.#clock.now + this.interval, batch, isIdle ? this.interval : undefined);
  }

  /** The timer is armed before anyone hears of offers: a refusal of them ends behind the next batch. */
  #run(): void {
    if (this.#isBusy) {
      this.#isAskedWhileBusy = true;
      return;
    }
    const isBatch = this.#isBatchPending;
    this.#isBatchPending = false;
    if (this.#candidates.isPaused) {
      if (isBatch) this.#armBatch();
      return;
    }
    const candidates = this.#candidates.take();
    this.#state.runs++;
    const run = runAllocation(this.#state, candidates);
    const inverseOffers = makeInverseOffers(this.#state, candidates);
    const cost = this.#runCost(candidates?.size ?? this.#state.nodes.size);
    const finish = () => {
      this.#listener.onRun?.({ nodes: run.nodes, filtered: run.filtered, cost });
      if (isBatch) this.#armBatch(run.offers.size === 0 && inverseOffers.size === 0);
      for (const [{ name }, list] of run.offers) this.#listener.onOffers(name, list);
      for (const [{ name }, list] of inverseOffers) this.#listener.onInverseOffers?.(name, list);
    };
    if (cost > 0) this.#keepBusy(cost, finish);
    else finish();
  }

  /** A run that takes time: what is asked for meanwhile happens behind it. */
  #keepBusy(cost: Time, finish: () => void): void {
    this.#isBusy = true;
    this.#clock.schedule(this.#clock.now + cost, () => {
      this.#isBusy = false;
      finish();
      if (!this.#isAskedWhileBusy) return;
      this.#isAskedWhileBusy = false;
      this.#run();
    });
  }

  #node(name: string): NodeState {
    return this.#state.nodes.get(name) ?? this.#refuse(`there is no node ${name}`);
  }

  #framework(name: string): FrameworkState {
    return this.#state.frameworks.get(name) ?? this.#refuse(`there is no framework ${name}`);
  }

  #subscription(framework: string, role: string) {
    const found = this.#framework(framework).subscriptions.get(role);
    return found ?? this.#refuse(`framework ${framework} has nothing in role ${role}`);
  }

  #refuse(problem: string): never {
    throw new AllocatorError('mesos', problem);
  }
}
