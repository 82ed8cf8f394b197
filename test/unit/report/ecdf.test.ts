import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecdf, quantileOf } from '../../../src/report/ecdf.ts';

describe('an empirical distribution', () => {
  it('says what part of the values is at most so much', () => {
    const { count, values, parts } = ecdf(Float64Array.of(3, 1, Number.NaN, 1, 7));
    expect(count).toBe(4);
    expect([...values]).toEqual([1, 3, 7]);
    expect([...parts]).toEqual([0.5, 0.75, 1]);
  });

  it('has quantiles, and none without values', () => {
    const own = ecdf(Float64Array.of(3, 1, 1, 7));
    expect([0.25, 0.5, 0.51, 0.75, 1].map((part) => quantileOf(own, part))).toEqual([1, 1, 3, 3, 7]);
    expect(quantileOf(ecdf(Float64Array.of(Number.NaN)), 0.5)).toBeNaN();
  });

  it('is off by less than one in the limit where it is thinned, and never on its points', () => {
    const values = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 50 }), (all, limit) => {
        const own = ecdf(Float64Array.from(all), limit);
        expect(own.values.length).toBeLessThanOrEqual(limit + 1);
        expect(own.values[0]).toBe(Math.min(...all));
        expect(own.values.at(-1)).toBe(Math.max(...all));
        for (const [i, value] of own.values.entries()) {
          expect(own.parts[i]).toBe(all.filter((other) => other <= value).length / all.length);
        }
        for (const value of all) {
          const exact = all.filter((other) => other <= value).length / all.length;
          const shown = own.parts[own.values.findLastIndex((step) => step <= value)]!;
          expect(shown).toBeLessThanOrEqual(exact);
          expect(shown).toBeGreaterThan(exact - 1 / (limit - 1));
        }
      }),
    );
  });
});
