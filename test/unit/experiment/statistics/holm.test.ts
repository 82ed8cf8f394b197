import { expect, it } from 'vitest';
import { holm } from '../../../../src/experiment/statistics/holm.ts';

it('multiplies the k-th smallest of m by m - k + 1 and never goes down again', () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  expect(holm([0.5, 0.6])).toEqual([1, 1]);
  expect(holm([0.02])).toEqual([0.02]);
  expect(holm([])).toEqual([]);
});
