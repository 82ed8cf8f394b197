import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxMin } from '../../../src/fairness/max-min.ts';

describe('maxMin', () => {
  it('gives the small demands all and the others an equal part of the rest', () => {
    // 10 - 2 - 2.6 = 5.4 for two that want more than 2.7
    expect(maxMin(10, [2, 2.6, 4, 5])).toEqual([2, 2.6, 2.7, 2.7]);
  });

  it('raises all in proportion to their weights', () => {
    // level 2: 5, 8, 1, 2 would use 16; the first needs 4, the second 2, so 10 are left for weights 0.5 and 1;
    // the last needs 4 (level 4), which leaves 6
    expect(maxMin(16, [4, 2, 10, 4], [2.5, 4, 0.5, 1])).toEqual([4, 2, 6, 4]);
  });

  it('gives everyone all where there is enough', () => {
    expect(maxMin(100, [3, 0, 7])).toEqual([3, 0, 7]);
  });

  it('gives nothing where there is nothing, and takes an empty list', () => {
    expect(maxMin(0, [3, 1])).toEqual([0, 0]);
    expect(maxMin(5, [])).toEqual([]);
  });

  it.each([
    [() => maxMin(-1, [1]), 'capacity is -1'],
    [() => maxMin(1, [Number.NaN]), 'demand is NaN'],
    [() => maxMin(1, [1], [0]), 'weight is 0'],
    [() => maxMin(1, [1], [1, 1]), '2 weights for 1 demands'],
  ])('refuses numbers out of range: %#', (call, message) => {
    expect(call).toThrow(message);
  });

  it('is max-min fair: nobody below its demand has a lower level than another that holds something', () => {
    const user = fc.record({ demand: fc.integer({ min: 0, max: 50 }), weight: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.array(user, { minLength: 1, maxLength: 12 }),
        (capacity, users) => {
          const demands = users.map(({ demand }) => demand);
          const given = maxMin(
            capacity,
            demands,
            users.map(({ weight }) => weight),
          );
          const levels = users.map(({ weight }, i) => given[i]! / weight);
          const highest = Math.max(...levels);
          expect(given.reduce((sum, g) => sum + g, 0)).toBeCloseTo(
            Math.min(
              capacity,
              demands.reduce((sum, d) => sum + d, 0),
            ),
            9,
          );
          users.forEach(({ demand }, i) => {
            expect(given[i]).toBeLessThanOrEqual(demand);
            if (given[i]! < demand - 1e-9) expect(levels[i]).toBeGreaterThanOrEqual(highest - 1e-9);
          });
        },
      ),
    );
  });
});
