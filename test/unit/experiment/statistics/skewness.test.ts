import { describe, expect, it } from 'vitest';
import { isLopsided, skewness } from '../../../../src/experiment/statistics/skewness.ts';

describe('the skewness of values', () => {
  it('is zero where they lie evenly, are all equal, or are too few', () => {
    expect(skewness([1, 2, 3])).toBe(0);
    expect(skewness([7, 7, 7, 7])).toBe(0);
    expect(skewness([1, 9])).toBe(0);
  });

  it('is that of the textbook, corrected for their number', () => {
    // Mean 2, second moment (1 + 1 + 1 + 9) / 4 = 3, third (-1 - 1 - 1 + 27) / 4 = 6: 6 / (3 sqrt 3) x sqrt(12) / 2 = 2.
    expect(skewness([1, 1, 1, 5])).toBeCloseTo(2, 12);
  });

  it('makes a sample lopsided where one value is all there is', () => {
    expect(isLopsided([1, 1, 1, 5])).toBe(true);
    expect(isLopsided([1, 2, 4, 5, 5])).toBe(false);
  });

  it('does no harm where there are many values', () => {
    const waits = Array.from({ length: 400 }, (_, i) => -Math.log((i + 0.5) / 400));
    expect(skewness(waits)).toBeGreaterThan(1.8);
    expect(isLopsided(waits)).toBe(false);
    expect(isLopsided(waits.filter((_, i) => i % 10 === 0))).toBe(true);
  });
});
