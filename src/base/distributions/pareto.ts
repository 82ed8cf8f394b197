import { type DistributionDefinition, form } from './distribution.ts';

/**
 * Values from `min` on, whose chance to pass x falls as x to the power of -`shape`; with `max` the bounded Pareto, the
 * same law given that it stays at or below `max`. Drawn by inversion.
 *
 * @see Harchol-Balter, Performance Modeling and Design of Computer Systems, 2013, chapter 20
 */
export const pareto: DistributionDefinition = {
  name: 'pareto',
  forms: [
    form({
      parameters: {
        // Below 0.1 the rarest draw would pass the largest double.
        shape: { kind: 'number', from: 0.1, to: 1_000_000 },
        min: { kind: 'quantity', above: 0 },
        max: { kind: 'quantity', optional: true },
      },
      check: ({ min, max }) =>
        max === undefined || max > min ? [] : [{ path: 'max', message: 'must be above `min`' }],
      create({ shape, min, max = Number.POSITIVE_INFINITY }) {
        /** Logarithm of min / max. */
        const span = Math.log(min) - Math.log(max);
        const kept = 1 - Math.exp(shape * span);
        const quantile = (p: number) => Math.min(max, min * Math.exp((0 - Math.log(1 - p * kept)) / shape));
        return {
          name: 'pareto',
          mean: max === Number.POSITIVE_INFINITY ? unboundedMean(shape, min) : boundedMean(shape, min, span),
          quantile,
          draw: (random) => quantile(random()),
        };
      },
    }),
  ],
};

function unboundedMean(shape: number, min: number): number | null {
  return shape > 1 ? (shape * min) / (shape - 1) : null;
}

function boundedMean(shape: number, min: number, span: number): number {
  // expm1, because with a shape near 1 the mean is a quotient of two numbers near 0.
  const excess = shape - 1;
  const ratio = excess === 0 ? -span : -Math.expm1(excess * span) / excess;
  return (shape * min * ratio) / -Math.expm1(shape * span);
}
