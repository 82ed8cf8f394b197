import { describe, expect, it } from 'vitest';
import { drawStandardNormal } from '../../../../src/base/distributions/standard-normal.ts';
import { openStream } from '../../../../src/base/random.ts';
import { mser } from '../../../../src/experiment/statistics/mser.ts';

const noise = (count: number, name: string) => {
  const random = openStream('1', name);
  return Array.from({ length: count }, () => drawStandardNormal(random));
};

describe('the warm-up', () => {
  it('is cut where the beginning ends', () => {
    const means = noise(200, 'noise').map((value, i) => (i < 30 ? 20 - i / 2 : 5) + value / 10);
    const { cut, settled } = mser(means);
    expect(cut).toBeGreaterThanOrEqual(29);
    expect(cut).toBeLessThan(40);
    expect(settled).toBe(true);
  });

  it('is nothing where there is none', () => {
    expect(mser(noise(500, 'flat')).cut).toBeLessThan(100);
  });

  it('is refused where a series goes on climbing, or is too short', () => {
    expect(mser(Array.from({ length: 100 }, (_, i) => i)).settled).toBe(false);
    expect(mser([1, 1, 1, 1, 1]).settled).toBe(false);
  });

  it('weighs what is left as the rule says', () => {
    // Of [9, 1, 3, 1, 3, 1] the squared errors are (6 x variance) / 36 with all, 4.8 / 25 without the first.
    expect(mser([9, 1, 3, 1, 3, 1])).toEqual({ cut: 1, batches: 6, settled: false });
  });
});
