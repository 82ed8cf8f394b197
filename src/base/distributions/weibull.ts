import { type DistributionDefinition, form } from './distribution.ts';
import { exponentialQuantile } from './exponential.ts';
import { logGamma } from './incomplete-gamma.ts';

/**
 * `scale` times an exponential of mean 1 to the power of 1 / `shape`: lifetimes whose failure rate falls (shape below
 * 1) or grows (above 1) with age; drawn by inversion.
 *
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 1, 1994, chapter 21
 */
export const weibull: DistributionDefinition = {
  name: 'weibull',
  forms: [
    form({
      parameters: { shape: { kind: 'number', from: 0.1, to: 1_000_000 }, scale: { kind: 'quantity', above: 0 } },
      create({ shape, scale }) {
        const quantile = (p: number) => scale * Math.exp(Math.log(exponentialQuantile(p)) / shape);
        return {
          name: 'weibull',
          mean: scale * Math.exp(logGamma(1 + 1 / shape)),
          quantile,
          draw: (random) => quantile(random()),
        };
      },
    }),
  ],
};
