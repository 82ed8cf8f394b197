import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { select } from '../../../src/metrics/select.ts';

describe('select', () => {
  it('gives the value of each rank and parts the others around it', () => {
    // few distinct values, so that equal ones are common
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }), fc.nat(), (values, pick) => {
        const k = pick % values.length;
        const column = Float64Array.from(values);
        expect(select(column, k, 0, values.length - 1)).toBe(values.toSorted((a, b) => a - b)[k]);
        expect(Math.max(...column.subarray(0, k + 1))).toBe(column[k]);
        expect(Math.min(...column.subarray(k))).toBe(column[k]);
        expect(Array.from(column).sort()).toEqual(values.toSorted());
      }),
      { numRuns: 500 },
    );
  });

  it('looks at no value outside the range', () => {
    const column = Float64Array.from([9, 3, 2, 1, 0]);
    expect(select(column, 2, 1, 3)).toBe(2);
    expect(Array.from(column)).toEqual([9, 1, 2, 3, 0]);
  });
});
