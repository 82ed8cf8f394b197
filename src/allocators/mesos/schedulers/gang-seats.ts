import { type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { Offer, Seat } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';
import { RestOfOffer } from './rest-of-offer.ts';

/** Gives each queued task of a gang the first of the offers that still has room for it, or null where one finds none. */
export function seatGang(job: JobId, offers: readonly Offer[], work: OwnWork): readonly Seat[] | null {
  work.forgetTrials();
  const gang = new GangSeats(job, work);
  for (const offer of offers) gang.add(offer);
  return gang.settle() ? gang.seats : null;
}

/**
 * Seats a gang on offers that come one after the other, each task on the first that still has room for it.
 *
 * Every offer is looked at once a demand: what has been seated stays so, as the first room is not moved by later offers.
 */
export class GangSeats {
  readonly job: JobId;
  readonly seats: Seat[] = [];
  readonly #work: OwnWork;
  readonly #offers: Offer[] = [];
  /** Of the first offers only: as far as a task has come. */
  readonly #rests: RestOfOffer[] = [];
  readonly #restOn = new Map<NodeId, RestOfOffer>();
  /** The first task without a seat, or -1. */
  #next: TaskId;
  #sought: TaskId = NONE;
  #from = 0;

  constructor(job: JobId, work: OwnWork) {
    this.job = job;
    this.#work = work;
    this.#next = work.firstQueued(job);
  }

  add(offer: Offer): void {
    this.#offers.push(offer);
  }

  /** Seats what finds room; true once every task has its seat. */
  settle(): boolean {
    for (; this.#next !== NONE; this.#next = this.#work.nextQueued(this.#next)) {
      const task = this.#next;
      // Of like tasks none fits where the one before found no room.
      if (this.#sought !== NONE && !this.#work.isLike(this.#sought, task)) this.#from = 0;
      this.#sought = task;
      while (this.#from < this.#offers.length && !this.#rest(this.#from).fits(task)) this.#from++;
      if (this.#from === this.#offers.length) return false;
      const rest = this.#rest(this.#from);
      rest.take(task);
      this.seats.push({ task, offer: rest.offer });
    }
    return this.#haveDevices();
  }

  /** Looks once more whether there are devices for all together: those of other frameworks may have changed since. */
  #haveDevices(): boolean {
    const work = this.#work;
    const seats = this.seats.filter(({ task }) => work.needsDevices(task));
    if (seats.length === 0) return true;
    work.forgetTrials();
    for (const { task, offer } of seats) {
      if (!work.hasDevices(task, offer.node)) {
        this.#beginAnew();
        return false;
      }
      work.tryDevices(task, offer.node);
    }
    return true;
  }

  #beginAnew(): void {
    this.seats.length = 0;
    this.#rests.length = 0;
    this.#restOn.clear();
    this.#next = this.#work.firstQueued(this.job);
    this.#sought = NONE;
    this.#from = 0;
  }

  #rest(i: number): RestOfOffer {
    const known = this.#rests[i];
    if (known !== undefined) return known;
    const offer = this.#offers[i]!;
    const rest = new RestOfOffer(offer, this.#work);
    this.#rests.push(rest);
    if (!this.#restOn.has(offer.node)) this.#restOn.set(offer.node, rest);
    return rest;
  }

  /** The first offer of the same node that would, in one piece with this one, hold the task that has no seat. */
  otherPiece(offer: Offer): Offer | null {
    const rest = this.#restOn.get(offer.node);
    if (this.#next === NONE || rest === undefined || rest.offer === offer) return null;
    return rest.fitsWith(this.#next, offer.amounts) ? rest.offer : null;
  }
}
