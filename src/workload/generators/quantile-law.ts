import type { Distribution } from '../../base/distributions.ts';

/** The probabilities at which a fitted law states its quantiles. */
export const PROBABILITIES: readonly number[] = [
  ...[0, 0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9],
  ...[0.95, 0.97, 0.99, 0.995, 0.999, 0.9995, 1],
];

/**
 * Gives the law whose quantiles at {@link PROBABILITIES} are `values`, all above 0, and whose logarithm is uniform in
 * between; drawn by inversion. Equal neighbours make a value that is drawn as such with the chance between them.
 */
export function quantileLaw(values: readonly number[]): Distribution {
  const logs = values.map(Math.log);
  let mean = 0;
  for (let i = 1; i < values.length; i++) {
    const chance = PROBABILITIES[i]! - PROBABILITIES[i - 1]!;
    const span = logs[i]! - logs[i - 1]!;
    mean += chance * (span === 0 ? values[i]! : (values[i]! - values[i - 1]!) / span);
  }
  const quantile = (p: number) => {
    let i = 1;
    while (i < PROBABILITIES.length - 1 && p > PROBABILITIES[i]!) i++;
    const [low, high] = [PROBABILITIES[i - 1]!, PROBABILITIES[i]!];
    const share = Math.min(1, (p - low) / (high - low));
    if (values[i] === values[i - 1]) return values[i]!;
    return Math.exp(logs[i - 1]! + share * (logs[i]! - logs[i - 1]!));
  };
  return { name: 'quantiles', mean, quantile, draw: (random) => quantile(random()) };
}
