import { describe, expect, it } from 'vitest';
import { LinearModel } from '../../../src/optimization/linear-model.ts';
import { scalingOf } from '../../../src/optimization/scaling.ts';

describe('scaling', () => {
  it('brings the largest number of each row, and the largest cost, between 1 and 2 by a power of two', () => {
    const model = new LinearModel('minimize');
    model.addVariable(-5);
    model.addVariable(3);
    const memory = model.addRow(0, 1);
    model.addTerm(memory, 0, 4_096_000);
    model.addTerm(memory, 1, 1);
    const small = model.addRow(0, 1);
    model.addTerm(small, 1, -1e-6);
    model.addRow(0, 1);
    const { rows, objective } = scalingOf(model);
    expect(objective).toBe(1 / 4);
    // 4,096,000 lies between 2 to the 21 and to the 22; a millionth just below 2 to the -19.
    expect([...rows]).toEqual([1 / 2_097_152, 1_048_576, 1]);
  });

  it('leaves what is out of all reason alone', () => {
    const model = new LinearModel('minimize');
    model.addVariable(1e-300);
    expect(scalingOf(model).objective).toBe(1);
  });
});
