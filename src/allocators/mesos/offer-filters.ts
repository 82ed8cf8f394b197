import { fromSeconds, SECOND, type Time } from '../../base/time.ts';
import type { Clock } from './clock.ts';
import type { NodeState, OfferFilter } from './node-state.ts';
import { type Bundle, contains } from './resources/bundle.ts';
import type { Subscription } from './subscription.ts';

/** How long a refusal holds that does not say: 5 s. */
export const DEFAULT_REFUSAL: Time = 5 * SECOND;

const LONGEST: Time = 365 * 86_400 * SECOND;

/** Seconds beyond which nanoseconds no longer fit 64 bits. */
const REPRESENTABLE = 9_223_372_036;

/**
 * Gives how long a refusal holds: as many seconds as were asked for, at most 365 days; 5 s for what is negative or no
 * duration at all.
 *
 * @see Mesos, include/mesos/mesos.proto: Filters.refuse_seconds
 */
export function refusalOf(seconds: number): Time {
  if (!(seconds >= 0 && seconds <= REPRESENTABLE)) return DEFAULT_REFUSAL;
  return Math.min(fromSeconds(seconds), LONGEST);
}

/** Filters that end together. */
interface Expiry {
  readonly due: Time;
  readonly filters: OfferFilter[];
}

/**
 * The offer filters of all frameworks.
 *
 * A filter holds for the framework, role and node it was set for, at least one interval, against every bundle that is
 * part of what was refused; anything more passes.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.cpp: recoverResources, expire
 */
export class OfferFilters {
  readonly #clock: Clock;
  readonly #interval: Time;
  /** By due time: filters that end in one event, until something else is scheduled that might come between. */
  readonly #open = new Map<Time, Expiry>();

  constructor(clock: Clock, interval: Time) {
    this.#clock = clock;
    this.#interval = interval;
  }

  /** Says whether some filter of the framework in the role on the node has all of the bundle. */
  blocks(node: NodeState, subscription: Subscription, bundle: Bundle): boolean {
    const filters = node.filters?.get(subscription);
    if (filters === undefined) return false;
    for (const { refused, generation } of filters) {
      if (generation === subscription.filterGeneration && contains(refused, bundle)) return true;
    }
    return false;
  }

  /** When the last of the filters ends that have all of the bundle; null where none has. */
  blockedUntil(node: NodeState, subscription: Subscription, bundle: Bundle): Time | null {
    let until: Time | null = null;
    for (const filter of node.filters?.get(subscription) ?? []) {
      if (isInForce(filter) && contains(filter.refused, bundle)) until = Math.max(until ?? filter.due, filter.due);
    }
    return until;
  }

  /** Sets a filter; a refusal of no time sets none. */
  add(node: NodeState, subscription: Subscription, refused: Bundle, refusal: Time): void {
    if (refusal <= 0) return;
    const due = this.#clock.now + Math.max(this.#interval, refusal);
    const filter = { refused, node, subscription, generation: subscription.filterGeneration, due };
    node.filters ??= new Map();
    const others = node.filters.get(subscription);
    if (others === undefined || !others.some(isInForce)) node.filters.set(subscription, [filter]);
    else others.push(filter);
    subscription.filterCount++;
    this.#expireAt(due, filter);
  }

  /** Ends all filters of a framework in a role. */
  clear(subscription: Subscription): void {
    subscription.filterGeneration++;
    subscription.filterCount = 0;
  }

  /** Ends all filters on a node. */
  clearNode(node: NodeState): void {
    for (const filters of node.filters?.values() ?? []) {
      for (const filter of filters) if (isInForce(filter)) filter.subscription.filterCount--;
    }
    node.filters = null;
    node.refusedAt = -1;
  }

  /** Must be called whenever something else is scheduled whose order against the end of filters matters. */
  closeExpiries(): void {
    this.#open.clear();
  }

  #expireAt(due: Time, filter: OfferFilter): void {
    let expiry = this.#open.get(due);
    if (expiry === undefined) {
      const opened: Expiry = { due, filters: [] };
      this.#open.set(due, opened);
      expiry = opened;
      // Two steps, as a batch has: what was scheduled first also happens first.
      this.#clock.schedule(due, () => {
        if (this.#open.get(due) === opened) this.#open.delete(due);
        this.#clock.schedule(due, () => opened.filters.forEach(expire));
      });
    }
    expiry.filters.push(filter);
  }
}

function isInForce({ generation, subscription }: OfferFilter): boolean {
  return generation === subscription.filterGeneration;
}

function expire(filter: OfferFilter): void {
  const { node, subscription } = filter;
  const filters = node.filters?.get(subscription);
  const at = filters?.indexOf(filter) ?? -1;
  if (filters === undefined || at < 0) return;
  filters.splice(at, 1);
  if (filters.length === 0) node.filters!.delete(subscription);
  if (!isInForce(filter)) return;
  subscription.filterCount--;
  node.refusedAt = -1;
}
