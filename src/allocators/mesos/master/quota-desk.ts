import type { ClusterView } from '../../../cluster/view.ts';
import type { Parties, RoleQuota } from '../../parties.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { HeldOffer } from './held-offer.ts';
import type { MasterBooks } from './master-books.ts';
import type { OfferDesk } from './offer-desk.ts';

/** Sets weights and quotas, and takes offers back so that the next batch can follow them. */
export class QuotaDesk {
  readonly #books: MasterBooks;
  readonly #desk: OfferDesk;
  /** In force; they outlive a failover, as the registry keeps them. */
  readonly #weights = new Map<string, number>();
  readonly #quotas: Map<string, RoleQuota>;

  constructor(books: MasterBooks, desk: OfferDesk, parties: Parties) {
    this.#books = books;
    this.#desk = desk;
    this.#quotas = new Map(parties.quotas);
  }

  /** Tells a new allocator what is in force. */
  begin(): void {
    const { view, hierarchy } = this.#books;
    for (let role = 0; role < view.roleCount; role++) {
      const weight = this.#weights.get(view.roleName(role)) ?? view.roleWeight(role);
      if (weight !== 1) hierarchy.setWeight(view.roleName(role), weight);
    }
    for (const [role, weight] of this.#weights) hierarchy.setWeight(role, weight);
    for (const [role, quota] of this.#quotas) this.#apply(role, quota);
  }

  /** All offers are taken back where a framework stands in the role, so that the next batch deals anew. */
  setWeight(role: string, weight: number): void {
    const books = this.#books;
    this.#weights.set(role, weight);
    books.hierarchy.setWeight(role, weight);
    if (books.parties.some((party) => isWithin(party.role, role))) {
      for (const party of books.parties) this.#desk.rescindAll(party);
    }
  }

  /**
   * Takes back the role's own offers beyond its limit, then those of others until its guarantee could be met.
   *
   * @see Mesos, src/master/quota_handler.cpp: rescindOffers
   */
  setQuota(role: string, quota: RoleQuota): void {
    const books = this.#books;
    this.#quotas.set(role, quota);
    this.#apply(role, quota);
    const { view, hierarchy } = books;
    const consumed = this.#steps(hierarchy.consumed(role));
    const own = this.#offers((held) => isWithin(held.party.role, role));
    const total = consumed.slice();
    for (const held of own) add(total, held.amounts, 1);
    for (const held of own) {
      if (![...quota.limit].some(([r, limit]) => total[r]! > limit)) break;
      add(total, held.amounts, -1);
      this.#desk.rescind(held);
    }
    const free = Float64Array.from(view.resources, (_, r) => view.totalFree(r));
    for (const party of books.parties) for (const held of party.offers.values()) add(free, held.amounts, -1);
    const isShort = () => [...quota.guarantee].some(([r, least]) => consumed[r]! + free[r]! < least);
    for (const held of this.#offers((one) => !isWithin(one.party.role, role))) {
      if (!isShort()) break;
      add(free, held.amounts, 1);
      this.#desk.rescind(held);
    }
  }

  #apply(role: string, { guarantee, limit }: RoleQuota): void {
    const { view, hierarchy } = this.#books;
    hierarchy.setQuota(role, units(guarantee, view), units(limit, view));
  }

  #offers(concerns: (held: HeldOffer<FrameworkParty>) => boolean): HeldOffer<FrameworkParty>[] {
    return this.#books.parties.flatMap((party) => [...party.offers.values()].filter(concerns));
  }

  /** Whole steps, one a resource, of thousandths by name. */
  #steps(given: Readonly<Record<string, number>>): Float64Array {
    return Float64Array.from(this.#books.view.resources, ({ name }) => Math.round((given[name] ?? 0) * 1000));
  }
}

/** What the allocator takes for units: it counts in thousandths, the cluster in steps. */
function units(steps: ReadonlyMap<number, number>, view: ClusterView): Record<string, number> {
  return Object.fromEntries([...steps].map(([r, amount]) => [view.resources[r]!.name, amount / 1000]));
}

function add(sum: Float64Array, amounts: Float64Array, sign: 1 | -1): void {
  for (let r = 0; r < sum.length; r++) sum[r] = sum[r]! + sign * amounts[r]!;
}

function isWithin(role: string, top: string): boolean {
  return role === top || role.startsWith(`${top}/`);
}
