import { describe, expect, it } from 'vitest';
import { openStream } from '../../../../src/base/random.ts';
import { bcaInterval } from '../../../../src/experiment/statistics/bca-interval.ts';
import { ratioOfMeans } from '../../../../src/experiment/statistics/ratio-of-means.ts';

const mean = (values: readonly number[]) => (sample: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < sample.length; i++) sum += values[sample[i]!]!;
  return sum / sample.length;
};
const ask = (values: readonly number[], name = 'a') =>
  bcaInterval({ count: values.length, statistic: mean(values), confidence: 0.95, random: openStream('1', name) });

describe('the bootstrap', () => {
  it('gives the same bounds for the same stream, and others for another', () => {
    const values = [3.17, 1.02, 4.59, 1.33, 5.81, 9.46, 2.75, 6.6];
    expect(ask(values)).toEqual(ask(values));
    expect(ask(values, 'b')).not.toEqual(ask(values));
  });

  it('agrees with an implementation elsewhere', () => {
    // scipy 1.17, stats.bootstrap(method='BCa') with 100,000 draws: 0.695 and 0.873.
    const { value, low, high } = ask([0.62, 0.91, 0.55, 0.83, 0.7, 1.02, 0.66, 0.95, 0.78, 0.81]);
    expect(value).toBeCloseTo(0.783, 12);
    expect(low).toBeCloseTo(0.695, 2);
    expect(high).toBeCloseTo(0.873, 2);
  });

  it('leans to where the values lean', () => {
    const { value, low, high } = ask([1, 1, 1, 1, 1, 1, 1, 1, 2, 10]);
    expect(high - value).toBeGreaterThan(value - low);
  });

  it('is sure of what never varies', () => {
    expect(ask([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
  });
});

describe('the ratio of means', () => {
  it('has the bounds that a paired test of `above - ratio below` does not refuse', () => {
    const [above, below] = [
      [6, 9, 7, 10],
      [2, 4, 3, 5],
    ];
    const { value, low, high } = ratioOfMeans(above, below, 0.95)!;
    expect(value).toBe(32 / 14);
    for (const ratio of [low, high]) {
      const differences = above.map((x, i) => x - ratio * below[i]!);
      const centre = differences.reduce((sum, x) => sum + x, 0) / 4;
      const variance = differences.reduce((sum, x) => sum + (x - centre) * (x - centre), 0) / 3;
      // The 97.5 % quantile of three degrees of freedom.
      expect(Math.abs(centre) / Math.sqrt(variance / 4)).toBeCloseTo(3.182446305284263, 9);
    }
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('is exact where one list is a multiple of the other', () => {
    const { value, low, high } = ratioOfMeans([40, 44, 46], [20, 22, 23], 0.95)!;
    expect(value).toBe(2);
    expect(low).toBeCloseTo(2, 7);
    expect(high).toBeCloseTo(2, 7);
  });

  it('is not told where the mean below may be 0, or of one pair', () => {
    expect(ratioOfMeans([2, 4, 6], [1, 2, 3], 0.95)).toBeNull();
    expect(ratioOfMeans([1], [2], 0.95)).toBeNull();
  });
});
