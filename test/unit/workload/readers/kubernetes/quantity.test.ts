import { describe, expect, it } from 'vitest';
import { quantityInSteps } from '../../../../../src/workload/readers/kubernetes/quantity.ts';

describe('a quantity of Kubernetes', () => {
  it.each([
    ['2', 1_000, 2_000],
    [0.5, 1_000, 500],
    ['100m', 1_000, 100],
    ['1m', 1, 1],
    ['8.2', 1_000, 8_200],
    ['0.0001', 1_000, 1],
    ['1500u', 1_000, 2],
    ['1n', 1_000, 1],
    ['1M', 1, 1_000_000],
    ['1Mi', 1, 1_048_576],
    ['1.5Gi', 1, 1_610_612_736],
    ['128974848', 1, 128_974_848],
    ['129e6', 1, 129_000_000],
    ['1E3', 1, 1_000],
    ['1E', 1, 1e18],
    ['1k', 1, 1_000],
    ['+1', 1, 1],
    ['.5Ki', 1, 512],
  ])('%j in steps of 1/%i is %i', (text, steps, expected) => {
    expect(quantityInSteps(text, steps)).toBe(expected);
  });

  it.each(['', '1K', '1mi', '1 Gi', 'Gi', '1e', '0x10', '1GiB', 'NaN', null, true, [], Number.NaN])(
    'is not %j',
    (text) => {
      expect(quantityInSteps(text, 1)).toBe(null);
    },
  );
});
