import { describe, expect, it } from 'vitest';
import { derivedWeight, JobWeights } from '../../../src/cluster/job-weights.ts';

describe('the weight of a job', () => {
  it('is complexity times (1 + priority) where none is stated', () => {
    expect(derivedWeight(0)).toBe(1);
    expect(derivedWeight(4)).toBe(5);
    expect(derivedWeight(2, 1.5)).toBe(4.5);
    expect(derivedWeight(2, 0)).toBe(0);
  });

  it('counts a priority below zero as zero, so that no weight is negative', () => {
    expect(derivedWeight(-3)).toBe(1);
    expect(derivedWeight(-3, 2)).toBe(2);
  });

  it('is kept as a row, and equal weights share one', () => {
    const weights = new JobWeights();
    const five = weights.add(5);
    const none = weights.add(0);
    expect(weights.add(5)).toBe(five);
    expect([weights.of(five, 9), weights.of(none, 9), weights.of(0, 9)]).toEqual([5, 0, 10]);
  });
});
