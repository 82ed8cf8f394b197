import type { LinearModel } from './linear-model.ts';
import type { Optimal, Outcome } from './outcome.ts';
import { scalingOf } from './scaling.ts';
import type { OpenModel } from './solver.ts';

/** Costs further apart than this do not all stand out against the tolerance of one solve. */
const SPREAD = 1e6;
/** A price above this part of the largest cost is beyond doubt. */
const CERTAIN = 1e-7;
/** What is below this part of the largest cost is lost in its rounding. */
const LOST = 1e-15;
const ROUNDS = 5;

/** Says whether some costs are too small beside others for one solve. */
export function needsRefining({ columns, variables }: LinearModel): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let v = 0; v < variables; v++) {
    const size = Math.abs(columns.cost[v]!);
    most = Math.max(most, size);
    if (size > 0) least = Math.min(least, size);
  }
  return most > SPREAD * least;
}

/**
 * Solves a model whose costs are far apart: what a solve could not tell from zero is made the objective of the next one,
 * on the face of those before.
 *
 * @param open the same model, freshly opened.
 * @see Gleixner, Steffy and Wolter, Iterative refinement for linear programming, INFORMS J. Computing 2016
 */
export function solveRefined(open: OpenModel, model: LinearModel): Outcome {
  const scales = scalingOf(model).rows;
  const top = largest(model.columns.cost, model.variables);
  const fixed = new Uint8Array(model.variables);
  // Prices of the rows that are fixed: on the face they add a constant, whatever the values.
  const settled = new Float64Array(model.rows);
  let outcome = open.solve();
  let scale = top;
  let iterations = 0;
  for (let round = 0; round < ROUNDS && outcome.status === 'optimal'; round++) {
    const { values, reducedCosts, activities, duals } = outcome;
    iterations += outcome.iterations;
    for (let v = 0; v < model.variables; v++) {
      if (fixed[v] === 1 || Math.abs(reducedCosts[v]!) <= CERTAIN * scale) continue;
      fixed[v] = 1;
      open.setVariableLimits(v, values[v]!, values[v]!);
    }
    for (let r = 0; r < model.rows; r++) {
      if (Math.abs(duals[r]!) <= CERTAIN * scale * scales[r]!) continue;
      const limit = model.nearestLimit(r, activities[r]!);
      open.setRowLimits(r, limit, limit);
      settled[r] = settled[r]! + duals[r]!;
    }
    const rest = model.pricesAt(settled).map((price, v) => (fixed[v] || Math.abs(price) <= LOST * top ? 0 : price));
    scale = largest(rest, rest.length);
    if (scale === 0) return answerAt(model, values, settled, iterations);
    for (let v = 0; v < rest.length; v++) open.setCost(v, rest[v]!);
    outcome = open.solve();
  }
  if (outcome.status !== 'optimal') return outcome;
  const duals = settled.map((price, r) => price + (outcome.status === 'optimal' ? outcome.duals[r]! : 0));
  return answerAt(model, outcome.values, duals, iterations + outcome.iterations);
}

function answerAt(model: LinearModel, values: Float64Array, duals: Float64Array, iterations: number): Optimal {
  return {
    status: 'optimal',
    objective: model.objectiveAt(values),
    values,
    activities: model.activitiesAt(values),
    duals,
    reducedCosts: model.pricesAt(duals),
    iterations,
  };
}

function largest(numbers: ArrayLike<number>, count: number): number {
  let most = 0;
  for (let v = 0; v < count; v++) most = Math.max(most, Math.abs(numbers[v]!));
  return most;
}
