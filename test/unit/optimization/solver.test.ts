import { beforeAll, describe, expect, it } from 'vitest';
import { LinearModel, type Sense } from '../../../src/optimization/linear-model.ts';
import { loadSolver } from '../../../src/optimization/load-solver.ts';
import type { Optimal, Outcome } from '../../../src/optimization/outcome.ts';
import type { Solver } from '../../../src/optimization/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** A model from dense rows `[lower, coefficients, upper]`. */
function modelOf(
  sense: Sense,
  costs: readonly number[],
  rows: readonly (readonly [number, readonly number[], number])[],
  integer = false,
): LinearModel {
  const model = new LinearModel(sense);
  for (const cost of costs) model.addVariable(cost, 0, Number.POSITIVE_INFINITY, integer);
  for (const [lower, coefficients, upper] of rows) {
    const row = model.addRow(lower, upper);
    coefficients.forEach((coefficient, variable) => {
      model.addTerm(row, variable, coefficient);
    });
  }
  return model;
}

function optimal(outcome: Outcome): Optimal {
  if (outcome.status !== 'optimal') throw new Error(`${outcome.status}: ${JSON.stringify(outcome)}`);
  return outcome;
}

const none = Number.NEGATIVE_INFINITY;
const any = Number.POSITIVE_INFINITY;

describe('the solver', () => {
  it('finds the optimum with its prices: max 5a + 3b, a + b <= 1, 4a + 5b <= 20 is 5 at (1, 0)', () => {
    const model = modelOf(
      'maximize',
      [5, 3],
      [
        [none, [1, 1], 1],
        [none, [4, 5], 20],
      ],
    );
    const { objective, values, activities, duals, reducedCosts } = optimal(solver.solve(model));
    expect(objective).toBe(5);
    expect([...values]).toEqual([1, 0]);
    expect([...activities]).toEqual([1, 4]);
    // One more unit of the first row is worth 5; one of b costs the 5 of an a and brings 3.
    expect([...duals]).toEqual([5, 0]);
    expect([...reducedCosts]).toEqual([0, -2]);
  });

  it('gives prices in the sense of the model when it minimises', () => {
    const { objective, duals } = optimal(solver.solve(modelOf('minimize', [5, 3], [[1, [1, 1], any]])));
    expect(objective).toBe(3);
    expect([...duals]).toEqual([3]);
  });

  it('says that a model is infeasible, and which rows cannot hold together', () => {
    const model = modelOf(
      'minimize',
      [1, 1],
      [
        [5, [1, 0], any],
        [none, [0, 1], 7],
        [none, [1, 0], 3],
      ],
    );
    expect(solver.solve(model)).toMatchObject({ status: 'infeasible' });
    expect(solver.conflict(model)).toEqual({ rows: [0, 2], variables: [] });
  });

  it('finds no conflict where there is none', () => {
    expect(solver.conflict(modelOf('minimize', [1], [[1, [1], any]]))).toBeNull();
  });

  it('says that an objective is unbounded', () => {
    expect(solver.solve(modelOf('maximize', [1, 1], [[none, [1, -1], 3]]))).toMatchObject({ status: 'unbounded' });
  });

  it('goes another way where the simplex method ends without an answer', () => {
    const model = modelOf(
      'maximize',
      [0, 1, 0],
      [
        [none, [-3, 9, 1], -1],
        [none, [-2, 9, 0], 0],
      ],
    );
    expect(solver.solve(model)).toMatchObject({ status: 'unbounded' });
  });

  it('solves a model without rows, and one without variables', () => {
    const box = new LinearModel('maximize');
    box.addVariable(2, 0, 3);
    expect(optimal(solver.solve(box)).objective).toBe(6);
    expect(optimal(solver.solve(new LinearModel('minimize'))).objective).toBe(0);
    const impossible = new LinearModel('minimize');
    impossible.addRow(1, 2);
    expect(solver.solve(impossible)).toMatchObject({ status: 'infeasible' });
    expect(solver.conflict(impossible)).toEqual({ rows: [0], variables: [] });
  });

  it('gives whole values where they must be whole', () => {
    // The fractional optimum is 2.5 of the first; whole, two of it leave room for one of the second.
    const model = modelOf('maximize', [5, 4], [[none, [2, 1], 5]], true);
    const { objective, values } = optimal(solver.solve(model));
    expect(objective).toBe(20);
    expect([...values]).toEqual([0, 5]);
  });

  it('is not misled by numbers of very different size', () => {
    // Thousandths of a MiB against a weight of a millionth.
    const model = modelOf(
      'maximize',
      [1e-6, 3e-6],
      [
        [none, [1e9, 2e9], 4e9],
        [none, [1e-5, 1e-5], 3e-5],
      ],
    );
    const { objective, values } = optimal(solver.solve(model));
    expect(objective).toBeCloseTo(6e-6, 16);
    expect(values[1]! * 2 + values[0]!).toBeCloseTo(4, 9);
  });

  it('refuses what is no model', () => {
    const model = new LinearModel('minimize');
    expect(() => model.addVariable(Number.NaN)).toThrow('cost is NaN');
    expect(() => model.addVariable(1, 2, 1)).toThrow('limits are 2 to 1');
    expect(() => model.addRow(any, any)).toThrow('limits are Infinity to Infinity');
    model.addVariable(1);
    model.addRow(0, 1);
    expect(() => model.addTerm(1, 0, 1)).toThrow('there is no row 1');
    expect(() => model.addTerm(0, 1, 1)).toThrow('there is no variable 1');
    model.addTerm(0, 0, 1);
    model.addTerm(0, 0, 1);
    expect(() => solver.solve(model)).toThrow('row 0 has two coefficients of variable 0');
  });
});

describe('a model that is kept open', () => {
  it('gives the optimum of the changed model, warm as from scratch', () => {
    const model = modelOf(
      'maximize',
      [5, 3],
      [
        [none, [1, 1], 4],
        [none, [1, 3], 6],
      ],
    );
    const open = solver.open(model);
    try {
      expect(optimal(open.solve()).objective).toBe(20);
      open.setRowLimits(0, none, 2);
      expect(optimal(open.solve()).objective).toBe(10);
      open.setCost(1, 8);
      expect(optimal(open.solve()).objective).toBe(16);
      open.setTerm(1, 1, 6);
      // b at 1, and one a beside it.
      expect(optimal(open.solve()).objective).toBeCloseTo(5 * 1.2 + 8 * 0.8, 12);
      open.setVariableLimits(0, 3, 3);
      expect(open.solve()).toMatchObject({ status: 'infeasible' });
      open.setVariableLimits(0, 0, 0);
      expect(optimal(open.solve()).objective).toBe(8);
    } finally {
      open.dispose();
    }
    // The model that was opened is still what it was.
    expect(optimal(solver.solve(model)).objective).toBe(20);
  });
});
