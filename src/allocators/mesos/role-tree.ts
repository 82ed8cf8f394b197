import type { Quota } from './quota.ts';
import { type Bundle, pick } from './resources/bundle.ts';
import { addToColumn } from './resources/quantities.ts';
import { type RichResource, scalarOf } from './resources/rich-resource.ts';
import { Role, type Subscription } from './subscription.ts';

/**
 * The roles that matter: those with a weight, a quota, a framework or a reservation of their own, and all above them.
 *
 * @see Mesos, src/master/allocator/mesos/hierarchical.hpp: RoleTree
 */
export class RoleTree {
  readonly root = new Role('', null);
  readonly #roles = new Map<string, Role>();

  find(path: string): Role | undefined {
    return this.#roles.get(path);
  }

  /** Every role there is, in order of creation. */
  get all(): Iterable<Role> {
    return this.#roles.values();
  }

  get topLevel(): Iterable<Role> {
    return this.root.children.values();
  }

  setWeight(path: string, weight: number): void {
    const role = this.ensure(path);
    role.weight = weight;
    this.#prune(role);
  }

  setQuota(path: string, quota: Quota | null): void {
    const role = this.ensure(path);
    role.quota = quota;
    this.#prune(role);
  }

  addSubscription(subscription: Subscription): void {
    subscription.role.subscriptions.set(subscription.framework.name, subscription);
  }

  removeSubscription({ role, framework }: Subscription): void {
    role.subscriptions.delete(framework.name);
    this.#prune(role);
  }

  /** Enters the reservations of a node's total. */
  trackReservations(total: Bundle): void {
    for (const one of total.rich) this.#changeReservation(one, 1);
  }

  untrackReservations(total: Bundle): void {
    for (const one of total.rich) this.#changeReservation(one, -1);
  }

  #changeReservation(one: RichResource, sign: 1 | -1): void {
    const amount = scalarOf(one);
    if (one.kind.reservedTo === null || amount === 0) return;
    const role = this.ensure(one.kind.reservedTo);
    for (let at: Role | null = role; at !== null; at = at.parent)
      at.reservations = addToColumn(at.reservations, one.kind.column, sign * amount);
    this.#prune(role);
  }

  /** Enters what a role is offered or uses on a node. */
  hold(role: Role, node: number, resources: Bundle): void {
    const unreserved = quotaPart(resources);
    const reserved = resources.rich.length === 0 ? null : pick(resources, isReserved, false);
    for (let at: Role | null = role; at !== null; at = at.parent) {
      at.unreservedHeld.add(node, unreserved);
      if (reserved !== null) at.reservedHeld.add(node, reserved);
    }
  }

  release(role: Role, node: number, resources: Bundle): void {
    const unreserved = quotaPart(resources);
    const reserved = resources.rich.length === 0 ? null : pick(resources, isReserved, false);
    for (let at: Role | null = role; at !== null; at = at.parent) {
      at.unreservedHeld.subtract(node, unreserved);
      if (reserved !== null) at.reservedHeld.subtract(node, reserved);
    }
  }

  /** Notes that resources which are held are in use, not only offered. */
  use(role: Role, node: number, resources: Bundle): void {
    const unreserved = quotaPart(resources);
    for (let at: Role | null = role; at !== null; at = at.parent) at.unreservedUsed.add(node, unreserved);
  }

  endUse(role: Role, node: number, resources: Bundle): void {
    const unreserved = quotaPart(resources);
    for (let at: Role | null = role; at !== null; at = at.parent) at.unreservedUsed.subtract(node, unreserved);
  }

  /** Gives the role of a path, made with all above it where it is not there. */
  ensure(path: string): Role {
    const known = this.#roles.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? this.root : this.ensure(path.slice(0, slash));
    const role = new Role(path, parent);
    parent.children.set(path, role);
    this.#roles.set(path, role);
    return role;
  }

  #prune(role: Role): void {
    for (let at = role; at.parent !== null && at.children.size === 0 && !at.isNeeded; at = at.parent) {
      at.parent.children.delete(at.path);
      this.#roles.delete(at.path);
    }
  }
}

const isReserved = ({ kind }: RichResource) => kind.reservedTo !== null;

/** Says whether quotas and headroom count it: a scalar that is neither reserved nor revocable. */
export function isInQuota({ kind }: RichResource): boolean {
  return kind.type === 'scalar' && kind.reservedTo === null && !kind.revocable;
}

/** Gives what quotas and headroom count. */
export function quotaPart(resources: Bundle): Bundle {
  return pick(resources, isInQuota);
}
