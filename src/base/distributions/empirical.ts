import type { Problem } from '../errors.ts';
import { Sum } from '../sum.ts';
import { type Distribution, type DistributionDefinition, form } from './distribution.ts';

/**
 * Values that were measured, each as likely as its weight (alike unless given); drawn by inversion.
 *
 * With `interpolate` draws lie between neighbouring values too: the distribution function is linear from each value
 * to the next larger, and a stretch has the mean weight of its two ends. For equal weights that is (i - 1) / (n - 1)
 * at the i-th smallest of n values.
 *
 * @see Law, Simulation Modeling and Analysis, 5th edition, 2015, section 6.2.4
 */
export const empirical: DistributionDefinition = {
  name: 'empirical',
  forms: [
    form({
      parameters: {
        values: { kind: 'quantities' },
        weights: { kind: 'numbers', optional: true, from: 0, to: Number.MAX_SAFE_INTEGER },
        interpolate: { kind: 'flag', optional: true },
      },
      check({ values, weights, interpolate = false }) {
        const problems: Problem[] = [];
        if (weights !== undefined && weights.length !== values.length) {
          problems.push({
            path: 'weights',
            message: `must have as many values as \`values\` (${values.length}), not ${weights.length}`,
          });
        }
        if (weights?.every((weight) => weight === 0)) {
          problems.push({ path: 'weights', message: 'must not all be 0' });
        }
        if (interpolate && values.length < 2) {
          problems.push({ path: 'values', message: 'must hold at least two values to interpolate between' });
        }
        return problems;
      },
      create({ values, weights, interpolate = false }) {
        const points = values.map((value, i) => ({ value, weight: weights?.[i] ?? 1 }));
        points.sort((a, b) => a.value - b.value);
        return overStretches(interpolate ? between(points) : points.map(at));
      },
    }),
  ],
};

interface Point {
  readonly value: number;
  readonly weight: number;
}

/** Values from `low` to `high`, all alike. */
interface Stretch {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

function at({ value, weight }: Point): Stretch {
  return { low: value, high: value, weight };
}

function between(points: readonly Point[]): Stretch[] {
  return points.slice(1).map((point, i) => {
    const previous = points[i]!;
    return { low: previous.value, high: point.value, weight: (previous.weight + point.weight) / 2 };
  });
}

function overStretches(all: readonly Stretch[]): Distribution {
  const stretches = all.filter(({ weight }) => weight > 0);
  const weight = new Sum();
  const moment = new Sum();
  const ends = new Float64Array(stretches.length);
  for (const [i, stretch] of stretches.entries()) {
    weight.add(stretch.weight);
    moment.add(stretch.weight * (stretch.low + (stretch.high - stretch.low) / 2));
    ends[i] = weight.value;
  }
  const total = weight.value;

  const quantile = (p: number) => {
    const target = p * total;
    const i = firstAtLeast(ends, target);
    const { low, high } = stretches[i]!;
    const start = i === 0 ? 0 : ends[i - 1]!;
    return low + (high - low) * ((target - start) / (ends[i]! - start));
  };
  return { name: 'empirical', mean: moment.value / total, quantile, draw: (random) => quantile(random()) };
}

/** Gives the first position in ascending `ends` whose value reaches `target`, or the last one. */
function firstAtLeast(ends: Float64Array, target: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
