import { SECOND } from '../../base/time.ts';
import type { GeneratorDefinition, Submitter } from './generator.ts';
import { quantileLaw } from './quantile-law.ts';
import { renewals } from './renewals.ts';

/*
 * Fitted to google2011/job_events.csv.gz, 666,430 jobs that were submitted, scheduled and ended inside the trace, by
 * `tsx bench/fit-generators.ts <logs> google`.
 */

/** Seconds from first schedule to last end, at least 1; Kolmogorov-Smirnov distance 0.007, mean 2,856 s. */
export const RUNS = quantileLaw([
  1, 15.69, 21.56, 26.33, 33.31, 45.79, 61.84, 76.37, 92.19, 113.2, 140.4, 175.6, 214.3, 254, 296.9, 351.8, 440.3,
  620.1, 960.7, 1650, 3714, 7694, 29_770, 82_280, 583_400, 782_900, 973_300,
]);

/** Seconds between submissions; Kolmogorov-Smirnov distance 0.084, since gaps of parts of a second come in spikes. */
export const GAPS = quantileLaw([
  0.000001, 0.000001, 0.000001, 0.000001, 0.000074, 0.002359, 0.002939, 0.004286, 0.006282, 0.01162, 0.0839, 0.8856,
  1.328, 1.719, 2.149, 2.874, 4.058, 6.071, 9.006, 12.67, 17.14, 21.05, 31.41, 38.59, 54.38, 61.77, 69.1,
]);

/** Shares of the jobs of the 50 users who submit most, 89 % of all. */
export const USERS: readonly Submitter[] = [
  0.1474, 0.1051, 0.07899, 0.05062, 0.03843, 0.03763, 0.02963, 0.02389, 0.02382, 0.02293, 0.02249, 0.02208, 0.02139,
  0.01987, 0.01831, 0.01744, 0.01744, 0.01457, 0.0126, 0.01141, 0.009997, 0.009991, 0.009143, 0.008266, 0.007882,
  0.007483, 0.007098, 0.006766, 0.006268, 0.005969, 0.005816, 0.005361, 0.004608, 0.004506, 0.00417, 0.003981, 0.003813,
  0.003748, 0.003483, 0.003438, 0.003342, 0.003274, 0.003268, 0.003171, 0.003139, 0.003025, 0.002991, 0.002929,
  0.002884, 0.002866,
].map((weight, i) => ({ name: `user-${i + 1}`, weight }));

/** Jobs of a cell that mixes production and batch: many short, a few that run for days, by users as unlike as these. */
export const googleLike: GeneratorDefinition = {
  name: 'google-like',
  summary: 'jobs of a Borg cell: arrivals, run times and users of the Google trace of 2011',
  source: 'Google cluster data 2011-2, job events; fitted here',
  keys: {
    ...{ framework: 'optional', rate: 'optional', hours: 'optional', days: 'optional', offset: 'optional' },
    ...{ tasks: 'optional', demand: 'needed', duration: 'optional', as: 'optional' },
  },
  frameworks: USERS,
  arrivals: renewals(GAPS),
  jobs(_, context) {
    const random = context.stream('durations');
    return () => [{ tasks: 1, run: RUNS.draw(random) * SECOND, demand: {} }];
  },
};
