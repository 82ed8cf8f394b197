import type { JobId } from '../../../base/ids.ts';
import type { FrameworkDriver, FrameworkScheduler, Offer, SchedulerContext } from './framework-scheduler.ts';
import { seatGang } from './gang-seats.ts';
import type { OwnWork } from './own-work.ts';
import { RestOfOffer } from './rest-of-offer.ts';

/** How a framework fills one offer with tasks of its own that are no gangs. */
export interface Filling {
  fill(rest: RestOfOffer): void;
  /** The gangs that may start now, who goes first first; each is asked for after the one before has started or not. */
  gangs(): Iterable<JobId>;
  /** True if a gang that finds no room holds up those behind it. */
  readonly strict: boolean;
}

/** Launches what it can on whatever it is offered at once, gangs first, and declines the rest. */
export class FillingScheduler implements FrameworkScheduler {
  readonly #driver: FrameworkDriver;
  readonly #work: OwnWork;
  readonly #filling: Filling;

  constructor({ driver, work }: SchedulerContext, filling: Filling) {
    this.#driver = driver;
    this.#work = work;
    this.#filling = filling;
  }

  onOffers(offers: readonly Offer[]): void {
    for (const offer of this.#startGangs(offers)) {
      const rest = new RestOfOffer(offer, this.#work);
      this.#filling.fill(rest);
      if (rest.tasks.length > 0) this.#driver.accept(offer, rest.tasks);
      else this.#driver.decline(offer);
    }
  }

  /** Gives the offers that are left. */
  #startGangs(offers: readonly Offer[]): readonly Offer[] {
    let left = offers;
    for (const job of this.#filling.gangs()) {
      const seats = seatGang(job, left, this.#work);
      if (seats === null) {
        if (this.#filling.strict) break;
        continue;
      }
      this.#driver.acceptGang(job, seats);
      const used = new Set(seats.map(({ offer }) => offer));
      left = left.filter((offer) => !used.has(offer));
    }
    return left;
  }
}
