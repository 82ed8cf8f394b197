import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/report/quantity.ts';

describe('a number in a report', () => {
  it.each([0, 7, 999, 1_000, -1_000, 28_481, 123_456, 1_234_567, -98_765_432, 99_999_999_999_999])(
    '%i has its thousands set apart',
    (value) => {
      expect(formatNumber(value)).toBe(value.toLocaleString('en-US'));
    },
  );

  it.each([
    [0.687_31, '0.6873'],
    [92.579, '92.58'],
    [28_481.6, '28,482'],
    [0.000_012_3, '1.23e-5'],
  ])('%d has four significant digits: %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
