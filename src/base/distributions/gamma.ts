import type { Random } from '../random.ts';
import { bisect } from './bisection.ts';
import { certain } from './constant.ts';
import { type Distribution, type DistributionDefinition, form } from './distribution.ts';
import { gammaBelow } from './incomplete-gamma.ts';
import { drawStandardNormal } from './standard-normal.ts';

/** Below this coefficient of variation the shape passes 1,000,000, where quantiles lose their digits. */
const LEAST_CV = 0.001;

/** The sum of `shape` exponentials of mean `scale`, for any positive shape; with cv 0 it is the constant. */
export const gamma: DistributionDefinition = {
  name: 'gamma',
  forms: [
    form({
      parameters: { mean: { kind: 'quantity', above: 0 }, cv: { kind: 'number', from: 0, to: 1_000 } },
      check: ({ cv }) =>
        cv <= 0 || cv >= LEAST_CV ? [] : [{ path: 'cv', message: `must be 0 or at least ${LEAST_CV}` }],
      create: ({ mean, cv }) => (cv === 0 ? certain(mean) : byShapeAndScale(1 / (cv * cv), mean * cv * cv)),
    }),
    form({
      parameters: {
        shape: { kind: 'number', from: 0.000_001, to: 1_000_000 },
        scale: { kind: 'quantity', above: 0 },
      },
      create: ({ shape, scale }) => byShapeAndScale(shape, scale),
    }),
  ],
};

function byShapeAndScale(shape: number, scale: number): Distribution {
  return {
    name: 'gamma',
    mean: shape * scale,
    draw: shape >= 1 ? sampler(shape, scale) : boosted(shape, scale),
    quantile: (p) => scale * standardQuantile(shape, p),
  };
}

/**
 * Draws by rejection from a cubed normal, for shapes of at least 1.
 *
 * @see Marsaglia and Tsang, A simple method for generating gamma variables, ACM TOMS 26(3), 2000
 */
function sampler(shape: number, scale: number): (random: Random) => number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (random) => {
    for (;;) {
      const z = drawStandardNormal(random);
      const root = 1 + c * z;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = random();
      const square = z * z;
      if (u < 1 - 0.0331 * square * square) return scale * d * v;
      if (Math.log(u) < square / 2 + d * (1 - v + Math.log(v))) return scale * d * v;
    }
  };
}

/** Draws for shapes below 1: the shape one larger, times a uniform to the power of 1 / shape (in the same paper). */
function boosted(shape: number, scale: number): (random: Random) => number {
  const larger = sampler(shape + 1, scale);
  return (random) => larger(random) * Math.exp(Math.log(1 - random()) / shape);
}

/** Inverts the distribution function by bisection, to the nearest double that the function can tell apart. */
function standardQuantile(shape: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const isBelow = (x: number) => {
    const { below, above } = gammaBelow(shape, x);
    return p <= 0.5 ? below < p : above > 1 - p;
  };
  let high = shape + 1;
  while (isBelow(high)) high *= 2;
  return bisect(0, high, isBelow);
}
