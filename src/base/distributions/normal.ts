import { certain } from './constant.ts';
import { type Distribution, type DistributionDefinition, form } from './distribution.ts';
import { drawStandardNormal, normalDensity, normalQuantile, normalTail } from './standard-normal.ts';

/**
 * The normal of `mean` and `sd` truncated below at `min` (0 unless given): draws below it are made again.
 *
 * The mean and quantiles reported are those of the truncated law, whose mean lies above `mean`. `min` may not pass
 * `mean`, so at least every second draw is kept.
 *
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 1, 1994, chapter 13
 */
export const normal: DistributionDefinition = {
  name: 'normal',
  forms: [
    form({
      parameters: { mean: { kind: 'quantity' }, sd: { kind: 'quantity' }, min: { kind: 'quantity', optional: true } },
      check: ({ mean, min }) =>
        min === undefined || min <= mean ? [] : [{ path: 'min', message: 'must not be above `mean`' }],
      create: ({ mean, sd, min = 0 }) => (sd === 0 ? certain(mean) : truncated(mean, sd, min)),
    }),
  ],
};

function truncated(mean: number, sd: number, min: number): Distribution {
  const cut = (mean - min) / sd;
  const lost = normalTail(cut);
  const kept = 1 - lost;
  return {
    name: 'normal',
    mean: mean + (sd * normalDensity(cut)) / kept,
    draw(random) {
      for (;;) {
        const value = mean + sd * drawStandardNormal(random);
        if (value >= min) return value;
      }
    },
    // Each half counts from its own end, where doubles lie densest.
    quantile: (p) =>
      Math.max(min, mean + sd * (p < 0.5 ? normalQuantile(lost + p * kept) : -normalQuantile((1 - p) * kept))),
  };
}
