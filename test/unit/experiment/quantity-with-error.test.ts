import { describe, expect, it } from 'vitest';
import { formatBounds, formatWithError, scaleFor } from '../../../src/experiment/quantity-with-error.ts';

const one = scaleFor([], '');

describe('a value with its error', () => {
  it('has as many digits as the error allows', () => {
    expect(formatWithError(18.4321, 1.0987, one)).toBe('18.4 ± 1.1');
    expect(formatWithError(0.74231, 0.00412, one)).toBe('0.7423 ± 0.0041');
    expect(formatWithError(6494.2, 1398.4, one)).toBe('6,494 ± 1,398');
    expect(formatWithError(275.14, 6.93, one)).toBe('275.1 ± 6.9');
    expect(formatWithError(0, 0, one)).toBe('0 ± 0');
  });

  it('stands alone where there is no error, and is a dash where there is no value', () => {
    expect(formatWithError(88.371, null, one)).toBe('88.37');
    expect(formatWithError(null, null, one)).toBe('-');
  });

  it('is written in the unit in which the smallest is easy to read', () => {
    expect(scaleFor([15.7, 662], 's').name).toBe('s');
    expect(scaleFor([18_400, 0, null], 's').name).toBe('h');
    expect(scaleFor([3e6], 's').name).toBe('d');
    expect(scaleFor([0.02], 's').name).toBe('ms');
    expect(scaleFor([0, null], 's').name).toBe('s');
    expect(formatWithError(0.7312, 0.0041, scaleFor([0.7312], 'share'))).toBe('73.12 ± 0.41');
    expect(formatWithError(7_920, 540, scaleFor([7_920], 's'))).toBe('2.20 ± 0.15');
  });
});

describe('a ratio with its bounds', () => {
  it('has a half width where they lie evenly', () => {
    expect(formatBounds({ value: 2.96, low: 2.82, high: 3.1 })).toBe('2.96 ± 0.14');
    expect(formatBounds({ value: 2, low: 2, high: 2 })).toBe('2');
  });

  it('has both bounds where they do not', () => {
    expect(formatBounds({ value: 2.96, low: 2.71, high: 3.4 })).toBe('2.96 (2.71 to 3.40)');
  });
});
