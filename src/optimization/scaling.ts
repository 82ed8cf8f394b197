import type { LinearModel } from './linear-model.ts';

/**
 * Factors that bring a model's numbers near 1: each row is multiplied by its own, the objective by one.
 *
 * All are powers of two, so that nothing is rounded on the way in or out. A solver compares with fixed tolerances; with
 * memory in thousandths of a MiB and weights of a millionth, these would mean something else in each row.
 */
export interface Scaling {
  /** One a row. */
  readonly rows: Float64Array;
  readonly objective: number;
}

/** Chooses factors that bring the largest coefficient of each row, and the largest cost, between 1 and 2. */
export function scalingOf(model: LinearModel): Scaling {
  const largest = new Float64Array(model.rows);
  const { row, value } = model.terms;
  for (let k = 0; k < model.size; k++) largest[row[k]!] = Math.max(largest[row[k]!]!, Math.abs(value[k]!));
  for (let r = 0; r < model.rows; r++) largest[r] = towardsOne(largest[r]!);
  return { rows: largest, objective: objectiveScale(model.columns.cost, model.variables) };
}

/** Gives the factor that brings the largest of the first `count` costs between 1 and 2. */
export function objectiveScale(costs: ArrayLike<number>, count: number): number {
  let largest = 0;
  for (let v = 0; v < count; v++) largest = Math.max(largest, Math.abs(costs[v]!));
  return towardsOne(largest);
}

/** Gives the power of two that brings a magnitude between 1 and 2; 1 for zero and what is out of all reason. */
function towardsOne(magnitude: number): number {
  if (!(magnitude > 1e-250 && magnitude < 1e250)) return 1;
  let factor = 1;
  for (let rest = magnitude; rest >= 2; rest /= 2) factor /= 2;
  for (let rest = magnitude; rest < 1; rest *= 2) factor *= 2;
  return factor;
}
