import { describe, expect, it } from 'vitest';
import { covarianceOf, meanInterval } from '../../../../src/experiment/statistics/mean-interval.ts';
import { pairedDifference } from '../../../../src/experiment/statistics/paired-difference.ts';

describe('the mean of independent values', () => {
  it('has a t interval', () => {
    // Mean 3, variance (4 + 1 + 0 + 1 + 4) / 4 = 2.5, so 2.776 sqrt(2.5 / 5).
    const { mean, deviation, halfWidth, count } = meanInterval([1, 2, 3, 4, 5], 0.95);
    expect([count, mean]).toEqual([5, 3]);
    expect(deviation).toBeCloseTo(Math.sqrt(2.5), 14);
    expect(halfWidth).toBeCloseTo(2.776445105197794 * Math.sqrt(0.5), 13);
  });

  it('has none of one value', () => {
    expect(meanInterval([7], 0.95)).toEqual({ count: 1, mean: 7, deviation: null, halfWidth: null });
  });

  it('is sure of values that are all the same', () => {
    expect(meanInterval([0.1, 0.1, 0.1], 0.95).halfWidth).toBe(0);
  });

  it('loses no digit where values are large and close together', () => {
    expect(covarianceOf([1e9 + 1, 1e9 + 2, 1e9 + 3], [1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });
});

describe('a paired difference', () => {
  it('looks at the pairs, and so sees what the spread of the worlds hides', () => {
    // The differences are 1, 2, 3; the values themselves spread over hundreds.
    const difference = pairedDifference([101, 302, 503], [100, 300, 500], 0.95);
    expect(difference.mean).toBe(2);
    // t = 2 / sqrt(1 / 3) with two degrees: 1 - t / sqrt(2 + t^2).
    expect(difference.p).toBeCloseTo(1 - Math.sqrt(12) / Math.sqrt(14), 14);
    expect(difference.halfWidth).toBeCloseTo(4.302652729749462 / Math.sqrt(3), 12);
    expect(difference.unpairedHalfWidth! / difference.halfWidth!).toBeGreaterThan(100);
  });

  it('of what is always the same is a tie, and one that never varies is beyond doubt', () => {
    expect(pairedDifference([1, 2], [1, 2], 0.95)).toMatchObject({ mean: 0, halfWidth: 0, p: 1 });
    expect(pairedDifference([2, 3], [1, 2], 0.95)).toMatchObject({ mean: 1, halfWidth: 0, p: 0 });
    expect(pairedDifference([2], [1], 0.95)).toMatchObject({ mean: 1, halfWidth: null, p: null });
  });
});
