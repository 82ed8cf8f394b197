import { describe, expect, it } from 'vitest';
import { LONGEST_NUMBER, writeNumber } from '../../../src/report/number-bytes.ts';

function textOf(value: number): string {
  const bytes = new Uint8Array(LONGEST_NUMBER);
  return String.fromCharCode(...bytes.subarray(0, writeNumber(bytes, 0, value)));
}

describe('a number as bytes', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [10, '10'],
    [-4_711, '-4711'],
    [1_000_000, '1000000'],
    [999_999_999, '999999999'],
    [1_000_000_000, '1000000000'],
    [2_147_483_648, '2147483648'],
    [-2_147_483_648, '-2147483648'],
    [8_589_934_591, '8589934591'],
    [9_007_199_254, '9007199254'],
  ])('%d has all its digits', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it.each([
    [0.5, '0.5'],
    [12.25, '12.25'],
    [0.1 + 0.2, '0.30000000000000004'],
    [3.000_001, '3.000001'],
    [3.001, '3.001'],
    [-1.5, '-1.5'],
    [0.000_001, '0.000001'],
    [1_700_000_000.123_456, '1700000000.123456'],
  ])('%d has no zeros behind its last decimal', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it('of microseconds ends where the double does, beyond 272 years', () => {
    // Doubles there are 1.9 us apart, so two times may be one number of seconds.
    expect(textOf(8_589_934_593_000_001 / 1e6)).toBe('8589934593.000002');
    expect(textOf(8_589_934_593_000_002 / 1e6)).toBe('8589934593.000002');
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [1e-7, '1e-7'],
    [1e21, '1e+21'],
    [-Number.MAX_VALUE, '-1.7976931348623157e+308'],
    [92 / 7, '13.142857142857142'],
  ])('%d is what JavaScript makes of it', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});
