import type { JobId } from '../../../base/ids.ts';
import type { FrameworkDriver, Offer } from './framework-scheduler.ts';
import { seatGang } from './gang-seats.ts';
import type { OwnWork } from './own-work.ts';

/**
 * Starts those of the gangs that find room on the offers, one after the other.
 *
 * @param strict true if a gang that finds no room holds up those behind it.
 * @returns the offers that no gang has used.
 */
export function startGangs(
  offers: readonly Offer[],
  gangs: Iterable<JobId>,
  driver: FrameworkDriver,
  work: OwnWork,
  strict: boolean,
): readonly Offer[] {
  let left = offers;
  for (const job of gangs) {
    const seats = seatGang(job, left, work);
    if (seats === null) {
      if (strict) break;
      continue;
    }
    // What it leaves of its offers may do for those behind it.
    driver.acceptGang(job, seats, 0);
    const used = new Set(seats.map(({ offer }) => offer));
    left = left.filter((offer) => !used.has(offer));
  }
  return left;
}
