import type { Distribution } from '../../base/distributions.ts';
import { quantileLaw } from './quantile-law.ts';

/** Jobs of about one number of maps. */
export interface FacebookBin {
  /** Share of all jobs, and of those the ones that have reduces. */
  readonly share: number;
  readonly reducing: number;
  readonly maps: Distribution;
  readonly reduces: Distribution;
}

/** Jobs of one log. */
export interface FacebookLog {
  /** Seconds between jobs. */
  readonly gaps: Distribution;
  readonly bins: readonly FacebookBin[];
}

/**
 * Bins of 1, 2, up to 10, 50, 100, 200 and 400 maps and more, fitted by `tsx bench/fit-generators.ts <logs> facebook` to
 * swim/FB-2009_samples_24_times_1hr_0 and _1 (12,451 jobs with bytes) and FB-2010_samples_24_times_1hr_0 (24,315). A map is
 * one block of 128 MiB of input, a reduce 1 GiB of what is shuffled, one at least. Kolmogorov-Smirnov distances are at most
 * 0.049, but 0.084 for the maps of 101 to 200 of 2009.
 */
export const FACEBOOK: Readonly<Record<2009 | 2010, FacebookLog>> = {
  2009: {
    gaps: quantileLaw([
      0.01, 0.01, 1, 1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 11, 13, 15, 19, 24, 32, 47, 60, 99, 125, 214, 324, 1969,
    ]),
    bins: [
      {
        share: 0.8486,
        reducing: 0.166,
        maps: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]),
      },
      {
        share: 0.011565,
        reducing: 0.8195,
        maps: quantileLaw([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 5, 5, 5, 5]),
      },
      {
        share: 0.043369,
        reducing: 0.8315,
        maps: quantileLaw([3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 7, 7, 8, 8, 9, 9, 10, 10, 10, 10, 10, 10]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 6, 7, 10, 19, 23, 23, 23]),
      },
      {
        share: 0.032606,
        reducing: 0.7956,
        maps: quantileLaw([
          11, 11, 12, 13, 14, 14, 16, 16, 18, 18, 20, 22, 23, 25, 28, 31, 32, 33, 36, 40, 46, 47, 49, 50, 50, 50, 50,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 5, 6, 9, 10, 13, 17, 22, 30, 60, 132, 136, 136, 136,
        ]),
      },
      {
        share: 0.01317,
        reducing: 0.7988,
        maps: quantileLaw([
          51, 51, 53, 53, 53, 53, 55, 58, 61, 63, 67, 70, 73, 77, 80, 83, 86, 88, 91, 93, 95, 97, 100, 100, 100, 100,
          100,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 8, 9, 11, 11, 12, 13, 14, 20, 21, 51, 53, 68, 77, 77, 77, 77,
        ]),
      },
      {
        share: 0.017746,
        reducing: 0.7692,
        maps: quantileLaw([
          101, 105, 106, 106, 106, 106, 111, 116, 122, 125, 132, 137, 137, 140, 144, 148, 152, 157, 163, 178, 186, 193,
          194, 196, 199, 199, 199,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7, 14, 16, 18, 19, 19, 20, 22, 28, 44, 66, 80, 145, 149, 149, 149, 149,
        ]),
      },
      {
        share: 0.014942,
        reducing: 0.7904,
        maps: quantileLaw([
          201, 202, 211, 214, 224, 233, 255, 271, 286, 293, 300, 308, 309, 312, 318, 329, 359, 364, 373, 387, 395, 397,
          398, 399, 399, 399, 399,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 3, 5, 6, 9, 11, 13, 13, 16, 21, 29, 38, 43, 74, 121, 131, 162, 177, 177, 177, 177,
        ]),
      },
      {
        share: 0.01799,
        reducing: 0.7098,
        maps: quantileLaw([
          403, 405, 416, 416, 431, 466, 497, 537, 572, 621, 666, 694, 783, 933, 971, 1036, 1422, 1839, 2546, 2964, 3847,
          4398, 9241, 12_500, 56_260, 56_260, 56_260,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 8, 21, 36, 61, 67, 118, 150, 199, 362, 501, 727, 1122, 8217, 8217, 8217,
          8217,
        ]),
      },
    ],
  },
  2010: {
    gaps: quantileLaw([
      0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 12, 16, 24, 30, 44, 52, 2206,
    ]),
    bins: [
      {
        share: 0.6435,
        reducing: 0.6291,
        maps: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 56, 1660]),
      },
      {
        share: 0.02948,
        reducing: 0.5746,
        maps: quantileLaw([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 5, 5, 5]),
      },
      {
        share: 0.06325,
        reducing: 0.6756,
        maps: quantileLaw([3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 8, 8, 9, 10, 10, 10, 10, 10, 10, 10]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4, 4, 5, 5]),
      },
      {
        share: 0.12336,
        reducing: 0.8163,
        maps: quantileLaw([
          11, 11, 12, 13, 15, 18, 21, 21, 21, 22, 24, 24, 25, 25, 27, 27, 27, 30, 32, 42, 49, 49, 50, 50, 50, 50, 50,
        ]),
        reduces: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 6, 8, 17, 21, 33, 35, 35]),
      },
      {
        share: 0.02044,
        reducing: 0.6257,
        maps: quantileLaw([
          51, 51, 52, 52, 52, 54, 57, 58, 60, 63, 66, 68, 71, 73, 76, 79, 82, 86, 90, 93, 96, 98, 100, 100, 100, 100,
          100,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 4, 5, 7, 9, 10, 11, 13, 17, 24, 31, 38, 45, 53, 94, 94, 94,
        ]),
      },
      {
        share: 0.01587,
        reducing: 0.7694,
        maps: quantileLaw([
          101, 102, 104, 109, 112, 116, 122, 126, 130, 134, 138, 144, 148, 155, 160, 163, 167, 173, 184, 191, 196, 197,
          199, 200, 200, 200, 200,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 5, 7, 9, 12, 21, 35, 43, 54, 69, 201, 228, 229, 229, 229,
        ]),
      },
      {
        share: 0.022826,
        reducing: 0.7189,
        maps: quantileLaw([
          202, 206, 206, 215, 228, 238, 241, 243, 244, 253, 262, 276, 280, 292, 299, 314, 336, 352, 362, 371, 387, 393,
          398, 399, 400, 400, 400,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 7, 10, 35, 43, 64, 103, 144, 209, 368, 405, 430, 430, 430,
        ]),
      },
      {
        share: 0.08122,
        reducing: 0.6932,
        maps: quantileLaw([
          401, 416, 426, 468, 510, 585, 674, 791, 888, 1049, 1297, 1412, 1459, 1689, 2033, 2746, 3139, 4788, 6917, 9320,
          19_230, 20_860, 34_850, 49_370, 86_470, 87_310, 87_310,
        ]),
        reduces: quantileLaw([
          1, 1, 1, 1, 1, 1, 1, 1, 2, 5, 11, 18, 22, 27, 46, 60, 101, 162, 245, 597, 1319, 1938, 3549, 6198, 27_390,
          27_750, 27_750,
        ]),
      },
    ],
  },
};
