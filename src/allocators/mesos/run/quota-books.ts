import type { AllocatorState } from '../allocator-state.ts';
import type { Limits } from '../resources/limits.ts';
import { limitsLess } from '../resources/limits.ts';
import { addTo, difference, isZero, type Quantities, subtractFrom } from '../resources/quantities.ts';
import type { Role } from '../subscription.ts';

/**
 * What quotas ask of one run: what each role with a quota was charged, what guarantees still require, and what of the
 * cluster is available for them.
 *
 * @see Mesos, docs/quota.md; src/master/allocator/mesos/hierarchical.cpp: __generateOffers
 */
export class QuotaBooks {
  /** Whether some role has a guarantee. */
  readonly hasGuarantees: boolean;
  readonly #charged = new Map<Role, Quantities>();
  #required: Quantities = [];
  #available: Quantities = [];

  constructor(state: AllocatorState) {
    let hasGuarantees = false;
    for (const role of state.roles.topLevel) {
      if (role.quota === null) continue;
      const charged = chargeOf(role);
      this.#charged.set(role, charged);
      if (!role.quota.hasGuarantees) continue;
      hasGuarantees = true;
      this.#required = addTo(this.#required, difference(role.quota.guarantees, charged));
    }
    this.hasGuarantees = hasGuarantees;
    if (!isZero(this.#required)) this.#available = headroomOf(state);
  }

  /** Says whether some guarantee is not met, so that not all that is available is for everyone. */
  get isTight(): boolean {
    return !isZero(this.#required);
  }

  /** What is available beyond what guarantees require. */
  get surplus(): Quantities {
    return difference(this.#available, this.#required);
  }

  /** What a role with a quota has of its guarantees still to come. */
  unmet(role: Role): Quantities {
    return difference(role.quota!.guarantees, this.#charged.get(role)!);
  }

  /** What a role with limits may still have. */
  room(role: Role): Limits {
    return limitsLess(role.quota!.limits, this.#charged.get(role)!);
  }

  /** Charges a role, where it has a quota itself; what is offered is no longer available. */
  charge(role: Role, quantities: Quantities): void {
    const charged = this.#charged.get(role);
    if (charged !== undefined) this.#charged.set(role, addTo(charged, quantities));
    subtractFrom(this.#available, quantities);
  }

  /** Notes that so much of the guarantees has been met. */
  meet(quantities: Quantities): void {
    subtractFrom(this.#required, quantities);
  }
}

/** What a role is charged: all its reservations, and of the rest what is offered or in use, without revocable ones. */
export function chargeOf(role: Role): Quantities {
  return addTo(role.reservations.slice(), role.unreservedHeld.values);
}

/** Scalars that are neither offered, in use, reserved nor revocable; on all nodes, also those that are not offered. */
function headroomOf(state: AllocatorState): Quantities {
  const { root } = state.roles;
  const available = difference(state.totals.values, state.roleSorter.allocated);
  subtractFrom(available, difference(root.reservations, root.reservedHeld.values));
  subtractFrom(available, state.revocableAvailable);
  return available;
}
