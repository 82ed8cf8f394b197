import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Distribution } from '../../../src/metrics/distribution.ts';

function distributionOf(...blocks: readonly number[][]): Distribution {
  const distribution = new Distribution();
  for (const values of blocks) {
    distribution.take(Float64Array.from(values), 0, values.length, blocks.length === 1);
  }
  return distribution;
}

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, i) => i);

describe('Distribution', () => {
  it('has no mean or percentile without values', () => {
    expect(distributionOf().summary()).toEqual([null, null, null, null, null]);
    expect(distributionOf([]).summary()).toEqual([null, null, null, null, null]);
  });

  it('gives one value for everything where there is one', () => {
    expect(distributionOf([7]).summary()).toEqual([7, 7, 7, 7, 7]);
  });

  it('lies linearly between the two nearest ranks (type 7)', () => {
    // Ranks 0 to 4. p50: rank 2. p95: rank 3.8 = 40 + 0.8 x 60. p99: rank 3.96 = 40 + 0.96 x 60.
    expect(distributionOf([30, 100, 10, 40, 20]).summary()).toEqual([40, 30, 88, 97.6, 100]);
  });

  it('takes its part of a column only', () => {
    const column = Float64Array.from([99, 3, 1, 2, 0]);
    const distribution = new Distribution();
    distribution.take(column, 1, 4, true);
    const [mean, p50, , , max] = distribution.summary();
    expect([mean, p50, max]).toEqual([2, 2, 3]);
    expect([column[0], column[4]]).toEqual([99, 0]);
  });

  it('agrees with sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 300 }), (values) => {
        const [, ...rest] = distributionOf(values).summary();
        const sorted = values.toSorted((a, b) => a - b);
        const type7 = (percent: number) => {
          const hundredths = percent * (values.length - 1);
          const low = sorted[Math.floor(hundredths / 100)]!;
          return low + ((hundredths % 100) / 100) * (sorted[Math.ceil(hundredths / 100)]! - low);
        };
        expect(rest).toEqual([type7(50), type7(95), type7(99), sorted.at(-1)]);
      }),
    );
  });

  it('is a sketch when it comes in several blocks, says so, and keeps mean and maximum exact', () => {
    const distribution = distributionOf(upTo(600), upTo(1000).slice(601));
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

  it('is exact in one block', () => {
    expect(distributionOf(upTo(1000)).approximate).toBeUndefined();
    expect(distributionOf(upTo(1000)).summary().slice(0, 4)).toEqual([500, 500, 950, 990]);
  });

  it('joins sketches into what one of all values would be', () => {
    const whole = distributionOf([...upTo(300), ...upTo(900)], []);
    const joined = new Distribution();
    joined.join(distributionOf(upTo(300), []));
    joined.join(distributionOf(upTo(900), []));
    expect(joined.summary()).toEqual(whole.summary());
    expect(joined.approximate).toBe('sketch, 1 % relative error');
  });

  it('never gives a percentile above the maximum', () => {
    expect(distributionOf([100], [100]).summary()[3]).toBeLessThanOrEqual(100);
  });
});
