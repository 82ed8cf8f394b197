import { SECOND } from '../../base/time.ts';
import type { GeneratorDefinition, Submitter } from './generator.ts';
import { pick } from './pick.ts';
import { quantileLaw } from './quantile-law.ts';
import { renewals } from './renewals.ts';

/*
 * Fitted to philly/philly.csv.gz by `tsx bench/fit-generators.ts <logs> gpu`: the 79,968 jobs submitted from day 20 on
 * for 77 days, before and after which hardly any are recorded. Times of day are taken as UTC, which the log does not say.
 */

/** Virtual clusters with their shares of the jobs. */
const CLUSTERS: readonly Submitter[] = [
  0.5086, 0.1882, 0.1224, 0.09224, 0.02278, 0.01727, 0.01601, 0.01421, 0.008754, 0.00504, 0.004289,
].map((weight, i) => ({ name: `vc-${i + 1}`, weight }));

const HOURS = [
  1.26, 0.99, 1.11, 1.11, 0.68, 1.13, 1.68, 2.1, 1.11, 1.01, 1.03, 0.87, 0.75, 0.7, 0.64, 0.65, 0.89, 0.67, 0.8, 0.72,
  1.02, 0.89, 1.14, 1.01,
];
const DAYS = [0.86, 1.03, 1.14, 1.28, 1.46, 0.62, 0.61];

/** Seconds between jobs; Kolmogorov-Smirnov distance 0.048, mean 83 s: jobs come in bursts. */
export const GAPS = quantileLaw([
  0.1, 0.1, 0.1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 13, 17, 23, 38, 88, 181, 337, 599, 600, 601, 602, 1200, 1510, 5225,
]);

export const GPUS = [
  { share: 0.9333, gpus: 1 },
  { share: 0.02283, gpus: 4 },
  { share: 0.02151, gpus: 2 },
  { share: 0.01928, gpus: 8 },
  { share: 0.002138, gpus: 16 },
  { share: 0.0007128, gpus: 32 },
];

/** Seconds by the GPUs of a job, from so many on; distances 0.019, 0.049, 0.019 and 0.017. */
export const RUNS = [
  {
    from: 1,
    runs: quantileLaw([
      1, 32, 53, 63, 69, 77, 133, 227, 421, 617, 881, 1158, 1468, 1770, 2073, 2477, 2725, 3783, 5346, 8452, 18_400,
      42_610, 128_800, 252_600, 701_300, 961_400, 961_400,
    ]),
  },
  {
    from: 2,
    runs: quantileLaw([
      2, 5, 9, 11, 13, 14, 16, 17, 18, 19, 20, 21, 22, 24, 27, 32, 75, 131, 22_900, 79_260, 212_500, 270_600, 526_300,
      853_000, 1_521_000, 2_583_000, 2_583_000,
    ]),
  },
  {
    from: 4,
    runs: quantileLaw([
      9, 37, 80, 139, 182, 413, 775, 1694, 4519, 7696, 13_210, 17_670, 26_870, 36_340, 56_900, 78_640, 89_420, 105_200,
      151_000, 184_200, 270_000, 440_800, 794_200, 1_193_000, 2_642_000, 2_751_000, 2_751_000,
    ]),
  },
  {
    from: 8,
    runs: quantileLaw([
      9, 34, 87, 201, 390, 615, 1183, 3274, 6075, 11_810, 16_460, 24_280, 45_050, 62_370, 99_440, 134_300, 167_600,
      193_500, 229_000, 308_300, 451_400, 591_800, 931_700, 1_370_000, 2_127_000, 2_214_000, 2_214_000,
    ]),
  },
];

/** Training jobs of deep learning: most on one GPU, those on more run longer; all GPUs of a job start together. */
export const gpuCluster: GeneratorDefinition = {
  name: 'gpu-cluster',
  summary: 'training jobs by GPUs, with bursts and a weekly cycle: the Philly trace',
  source: 'Jeon et al., Analysis of large-scale multi-tenant GPU clusters, ATC 2019, as published; fitted here',
  keys: {
    ...{ framework: 'optional', rate: 'optional', hours: 'optional', days: 'optional', offset: 'optional' },
    ...{ tasks: 'optional', demand: 'optional', duration: 'optional', as: 'optional' },
  },
  frameworks: CLUSTERS,
  as: 'gang',
  arrivals: renewals(GAPS, HOURS, DAYS),
  jobs(_, context) {
    const sizes = context.stream('sizes');
    const random = context.stream('durations');
    return () => {
      const { gpus } = pick(GPUS, sizes());
      const { runs } = RUNS.findLast(({ from }) => gpus >= from)!;
      return [{ tasks: gpus, run: runs.draw(random) * SECOND, demand: { gpus: 1 } }];
    };
  },
};
