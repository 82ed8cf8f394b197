import { expect, test } from 'vitest';
import { parseRate } from '../../../src/scenario/rate.ts';

test.each([
  ['0.5/s', 0.5],
  ['30/h', 30 / 3600],
  ['6 / min', 0.1],
  ['1e3/d', 1000 / 86_400],
  ['2/ms', 2000],
  [0.25, 0.25],
])('%j is that many a second', (text, rate) => {
  expect(parseRate(text)).toBe(rate);
});

test.each(['', '3', '3/y', '3/', '/s', '-1/s', '0/s', '1/s/s', '1/2s', 0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  '%j is no rate',
  (text) => {
    expect(parseRate(text)).toBeNull();
  },
);
