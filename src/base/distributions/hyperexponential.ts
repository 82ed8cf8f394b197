import type { Problem } from '../errors.ts';
import { bisect } from './bisection.ts';
import { type Distribution, type DistributionDefinition, form } from './distribution.ts';
import { exponentialQuantile } from './exponential.ts';

/** How far from 1 the sum of probabilities may lie for having been written in decimals. */
const DECIMALS = 1e-9;

/**
 * One of several exponentials, chosen by chance: more variable than a single one.
 *
 * By `mean` and `cv` it has two phases of balanced means, each contributing half of the mean.
 *
 * @see Whitt, Approximating a point process by a renewal process I, Operations Research 30(1), 1982
 */
export const hyperexponential: DistributionDefinition = {
  name: 'hyperexponential',
  forms: [
    form({
      parameters: { probabilities: { kind: 'numbers', from: 0, to: 1 }, means: { kind: 'quantities', above: 0 } },
      check({ probabilities, means }) {
        const problems: Problem[] = [];
        if (probabilities.length !== means.length) {
          problems.push({
            path: 'means',
            message: `must have as many values as \`probabilities\` (${probabilities.length}), not ${means.length}`,
          });
        }
        const sum = total(probabilities);
        if (Math.abs(sum - 1) > DECIMALS) {
          problems.push({ path: 'probabilities', message: `must sum to 1, not to ${Number(sum.toPrecision(12))}` });
        }
        return problems;
      },
      create: ({ probabilities, means }) => mixture(probabilities, means),
    }),
    form({
      parameters: { mean: { kind: 'quantity', above: 0 }, cv: { kind: 'number', from: 1, to: 1_000 } },
      create({ mean, cv }) {
        const square = cv * cv;
        const root = Math.sqrt((square - 1) / (square + 1));
        // (1 - root) / 2, written so that no digit is lost where root is near 1.
        const rare = 1 / ((square + 1) * (1 + root));
        const common = 1 - rare;
        return mixture([common, rare], [mean / (2 * common), mean / (2 * rare)]);
      },
    }),
  ],
};

function mixture(weights: readonly number[], means: readonly number[]): Distribution {
  const sum = total(weights);
  const probabilities = weights.map((weight) => weight / sum);
  const longest = means.reduce((a, b) => Math.max(a, b));
  // The phase that takes what rounding leaves over; one of probability 0 must not.
  const last = probabilities.findLastIndex((p) => p > 0);
  const survival = (x: number) => total(probabilities.map((p, phase) => p * Math.exp(-x / means[phase]!)));
  return {
    name: 'hyperexponential',
    mean: total(probabilities.map((p, phase) => p * means[phase]!)),
    draw(random) {
      let rest = random() - probabilities[0]!;
      let phase = 0;
      while (rest >= 0 && phase < last) {
        phase += 1;
        rest -= probabilities[phase]!;
      }
      return means[phase]! * exponentialQuantile(random());
    },
    quantile(p) {
      if (p <= 0) return 0;
      if (p >= 1) return Number.POSITIVE_INFINITY;
      return bisect(0, longest * exponentialQuantile(p), (x) => survival(x) > 1 - p);
    },
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
