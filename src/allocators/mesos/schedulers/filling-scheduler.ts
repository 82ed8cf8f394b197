import type { JobId } from '../../../base/ids.ts';
import { below, type Random } from '../../../base/random.ts';
import { NEVER, type Time } from '../../../base/time.ts';
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

/**
 * Launches what it can on whatever it is offered at once, gangs first, and declines the rest.
 *
 * While a gang waits, offers that it has no other use for are kept for it: nodes are dealt out one by one, and two who
 * wait for gangs would share them between them for ever. After a while, drawn anew each time so that not all give up
 * together, they are declined.
 */
export class FillingScheduler implements FrameworkScheduler {
  readonly #driver: FrameworkDriver;
  readonly #work: OwnWork;
  readonly #filling: Filling;
  readonly #least: LeastDemand;
  readonly #random: Random;
  /** Kept for a gang, in the order in which they came. */
  #kept: readonly Offer[] = [];
  /** The shortest time after which an offer that it kept was taken back. */
  #shortest: Time = NEVER;
  /** When they are declined. */
  #until: Time = Number.NaN;

  constructor({ driver, work, stream }: SchedulerContext, filling: Filling) {
    this.#driver = driver;
    this.#work = work;
    this.#filling = filling;
    this.#least = new LeastDemand(work);
    this.#random = stream('gangs');
  }

  onOffers(offers: readonly Offer[]): void {
    const before = this.#kept;
    this.#kept = [];
    const { strict } = this.#filling;
    const all = before.length === 0 ? offers : [...before, ...offers];
    const left = startGangs(all, this.#filling.gangs(), this.#driver, this.#work, strict);
    const least = this.#least.now();
    const awaited = this.#awaitsGang();
    const kept: Offer[] = [];
    for (const offer of left) {
      const rest = new RestOfOffer(offer, this.#work, least);
      if (!rest.isFull) this.#filling.fill(rest);
      // Where the order is strict, what has just been filled may have brought a gang to the head.
      const awaits = strict ? this.#awaitsGang() : awaited;
      if (rest.tasks.length > 0) this.#driver.accept(offer, rest.tasks, awaits ? 0 : undefined);
      else if (awaits) kept.push(offer);
      else this.#driver.decline(offer);
    }
    this.#kept = kept;
    if (kept.length === 0) return;
    if (before.length === 0) this.#until = this.#driver.now + this.#patience();
    this.#driver.wakeAt(this.#until);
  }

  onWake(): void {
    if (this.#kept.length === 0) return;
    if (this.#driver.now < this.#until) this.onOffers([]);
    else {
      for (const offer of this.#kept) this.#driver.decline(offer);
      this.#kept = [];
    }
  }

  onRescinded(offer: Offer): void {
    const kept = this.#kept.filter((each) => each !== offer);
    if (kept.length < this.#kept.length) this.#shortest = Math.min(this.#shortest, this.#driver.now - offer.since);
    this.#kept = kept;
  }

  onJobEnded(job: JobId): void {
    this.#least.onJobEnded(job);
  }

  onJobQueued(): void {
    // What is kept may be of use for it.
    if (this.#kept.length > 0) this.#driver.wakeAt(this.#driver.now);
  }

  onTasksReady(): void {
    this.onJobQueued();
  }

  /**
   * Once to twice as long as it refuses what it declines; less, but not much less, where the master takes offers back
   * before that: what it takes back is not refused, so that the same would keep the same again.
   */
  #patience(): Time {
    const { refuse } = this.#driver;
    const least = Math.min(refuse, Math.max(Math.floor(refuse / 10), Math.floor(this.#shortest / 2)));
    return least + below(this.#random, least + 1);
  }

  #awaitsGang(): boolean {
    for (const _ of this.#filling.gangs()) return true;
    return false;
  }
}
