import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Distribution } from '../../../src/metrics/distribution.ts';

function distributionOf(values: readonly number[], room = { left: 1_000_000 }): Distribution {
  const distribution = new Distribution(room);
  for (const value of values) distribution.add(value);
  return distribution;
}

describe('Distribution', () => {
  it('has no mean or percentile without values', () => {
    expect(distributionOf([]).summary()).toEqual([null, null, null, null, null]);
  });

  it('gives one value for everything where there is one', () => {
    expect(distributionOf([7]).summary()).toEqual([7, 7, 7, 7, 7]);
  });

  it('lies linearly between the two nearest ranks (type 7)', () => {
    // Ranks 0 to 4. p50: rank 2. p95: rank 3.8 = 40 + 0.8 x 60. p99: rank 3.96 = 40 + 0.96 x 60.
    const [mean, p50, p95, p99, max] = distributionOf([30, 100, 10, 40, 20]).summary();
    expect([mean, p50, max]).toEqual([40, 30, 100]);
    expect(p95).toBeCloseTo(88, 12);
    expect(p99).toBeCloseTo(97.6, 12);
  });

  it('agrees with sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }), (values) => {
        const [, ...rest] = distributionOf(values).summary();
        const sorted = values.toSorted((a, b) => a - b);
        const type7 = (q: number) => {
          const rank = q * (values.length - 1);
          const low = sorted[Math.floor(rank)]!;
          return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)]! - low);
        };
        expect(rest).toEqual([type7(0.5), type7(0.95), type7(0.99), sorted.at(-1)]);
      }),
    );
  });

  it('can be added to after it was summed up', () => {
    const distribution = distributionOf([5, 1]);
    expect(distribution.summary()[1]).toBe(3);
    distribution.add(6);
    expect(distribution.summary()).toEqual([4, 5, 5.9, 5.98, 6]);
  });

  it('turns into a sketch when there is no room, says so, and keeps mean and maximum exact', () => {
    const values = Array.from({ length: 1_001 }, (_, i) => i);
    const distribution = distributionOf(values, { left: 1_000 });
    expect(distribution.approximate).toBe('sketch, 1 % relative error');
    const [mean, p50, p95, p99, max] = distribution.summary();
    expect([mean, max]).toEqual([500, 1000]);
    for (const [given, exact] of [
      [p50, 500],
      [p95, 950],
      [p99, 990],
    ] as const) {
      expect(Math.abs(given! / exact - 1)).toBeLessThanOrEqual(0.01);
    }
  });

  it('is exact as long as there is room for the last value', () => {
    const values = Array.from({ length: 1_000 }, (_, i) => i);
    expect(distributionOf(values, { left: 1_000 }).approximate).toBeUndefined();
  });

  it('gives its room back to those it shares it with', () => {
    const room = { left: 3 };
    const first = distributionOf([1, 2], room);
    const second = distributionOf([1, 2], room);
    // the fourth value found no room; the second distribution became a sketch and its first value went with it
    expect([first.approximate, second.approximate]).toEqual([undefined, 'sketch, 1 % relative error']);
    expect(room.left).toBe(1);
    first.add(3);
    expect(first.approximate).toBeUndefined();
  });

  it('never gives a percentile above the maximum', () => {
    expect(distributionOf([100, 100], { left: 0 }).summary()[3]).toBeLessThanOrEqual(100);
  });
});
