import { describe, expect, it } from 'vitest';
import { dominantShare } from '../../../src/fairness/dominant-share.ts';

describe('dominantShare', () => {
  it('is the largest fraction of any resource', () => {
    // cpus 3 of 9, mem 12 of 18
    expect(dominantShare([3, 12], [9, 18])).toBe(12 / 18);
  });

  it('is zero for who holds nothing', () => {
    expect(dominantShare([0, 0], [9, 18])).toBe(0);
  });

  it('leaves out a resource of which there is none', () => {
    expect(dominantShare([1, 0], [4, 0])).toBe(0.25);
  });
});
