import { logGamma } from '../../../base/distributions/incomplete-gamma.ts';
import { parseDistribution } from '../../../base/distributions.ts';
import { distanceToLaw } from './distance.ts';

/** A law as a scenario writes it, but with bare numbers, and how far the sample is from it. */
export interface FittedLaw {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly distance: number;
}

/** More different sizes than this are stated by their quantiles. */
const VALUES = 64;

/** Gives the law that is closest to a sample of times above 0, of those with a few parameters. */
export function fitTimes(sample: readonly number[]): FittedLaw {
  const times = sample.map((x) => Math.max(x, 1e-6));
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  const logs = times.map(Math.log);
  const logMean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const logVariance = logs.reduce((sum, x) => sum + (x - logMean) * (x - logMean), 0) / logs.length;
  const variance = times.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / times.length;
  const cv = Math.sqrt(variance) / mean;
  const candidates: Omit<FittedLaw, 'distance'>[] = [{ name: 'exponential', parameters: { mean } }];
  if (logVariance > 0) {
    const lognormal = { mean: Math.exp(logMean + logVariance / 2), cv: Math.sqrt(Math.exp(logVariance) - 1) };
    candidates.push({ name: 'lognormal', parameters: lognormal });
    const shape = gammaShape(Math.log(mean) - logMean);
    candidates.push({ name: 'gamma', parameters: { shape, scale: mean / shape } });
    candidates.push({ name: 'weibull', parameters: weibull(times, logs) });
    if (cv > 1) candidates.push({ name: 'hyperexponential', parameters: { mean, cv } });
  } else {
    candidates.push({ name: 'constant', parameters: { value: mean } });
  }
  const measured = candidates.flatMap((one) => {
    const outcome = parseDistribution({ [one.name]: one.parameters }, Number);
    return 'problems' in outcome ? [] : [{ ...one, distance: distanceToLaw(times, outcome.distribution.quantile) }];
  });
  return measured.reduce((a, b) => (b.distance < a.distance ? b : a));
}

/** Gives the values of a sample with their counts; quantiles where there are too many. */
export function fitSizes(sample: readonly number[]): FittedLaw {
  const counts = new Map<number, number>();
  for (const x of sample) counts.set(x, (counts.get(x) ?? 0) + 1);
  const found = [...counts].sort(([a], [b]) => a - b);
  if (found.length === 1) return { name: 'constant', parameters: { value: found[0]![0] }, distance: 0 };
  if (found.length <= VALUES) {
    const parameters = { values: found.map(([x]) => x), weights: found.map(([, n]) => n) };
    return { name: 'empirical', parameters, distance: 0 };
  }
  const sorted = Float64Array.from(sample).sort();
  const values = Array.from({ length: VALUES }, (_, i) => sorted[Math.floor(((i + 0.5) / VALUES) * sorted.length)]!);
  return {
    name: 'empirical',
    parameters: { values },
    distance: distanceToLaw(sample, (p) => values[Math.floor(p * VALUES)]!),
  };
}

/**
 * The most likely shape where the logarithm of the mean exceeds the mean of the logarithms by `excess`.
 *
 * @see Minka, Estimating a gamma distribution, 2002, for the first guess; then Newton on log(shape) - digamma(shape)
 */
function gammaShape(excess: number): number {
  let shape = (3 - excess + Math.sqrt((excess - 3) * (excess - 3) + 24 * excess)) / (12 * excess);
  for (let i = 0; i < 20; i++) {
    const value = Math.log(shape) - digamma(shape) - excess;
    const h = shape * 1e-4;
    const slope = (Math.log(shape + h) - digamma(shape + h) - (Math.log(shape - h) - digamma(shape - h))) / (2 * h);
    shape = Math.max(shape / 2, shape - value / slope);
  }
  return shape;
}

/** The slope of the logarithm of the gamma function, by differences; right to six digits. */
function digamma(x: number): number {
  const h = 1e-4 * Math.max(1, x);
  return (logGamma(x + h) - logGamma(x - Math.min(h, x / 2))) / (h + Math.min(h, x / 2));
}

/** The most likely Weibull law, whose shape is found by halving. */
function weibull(times: readonly number[], logs: readonly number[]): { shape: number; scale: number } {
  const logMean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const largest = logs.reduce((a, b) => Math.max(a, b));
  const sums = (shape: number) => {
    let [plain, weighted] = [0, 0];
    for (const log of logs) {
      const power = Math.exp(shape * (log - largest));
      plain += power;
      weighted += power * log;
    }
    return { plain, weighted };
  };
  let [low, high] = [0.1, 20];
  for (let i = 0; i < 40; i++) {
    const shape = (low + high) / 2;
    const { plain, weighted } = sums(shape);
    if (weighted / plain - 1 / shape < logMean) low = shape;
    else high = shape;
  }
  const shape = (low + high) / 2;
  return { shape, scale: Math.exp(largest + Math.log(sums(shape).plain / times.length) / shape) };
}
