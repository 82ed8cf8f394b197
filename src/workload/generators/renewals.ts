import type { Distribution } from '../../base/distributions.ts';
import { SECOND } from '../../base/time.ts';
import type { GeneratorDefinition } from './generator.ts';
import { rateClock } from './rate-clock.ts';
import { FLAT_DAY, FLAT_WEEK, weeklyRate } from './weekly-rate.ts';

/**
 * Gives arrivals with independent gaps of one law, in seconds, stretched where few come and pressed together where many do;
 * their mean is that of the law unless a rate is given.
 */
export function renewals(
  gaps: Distribution,
  usualHours: readonly number[] = FLAT_DAY,
  usualDays: readonly number[] = FLAT_WEEK,
): GeneratorDefinition['arrivals'] {
  const mean = gaps.mean!;
  return ({ rate, hours, days, offset }, stream) => {
    const random = stream('arrivals');
    const perMicrosecond = rate ?? 1 / (mean * SECOND);
    return rateClock(
      () => gaps.draw(random) / mean,
      weeklyRate(perMicrosecond, hours ?? usualHours, days ?? usualDays, offset),
    );
  };
}
