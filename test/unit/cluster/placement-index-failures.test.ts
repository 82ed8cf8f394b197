import { describe, expect, it } from 'vitest';
import { PlacementIndexFailures } from '../../../src/cluster/placement-index-failures.ts';

const need = (...amounts: number[]) => Float64Array.from(amounts);

/** Failures of two resources in epoch 7, with 4 and 2 demanded in vain under the constraint. */
function failed(constraint: number): PlacementIndexFailures {
  const failures = new PlacementIndexFailures(2);
  failures.covers(need(4, 2), constraint, 7);
  failures.add(need(4, 2), constraint);
  return failures;
}

describe('PlacementIndexFailures', () => {
  it('knows that what failed fails again, and so does more of it', () => {
    expect(failed(0).covers(need(4, 2), 0, 7)).toBe(true);
    expect(failed(0).covers(need(4, 3), 0, 7)).toBe(true);
  });

  it('says nothing of a demand that is smaller in any resource', () => {
    expect(failed(0).covers(need(3, 9), 0, 7)).toBe(false);
    expect(failed(0).covers(need(9, 1), 0, 7)).toBe(false);
  });

  it('forgets everything when something has come back', () => {
    const failures = failed(0);
    expect(failures.covers(need(4, 2), 0, 8)).toBe(false);
    expect(failures.covers(need(4, 2), 0, 8)).toBe(false);
  });

  it('takes a failure without a constraint for all constraints, one with a constraint for that one alone', () => {
    expect(failed(0).covers(need(4, 2), 3, 7)).toBe(true);
    expect(failed(3).covers(need(4, 2), 3, 7)).toBe(true);
    expect(failed(3).covers(need(4, 2), 0, 7)).toBe(false);
    expect(failed(3).covers(need(4, 2), 5, 7)).toBe(false);
  });

  it('lets the oldest of sixteen give way to the seventeenth', () => {
    const failures = new PlacementIndexFailures(2);
    failures.covers(need(0, 0), 0, 1);
    for (let i = 1; i <= 17; i++) failures.add(need(i, 100 - i), 0);
    expect(failures.covers(need(1, 99), 0, 1)).toBe(false);
    expect(failures.covers(need(2, 98), 0, 1)).toBe(true);
    expect(failures.covers(need(17, 83), 0, 1)).toBe(true);
  });
});
