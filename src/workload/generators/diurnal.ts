import type { GeneratorDefinition } from './generator.ts';
import { rateClock, unitGaps } from './rate-clock.ts';
import { FLAT_DAY, FLAT_WEEK, weeklyRate } from './weekly-rate.ts';

/** A Poisson stream whose rate depends on the hour of the day and the day of the week. */
export const diurnal: GeneratorDefinition = {
  name: 'diurnal',
  summary: 'arrivals by hour of the day and day of the week, else independent',
  source: 'Çinlar, Introduction to Stochastic Processes, 1975, section 4.7 (inversion of the cumulated rate)',
  keys: {
    framework: 'needed',
    rate: 'needed',
    hours: 'optional',
    days: 'optional',
    offset: 'optional',
    tasks: 'optional',
    demand: 'needed',
    duration: 'needed',
  },
  arrivals: ({ rate, hours, days, offset }, stream) =>
    rateClock(unitGaps(stream('arrivals')), weeklyRate(rate!, hours ?? FLAT_DAY, days ?? FLAT_WEEK, offset)),
};
