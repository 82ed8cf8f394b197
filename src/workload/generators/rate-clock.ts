import { exponentialQuantile } from '../../base/distributions/exponential.ts';
import type { Random } from '../../base/random.ts';
import type { ArrivalClock } from './generator.ts';

/** A time for which a rate stays the same. */
export interface Piece {
  /** Events per microsecond. */
  readonly rate: number;
  /** Microseconds. */
  readonly length: number;
}

/**
 * Gives arrivals whose rate changes with time: a gap is drawn in units of expected arrivals and then walked off at the
 * rate of each piece, which inverts the cumulated rate exactly. With gaps of an exponential of mean 1 this is the Poisson
 * process of that rate.
 *
 * @see Çinlar, Introduction to Stochastic Processes, 1975, section 4.7
 * @param next gives the next piece of time; some of them must have a rate above 0.
 */
export function rateClock(gap: () => number, next: () => Piece): ArrivalClock {
  let now = 0;
  let { rate, length } = next();
  let end = length;
  return () => {
    let work = gap();
    for (let room = rate * (end - now); work > room || rate === 0; room = rate * (end - now)) {
      work -= room;
      now = end;
      ({ rate, length } = next());
      end = now + length;
    }
    now += work / rate;
    return now;
  };
}

/** Gives gaps of the Poisson process of rate 1. */
export function unitGaps(random: Random): () => number {
  return () => exponentialQuantile(random());
}
