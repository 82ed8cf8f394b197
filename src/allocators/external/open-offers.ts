import type { Offer } from '../mesos/schedulers/framework-scheduler.ts';
import { WrongDecision } from './wrong-decision.ts';

/** The offers that a framework may still use. */
export class OpenOffers {
  readonly #open = new Map<number, Offer>();
  readonly #held = new Map<number, Offer>();
  #highest = -1;

  add(offer: Offer): void {
    this.#open.set(offer.id, offer);
    this.#highest = Math.max(this.#highest, offer.id);
  }

  /** The offer is no longer the framework's. */
  remove(id: number): void {
    this.#open.delete(id);
    this.#held.delete(id);
  }

  /** What is held of an offer goes by the number of the offer. */
  hold(id: number, held: Offer): void {
    this.#held.set(id, held);
  }

  /** Gives an offer that waits for its answer; throws a WrongDecision where there is none. */
  open(id: number): Offer {
    const offer = this.#open.get(id);
    if (offer !== undefined) return offer;
    if (this.#held.has(id)) throw new WrongDecision(`offer ${id} is held, and was answered by that`);
    if (id > this.#highest) throw new WrongDecision(`there is no offer ${id}`);
    throw new WrongDecision(
      `offer ${id} is not open: it was answered already, taken back, or never made to this framework`,
    );
  }

  /** Gives an offer that the framework holds; throws a WrongDecision where there is none. */
  held(id: number): Offer {
    const offer = this.#held.get(id);
    if (offer === undefined) throw new WrongDecision(`offer ${id} is not held`);
    return offer;
  }
}
