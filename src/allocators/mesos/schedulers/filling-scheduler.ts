import type { JobId } from '../../../base/ids.ts';
import type { FrameworkDriver, FrameworkScheduler, Offer, SchedulerContext } from './framework-scheduler.ts';
import { LeastDemand } from './least-demand.ts';
import type { OwnWork } from './own-work.ts';
import { RestOfOffer } from './rest-of-offer.ts';
import { startGangs } from './start-gangs.ts';

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
  readonly #least: LeastDemand;

  constructor({ driver, work }: SchedulerContext, filling: Filling) {
    this.#driver = driver;
    this.#work = work;
    this.#filling = filling;
    this.#least = new LeastDemand(work);
  }

  #awaitsGang(): boolean {
    for (const _ of this.#filling.gangs()) return true;
    return false;
  }

  onOffers(offers: readonly Offer[]): void {
    const { strict } = this.#filling;
    const left = startGangs(offers, this.#filling.gangs(), this.#driver, this.#work, strict);
    const least = this.#least.now();
    const awaits = this.#awaitsGang();
    for (const offer of left) {
      const rest = new RestOfOffer(offer, this.#work, least);
      if (!rest.isFull) this.#filling.fill(rest);
      // Offers that a gang waits for must come together: what is refused for longer would come one by one. Where the
      // order is strict, what has just been filled may have brought a gang to the head.
      const refuse = (strict ? this.#awaitsGang() : awaits) ? 0 : undefined;
      if (rest.tasks.length > 0) this.#driver.accept(offer, rest.tasks, refuse);
      else this.#driver.decline(offer, refuse);
    }
  }

  onJobEnded(job: JobId): void {
    this.#least.onJobEnded(job);
  }
}
