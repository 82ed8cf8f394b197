import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, pick } from '../../../src/report/decimate.ts';

describe('thinning a series', () => {
  it('leaves a short one as it is', () => {
    expect([...decimate(Float64Array.of(1, 2, 5), [Float64Array.of(7, 7, 7)], 3)]).toEqual([0, 1, 2]);
    expect([...decimate(new Float64Array(0), [new Float64Array(0)], 8)]).toEqual([]);
  });

  it('keeps of each part its first, least, greatest and last row', () => {
    // Two parts: times 0 to 3, and 4 to 7.
    const times = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const values = Float64Array.of(5, 9, 1, 5, 5, 5, 5, 5);
    expect([...decimate(times, [values], 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...decimate(times, [values], 7)]).toEqual([0, 1, 2, 7]);
    const flat = values.fill(5, 0, 4);
    expect([...decimate(times, [flat], 7)]).toEqual([0, 7]);
  });

  it('keeps first, last, least and greatest of every column, in order and within the limit', () => {
    const series = fc.array(fc.tuple(fc.nat(1_000), fc.integer(), fc.integer()), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(series, fc.integer({ min: 6, max: 100 }), (rows, limit) => {
        const times = Float64Array.from(rows, ([time]) => time).sort();
        const columns = [Float64Array.from(rows, ([, a]) => a), Float64Array.from(rows, ([, , b]) => b)];
        const kept = decimate(times, columns, limit);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 6));
        expect([...kept]).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(rows.length - 1);
        for (const column of columns) {
          expect(Math.min(...pick(column, kept))).toBe(Math.min(...column));
          expect(Math.max(...pick(column, kept))).toBe(Math.max(...column));
        }
      }),
    );
  });
});
