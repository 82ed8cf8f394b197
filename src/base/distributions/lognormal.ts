import { certain } from './constant.ts';
import { type Distribution, type DistributionDefinition, form } from './distribution.ts';
import { drawStandardNormal, normalQuantile } from './standard-normal.ts';

/**
 * The exponential of a normal, by the mean and the coefficient of variation of the draws themselves.
 *
 * With cv 0 it is the constant.
 *
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 1, 1994, chapter 14
 */
export const lognormal: DistributionDefinition = {
  name: 'lognormal',
  forms: [
    form({
      parameters: { mean: { kind: 'quantity', above: 0 }, cv: { kind: 'number', from: 0, to: 1_000 } },
      create: ({ mean, cv }) => (cv === 0 ? certain(mean) : byMeanAndCv(mean, cv)),
    }),
  ],
};

function byMeanAndCv(mean: number, cv: number): Distribution {
  const variance = Math.log(1 + cv * cv);
  const sigma = Math.sqrt(variance);
  const at = (z: number) => mean * Math.exp(sigma * z - variance / 2);
  return {
    name: 'lognormal',
    mean,
    draw: (random) => at(drawStandardNormal(random)),
    quantile: (p) => at(normalQuantile(p)),
  };
}
