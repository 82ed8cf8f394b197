import { type DistributionDefinition, form } from './distribution.ts';

/** Every value from `min` to `max` alike; drawn by inversion. */
export const uniform: DistributionDefinition = {
  name: 'uniform',
  forms: [
    form({
      parameters: { min: { kind: 'quantity' }, max: { kind: 'quantity' } },
      check: ({ min, max }) => (max > min ? [] : [{ path: 'max', message: 'must be above `min`' }]),
      create({ min, max }) {
        const quantile = (p: number) => min + (max - min) * p;
        return { name: 'uniform', mean: min + (max - min) / 2, quantile, draw: (random) => quantile(random()) };
      },
    }),
  ],
};
