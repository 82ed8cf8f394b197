import { PolicyFactKind } from '../../policy-fact.ts';
import type { Offer as AllocatorOffer, InverseOffer } from '../offer.ts';
import type { FrameworkParty } from './framework-party.ts';
import { HeldOffer } from './held-offer.ts';
import type { MasterBooks } from './master-books.ts';

/** Makes offers of what the allocator gives out, hands them to frameworks, and takes them back. */
export class OfferDesk {
  readonly #books: MasterBooks;
  #next = 1;

  constructor(books: MasterBooks) {
    this.#books = books;
  }

  /** Hands on what the allocator offers to a framework, after the time that this takes to think. */
  offer(party: FrameworkParty, given: readonly AllocatorOffer[], think: number): void {
    const books = this.#books;
    const { now } = books;
    if (party.standing !== 'registered') {
      for (const { node, resources } of given) books.recoverOffered(party, books.nodeByName.get(node)!, resources);
      return;
    }
    const offers: HeldOffer<FrameworkParty>[] = [];
    for (const { node: name, resources } of given) {
      const node = books.nodeByName.get(name)!;
      const held = new HeldOffer(this.#next++, party, node, resources, now, books.view.resources.length);
      party.offers.set(held.id, held);
      offers.push(held);
      books.record(PolicyFactKind.offered, party.id, node, held.amounts);
    }
    this.#armTimeout(offers);
    const deliver = () => {
      const open = offers.filter(({ isLive }) => isLive);
      if (open.length === 0) return;
      books.tell(party, () => party.scheduler.onOffers(open));
      books.onActed(party);
    };
    if (think === 0) deliver();
    else books.clock.schedule(now + think, deliver);
  }

  /** Notes that a framework was asked to leave a node; ours have no way to, so they let it be. */
  offerInverse(party: FrameworkParty, offers: readonly InverseOffer[]): void {
    const books = this.#books;
    for (const { node } of offers) {
      books.record(PolicyFactKind.inverseOffered, party.id, books.nodeByName.get(node)!);
      books.hierarchy.answerInverseOffer(party.name, node, books.hierarchy.interval);
    }
  }

  /** Takes an offer back, and sets no filter. */
  rescind(held: HeldOffer<FrameworkParty>): void {
    const books = this.#books;
    const { party, node, bundle } = held;
    held.isLive = false;
    party.offers.delete(held.id);
    books.record(PolicyFactKind.rescinded, party.id, node, held.amounts, books.now - held.since);
    books.recoverOffered(party, node, bundle);
    if (party.standing === 'registered') books.tell(party, () => party.scheduler.onRescinded?.(held));
  }

  rescindAll(party: FrameworkParty): void {
    for (const held of [...party.offers.values()]) this.rescind(held);
  }

  /** Takes back every offer of a node. */
  rescindNode(node: number): void {
    for (const party of this.#books.parties) {
      for (const held of [...party.offers.values()]) if (held.node === node) this.rescind(held);
    }
  }

  #armTimeout(offers: readonly HeldOffer<FrameworkParty>[]): void {
    const { clock, flags, now } = this.#books;
    if (flags.offerTimeout === null) return;
    clock.schedule(now + flags.offerTimeout, () => {
      for (const held of offers) if (held.isLive) this.rescind(held);
    });
  }
}
