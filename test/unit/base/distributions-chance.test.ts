import {
  randomExponential,
  randomGamma,
  randomLogNormal,
  randomNormal,
  randomPareto,
  randomUniform,
  randomWeibull,
} from 'd3-random';
import { describe, expect, it } from 'vitest';
import { DISTRIBUTIONS, type Distribution, parseDistribution } from '../../../src/base/distributions.ts';
import { openStream } from '../../../src/base/random.ts';

const DRAWS = 200_000;

/** How many standard errors an estimate may lie off: 1 in 16,000 honest estimates lies further. */
const ERRORS = 4;

function parse(spec: unknown): Distribution {
  const outcome = parseDistribution(spec, Number);
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  return outcome.distribution;
}

function sample(draw: () => number): Float64Array {
  return Float64Array.from({ length: DRAWS }, draw);
}

function sampleOf(spec: unknown): Float64Array {
  const distribution = parse(spec);
  const random = openStream('distributions', JSON.stringify(spec));
  return sample(() => distribution.draw(random));
}

/** The means of (x - centre)^power over a sample. */
function moment(values: Float64Array, centre: number, power: 1 | 2 | 4): number {
  return values.reduce((sum, value) => sum + (value - centre) ** power, 0) / values.length;
}

/** Specification, mean and variance; the arithmetic stands beside each. */
const CASES: readonly [spec: object, mean: number, variance: number][] = [
  [{ constant: 7 }, 7, 0],
  [{ exponential: { mean: 10 } }, 10, 100],
  [{ uniform: { min: 2, max: 8 } }, 5, 3], // 6^2 / 12
  [{ normal: { mean: 20, sd: 2 } }, 20, 4], // 10 sd above the cut: as if whole
  [{ normal: { mean: 1, sd: 1, min: 1 } }, 1 + Math.sqrt(2 / Math.PI), 1 - 2 / Math.PI], // half-normal
  [{ lognormal: { mean: 60, cv: 0.5 } }, 60, 900], // (60 x 0.5)^2
  [{ gamma: { mean: 10, cv: 2 } }, 10, 400], // (10 x 2)^2; shape 1/4
  [{ gamma: { shape: 9, scale: 2 } }, 18, 36], // 9 x 2, 9 x 2^2
  [{ weibull: { shape: 0.5, scale: 3 } }, 6, 180], // 3 x 2!, 9 x 4! - 6^2
  [{ weibull: { shape: 2, scale: 3 } }, 1.5 * Math.sqrt(Math.PI), 9 * (1 - Math.PI / 4)], // Rayleigh
  [{ pareto: { shape: 6, min: 10 } }, 12, 6], // 6 x 10 / 5, 6 x 10^2 / (5^2 x 4)
  [{ pareto: { shape: 1, min: 1, max: 4 } }, (4 / 3) * Math.log(4), 4 - ((4 / 3) * Math.log(4)) ** 2], // density (4/3) / x^2
  [{ pareto: { shape: 2, min: 1, max: 2 } }, 4 / 3, (8 / 3) * Math.LN2 - 16 / 9], // density (8/3) / x^3
  [{ hyperexponential: { probabilities: [0.9, 0.1], means: [1, 11] } }, 2, 22], // 2 (0.9 + 0.1 x 121) - 2^2
  [{ hyperexponential: { mean: 10, cv: 3 } }, 10, 900], // (10 x 3)^2
  [{ empirical: { values: [5, 1, 2] } }, 8 / 3, 26 / 9], // 30 / 3 - (8/3)^2
  [{ empirical: { values: [0, 10, 20], weights: [1, 2, 1] } }, 10, 50], // (100 + 0 + 0 + 100) / 4
  [{ empirical: { values: [3, 0, 1], interpolate: true } }, 1.25, 37 / 48], // half in [0, 1], half in [1, 3]
  [{ empirical: { values: [0, 1, 3], weights: [1, 1, 3], interpolate: true } }, 1.5, 0.75], // a third in [0, 1]
];

it('the cases below cover every distribution', () => {
  const covered = new Set(CASES.flatMap(([spec]) => Object.keys(spec)));
  expect([...covered].sort()).toEqual(DISTRIBUTIONS.map(({ name }) => name).sort());
});

describe.each(CASES)('%j', (spec, mean, variance) => {
  const values = sampleOf(spec);

  it('states the mean', () => {
    expect(parse(spec).mean).toBeCloseTo(mean, 10);
  });

  it('has the mean, within 4 standard errors sqrt(variance / n)', () => {
    const error = Math.sqrt(variance / DRAWS);
    expect(Math.abs(moment(values, mean, 1))).toBeLessThanOrEqual(ERRORS * error);
  });

  it('has the variance, within 4 standard errors sqrt((m4 - variance^2) / n), m4 taken from the sample', () => {
    const error = Math.sqrt((moment(values, mean, 4) - variance * variance) / DRAWS);
    expect(Math.abs(moment(values, mean, 2) - variance)).toBeLessThanOrEqual(ERRORS * error);
  });

  it('stays at or below quantile(p) with probability p, within 4 standard errors sqrt(p (1 - p) / n)', () => {
    const distribution = parse(spec);
    for (const p of [0.001, 0.01, 0.1, 0.25, 0.5, 0.7, 0.9, 0.99, 0.999]) {
      const quantile = distribution.quantile(p);
      const allowed = ERRORS * Math.sqrt((p * (1 - p)) / DRAWS);
      let [below, equal] = [0, 0];
      for (const value of values) {
        if (value < quantile) below++;
        else if (value === quantile) equal++;
      }
      expect((below + equal) / DRAWS).toBeGreaterThanOrEqual(p - allowed);
      expect(below / DRAWS).toBeLessThanOrEqual(p + allowed);
    }
  });
});

describe('quantiles that tables give', () => {
  it.each([
    [{ exponential: { mean: 10 } }, 0.5, 10 * Math.LN2],
    [{ uniform: { min: 2, max: 8 } }, 0.25, 3.5],
    [{ normal: { mean: 1000, sd: 10 } }, 0.975, 1019.5996398454005],
    [{ normal: { mean: 1000, sd: 10 } }, 0.01, 976.7365212595917],
    [{ normal: { mean: 1000, sd: 10 } }, 1e-9, 940.0219298499231],
    [{ normal: { mean: 1000, sd: 10 } }, 1e-20, 907.3765991020159],
    [{ normal: { mean: 0, sd: 1 } }, 0.5, 0.6744897501960817], // the probable error
    [{ lognormal: { mean: 60, cv: Math.sqrt(3) } }, 0.5, 30], // mean / sqrt(1 + 3)
    [{ gamma: { shape: 1, scale: 10 } }, 0.5, 10 * Math.LN2], // the exponential
    [{ gamma: { shape: 0.5, scale: 2 } }, 0.95, 3.841458820694124], // chi-square, 1 degree of freedom
    [{ gamma: { shape: 5, scale: 2 } }, 0.95, 18.307038053275146], // chi-square, 10 degrees
    [{ gamma: { shape: 5, scale: 2 } }, 0.05, 3.940299136119144],
    [{ gamma: { shape: 50, scale: 2 } }, 0.5, 99.33412923598846], // chi-square, 100 degrees
    [{ weibull: { shape: 5, scale: 3 } }, 1 - Math.exp(-1), 3],
    [{ pareto: { shape: 2, min: 10 } }, 0.75, 20], // 10 / sqrt(1 - 0.75)
    [{ pareto: { shape: 1, min: 1, max: 4 } }, 2 / 3, 2], // (1 - 1/2) / (1 - 1/4)
    [{ hyperexponential: { mean: 10, cv: 1 } }, 0.5, 10 * Math.LN2], // the exponential
    [{ empirical: { values: [5, 1, 2] } }, 0.5, 2],
    [{ empirical: { values: [5, 1, 2, 4] } }, 0.5, 2], // two of four
    [{ empirical: { values: [3, 0, 1], interpolate: true } }, 0.75, 2],
  ])('%j at %d', (spec, p, expected) => {
    const quantile = parse(spec).quantile(p);
    expect(Math.abs(quantile / expected - 1)).toBeLessThan(1e-11);
  });

  it.each([
    [{ constant: 7 }, 7, 7],
    [{ exponential: { mean: 10 } }, 0, Number.POSITIVE_INFINITY],
    [{ uniform: { min: 2, max: 8 } }, 2, 8],
    [{ normal: { mean: 5, sd: 2, min: 1 } }, 1, Number.POSITIVE_INFINITY],
    [{ lognormal: { mean: 10, cv: 1 } }, 0, Number.POSITIVE_INFINITY],
    [{ gamma: { mean: 10, cv: 1 } }, 0, Number.POSITIVE_INFINITY],
    [{ weibull: { shape: 2, scale: 3 } }, 0, Number.POSITIVE_INFINITY],
    [{ pareto: { shape: 2, min: 10 } }, 10, Number.POSITIVE_INFINITY],
    [{ pareto: { shape: 2, min: 10, max: 20 } }, 10, 20],
    [{ hyperexponential: { mean: 10, cv: 2 } }, 0, Number.POSITIVE_INFINITY],
    [{ empirical: { values: [9, 1, 5], weights: [0, 2, 1] } }, 1, 5],
    [{ empirical: { values: [9, 1, 5], interpolate: true } }, 1, 9],
  ])('%j runs from quantile(0) to quantile(1)', (spec, least, greatest) => {
    expect(parse(spec).quantile(0)).toBe(least);
    expect(parse(spec).quantile(1)).toBeCloseTo(greatest, 12);
  });
});

describe('draws are finite and not negative at the ends of what parameters may be', () => {
  it.each([
    { normal: { mean: 0, sd: Number.MAX_SAFE_INTEGER } },
    { normal: { mean: Number.MAX_SAFE_INTEGER, sd: 1e-300 } },
    { lognormal: { mean: Number.MAX_SAFE_INTEGER, cv: 1000 } },
    { gamma: { mean: Number.MAX_SAFE_INTEGER, cv: 1000 } },
    { gamma: { mean: 1, cv: 0.001 } },
    { weibull: { shape: 0.1, scale: Number.MAX_SAFE_INTEGER } },
    { weibull: { shape: 1_000_000, scale: 1 } },
    { pareto: { shape: 0.1, min: Number.MAX_SAFE_INTEGER } },
    { pareto: { shape: 0.1, min: 1e-300, max: Number.MAX_SAFE_INTEGER } },
    { pareto: { shape: 1_000_000, min: 1 } },
    { hyperexponential: { mean: Number.MAX_SAFE_INTEGER, cv: 1000 } },
    { empirical: { values: [0, Number.MAX_SAFE_INTEGER], weights: [1e-300, Number.MAX_SAFE_INTEGER] } },
  ])('%j', (spec) => {
    const distribution = parse(spec);
    const random = openStream('1', 'ends');
    for (let i = 0; i < 1_000; i++) {
      const value = distribution.draw(random);
      if (!(Number.isFinite(value) && value >= 0)) expect.fail(`draw ${i} is ${value}`);
    }
    if (distribution.mean !== null) expect(Number.isFinite(distribution.mean)).toBe(true);
  });

  it.each([
    { exponential: { mean: 10 } },
    { uniform: { min: 0, max: 1 } },
    { weibull: { shape: 0.1, scale: Number.MAX_SAFE_INTEGER } },
    { pareto: { shape: 0.1, min: Number.MAX_SAFE_INTEGER } },
    { hyperexponential: { probabilities: [0, 1, 0], means: [1, 2, 3] } },
    { empirical: { values: [1, 2, 3] } },
  ])('%j, for the least and the greatest number that a stream can give', (spec) => {
    for (const u of [0, 1 - 2 ** -53]) {
      const value = parse(spec).draw(() => u);
      expect(Number.isFinite(value)).toBe(true);
      expect(Object.is(value, -0) || value < 0).toBe(false);
    }
  });

  it('never chooses a phase or a value of probability 0', () => {
    const phases = parse({ hyperexponential: { probabilities: [0, 1, 0], means: [1e-9, 1, 1e9] } });
    // The greatest number of a stream, twice: phase, then 53 ln 2 = 36.7 means of that phase.
    expect(phases.draw(() => 1 - 2 ** -53)).toBeCloseTo(53 * Math.LN2, 10);
    expect(phases.draw(() => 0.5)).toBeCloseTo(Math.LN2, 12);
    expect(parse({ empirical: { values: [1, 2, 3], weights: [0, 1, 0] } }).draw(() => 0)).toBe(2);
  });
});

/** The largest distance between the distribution functions of two samples (the Kolmogorov-Smirnov statistic). */
function distance(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.toSorted(), b.toSorted()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!);
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/** Two samples of one law lie further apart with probability 2 exp(-n d^2) = 1e-4. */
const FAR_APART = Math.sqrt(Math.log(2 / 1e-4) / DRAWS);

type Source = () => number;

describe('against the samplers of d3-random, by the two-sample Kolmogorov-Smirnov test at 1e-4', () => {
  const logVariance = Math.log(1 + 4); // of a cv of 2

  it.each<[spec: object, oracle: (source: Source) => () => number]>([
    [{ exponential: { mean: 10 } }, (source) => randomExponential.source(source)(1 / 10)],
    [{ uniform: { min: 2, max: 8 } }, (source) => randomUniform.source(source)(2, 8)],
    [{ normal: { mean: 20, sd: 2 } }, (source) => randomNormal.source(source)(20, 2)],
    [{ normal: { mean: 3, sd: 2, min: 2 } }, (source) => keep(randomNormal.source(source)(3, 2), (x) => x >= 2)],
    [
      { lognormal: { mean: 60, cv: 2 } },
      (source) => randomLogNormal.source(source)(Math.log(60) - logVariance / 2, Math.sqrt(logVariance)),
    ],
    [{ gamma: { mean: 10, cv: 2 } }, (source) => randomGamma.source(source)(1 / 4, 40)],
    [{ gamma: { shape: 9, scale: 2 } }, (source) => randomGamma.source(source)(9, 2)],
    [{ gamma: { shape: 1, scale: 2 } }, (source) => randomGamma.source(source)(1, 2)],
    [{ weibull: { shape: 0.5, scale: 3 } }, (source) => randomWeibull.source(source)(0.5, 0, 3)],
    [{ weibull: { shape: 2, scale: 3 } }, (source) => randomWeibull.source(source)(2, 0, 3)],
    [{ pareto: { shape: 1.5, min: 10 } }, (source) => times(10, randomPareto.source(source)(1.5))],
    [
      { pareto: { shape: 1.5, min: 10, max: 30 } },
      (source) => keep(times(10, randomPareto.source(source)(1.5)), (x) => x <= 30),
    ],
    [{ hyperexponential: { probabilities: [0.9, 0.1], means: [1, 11] } }, oneOrEleven],
    [{ empirical: { values: [8, 2], interpolate: true } }, (source) => randomUniform.source(source)(2, 8)],
  ])('%j', (spec, oracle) => {
    const other = sample(oracle(openStream('oracle', JSON.stringify(spec))));
    expect(distance(sampleOf(spec), other)).toBeLessThan(FAR_APART);
  });

  it('which tells a mean that is 3 % off', () => {
    const off = sample(randomExponential.source(openStream('oracle', 'off'))(1 / 10.3));
    expect(distance(sampleOf({ exponential: { mean: 10 } }), off)).toBeGreaterThan(FAR_APART);
  });
});

/** An exponential of mean 1 nine times of ten, else of mean 11. */
function oneOrEleven(source: Source): () => number {
  const [short, long] = [randomExponential.source(source)(1), randomExponential.source(source)(1 / 11)];
  return () => (source() < 0.9 ? short() : long());
}

function keep(draw: () => number, test: (value: number) => boolean): () => number {
  return () => {
    for (;;) {
      const value = draw();
      if (test(value)) return value;
    }
  };
}

function times(factor: number, draw: () => number): () => number {
  return () => factor * draw();
}
