import type { Highs, ModelData } from 'highs';
import { compressedColumns } from './compressed-columns.ts';
import type { LinearModel } from './linear-model.ts';
import type { Scaling } from './scaling.ts';

/**
 * One set of options for all: another seed, presolve or tolerance reaches another of several optima. Without presolve
 * duals and bases are those of the model itself, and models of this size are solved sooner.
 */
export const LP_OPTIONS = {
  output_flag: false,
  solver: 'simplex',
  presolve: 'off',
  random_seed: 0,
  primal_feasibility_tolerance: 1e-9,
  dual_feasibility_tolerance: 1e-9,
} as const;

/** Gives a model, scaled, as HiGHS takes it. */
export function highsData(highs: Highs, model: LinearModel, { rows: scale, objective }: Scaling): ModelData {
  const { starts, rows, values } = compressedColumns(model);
  for (let k = 0; k < values.length; k++) values[k] = values[k]! * scale[rows[k]!]!;
  const numCols = model.variables;
  const numRows = model.rows;
  const { minimize, maximize } = highs.constants.objectiveSense;
  return {
    numCols,
    numRows,
    sense: model.sense === 'minimize' ? minimize : maximize,
    colCost: model.columns.cost.slice(0, numCols).map((cost) => cost * objective),
    colLower: model.columns.lower.subarray(0, numCols),
    colUpper: model.columns.upper.subarray(0, numCols),
    rowLower: model.limits.lower.slice(0, numRows).map((limit, r) => limit * scale[r]!),
    rowUpper: model.limits.upper.slice(0, numRows).map((limit, r) => limit * scale[r]!),
    matrix: { format: 'csc', numRows, numCols, starts, indices: rows, values },
    ...(model.hasIntegers && { integrality: Int32Array.from(model.columns.integer.subarray(0, numCols)) }),
  };
}

/** The two simplex methods, as HiGHS numbers them. */
export const DUAL = 1;
export const PRIMAL = 4;

/** Chooses the primal simplex method where the values it starts from keep all limits, else the dual one. */
export function methodFrom(model: LinearModel, values: ArrayLike<number>): number {
  return model.allows(values) ? PRIMAL : DUAL;
}

/** Gives where a solve from scratch starts: each variable at its lower limit, else the upper one, else zero. */
export function nearestToZero(model: LinearModel): Float64Array {
  const { lower, upper } = model.columns;
  const values = new Float64Array(model.variables);
  for (let v = 0; v < model.variables; v++) {
    values[v] = Number.isFinite(lower[v]!) ? lower[v]! : Number.isFinite(upper[v]!) ? upper[v]! : 0;
  }
  return values;
}
