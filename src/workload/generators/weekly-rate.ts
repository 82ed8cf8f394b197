import { SECOND, type Time } from '../../base/time.ts';
import type { Piece } from './rate-clock.ts';

const HOUR: Time = 3_600 * SECOND;
const HOURS_OF_WEEK = 168;

/** Every hour, or every day, like the next. */
export const FLAT_DAY: readonly number[] = new Array<number>(24).fill(1);
export const FLAT_WEEK: readonly number[] = new Array<number>(7).fill(1);

/**
 * Gives the rate hour by hour, week after week: `mean` times the weight of the hour of the day, times that of the day of
 * the week, each over its own mean, so that a whole week has `mean` on average.
 *
 * @param mean events per microsecond.
 * @param offset the time of the week at which to begin, microseconds since Monday midnight.
 */
export function weeklyRate(mean: number, hours: readonly number[], days: readonly number[], offset: Time): () => Piece {
  const scale = mean / (meanOf(hours) * meanOf(days));
  let hour = Math.floor(offset / HOUR) % HOURS_OF_WEEK;
  let passed = offset % HOUR;
  return () => {
    const rate = scale * hours[hour % 24]! * days[Math.floor(hour / 24)]!;
    const length = HOUR - passed;
    hour = (hour + 1) % HOURS_OF_WEEK;
    passed = 0;
    return { rate, length };
  };
}

function meanOf(weights: readonly number[]): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum / weights.length;
}
