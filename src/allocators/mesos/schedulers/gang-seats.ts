import { type JobId, NONE } from '../../../base/ids.ts';
import type { Offer, Seat } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';
import { RestOfOffer } from './rest-of-offer.ts';

/** Gives each queued task of a gang the first of the offers that still has room for it, or null where one finds none. */
export function seatGang(job: JobId, offers: readonly Offer[], work: OwnWork): Seat[] | null {
  const rests = offers.map((offer) => new RestOfOffer(offer, work));
  const seats: Seat[] = [];
  let from = 0;
  let before = NONE;
  for (let task = work.firstQueued(job); task !== NONE; task = work.nextQueued(task)) {
    // Of like tasks none fits where the one before found no room.
    if (before !== NONE && !isLike(before, task, work)) from = 0;
    while (from < rests.length && !rests[from]!.fits(task)) from++;
    const rest = rests[from];
    if (rest === undefined) return null;
    rest.take(task);
    seats.push({ task, offer: rest.offer });
    before = task;
  }
  return seats;
}

function isLike(a: number, b: number, work: OwnWork): boolean {
  for (let r = 0; r < work.resources; r++) if (work.demand(a, r) !== work.demand(b, r)) return false;
  return true;
}
