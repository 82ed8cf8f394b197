import { describe, expect, it } from 'vitest';
import { flawOf } from '../../../src/optimization/check-optimum.ts';
import { LinearModel } from '../../../src/optimization/linear-model.ts';
import { scalingOf } from '../../../src/optimization/scaling.ts';

/** max 5a + 3b, a + b <= 1, a <= 0.5: the optimum is 4 at (0.5, 0.5), the row is worth 3, the limit of a 2. */
function flaw(values: number[], duals: number[]): string | null {
  const model = new LinearModel('maximize');
  model.addVariable(5, 0, 0.5);
  model.addVariable(3);
  const row = model.addRow(Number.NEGATIVE_INFINITY, 1);
  model.addTerm(row, 0, 1);
  model.addTerm(row, 1, 1);
  const point = Float64Array.from(values);
  const sums = model.activitiesAt(point);
  return flawOf(model, scalingOf(model), point, sums, Float64Array.from(duals));
}

describe('the check of an optimum', () => {
  it('passes an optimum with its proof', () => {
    expect(flaw([0.5, 0.5], [3])).toBeNull();
  });

  it('finds a variable or a row out of its limits', () => {
    expect(flaw([0.6, 0.4], [3])).toContain('variable 0 is');
    expect(flaw([0.5, 0.6], [3])).toContain('row 0 is');
    expect(flaw([Number.NaN, 0.5], [3])).toContain('variable 0 is NaN');
  });

  it('finds a point that is allowed but not the best', () => {
    expect(flaw([0.5, 0.4], [3])).toBe('the objective is 3.7, its proof 4');
    expect(flaw([0, 0], [0])).toContain('the objective is 0');
  });

  it('finds a price that no limit stands behind', () => {
    // Without a price on the row, nothing bounds what b may earn.
    expect(flaw([0.5, 0], [0])).toContain('a price of 3 has no limit behind it');
  });
});
