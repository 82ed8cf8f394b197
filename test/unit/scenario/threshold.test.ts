import { expect, test } from 'vitest';
import { parseThreshold } from '../../../src/scenario/threshold.ts';

test.each([
  ['>= 0.9', { comparison: '>=', value: 0.9 }],
  ['<300', { comparison: '<', value: 300 }],
  [' == -1e3 ', { comparison: '==', value: -1000 }],
  ['> .5', { comparison: '>', value: 0.5 }],
  ['< 5m', { comparison: '<', value: 300 }],
  ['<= 250 ms', { comparison: '<=', value: 0.25 }],
])('%j is a threshold', (text, threshold) => {
  expect(parseThreshold(text)).toEqual(threshold);
});

test.each(['', '>', '0.9', '=> 3', '= 3', '>= = 3', '< many', '< 5 parsecs', '< 1e999', '>> 3', '< 0x10', '! 3'])(
  '%j is none',
  (text) => {
    expect(parseThreshold(text)).toBeNull();
  },
);
