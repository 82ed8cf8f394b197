import { type DistributionDefinition, form } from './distribution.ts';

/** Gives the value that an exponential of mean 1 stays below with probability `p`; at most 36.8 for a drawn `p`. */
export function exponentialQuantile(p: number): number {
  // Subtracting from zero instead of negating keeps p = 0 from giving minus zero.
  return 0 - Math.log(1 - p);
}

/** The time between events that come at a constant rate; drawn by inversion. */
export const exponential: DistributionDefinition = {
  name: 'exponential',
  forms: [
    form({
      parameters: { mean: { kind: 'quantity', above: 0 } },
      create({ mean }) {
        const quantile = (p: number) => mean * exponentialQuantile(p);
        return { name: 'exponential', mean, quantile, draw: (random) => quantile(random()) };
      },
    }),
  ],
};
