import type { LinearModel, Sense } from './linear-model.ts';
import type { Outcome } from './outcome.ts';
import { scalingOf } from './scaling.ts';
import type { Solver } from './solver.ts';

/** One of several objectives. */
export interface Objective {
  readonly sense: Sense;
  /** One a variable. */
  readonly costs: ArrayLike<number>;
}

/** A price below this part of the largest cost counts as none: what it could change is lost in rounding. */
const NO_PRICE = 1e-9;

/**
 * Optimises several objectives, each among the optima of those before it.
 *
 * Between two of them the optimal face is fixed: a variable or row with a price keeps the limit at which it stands. So
 * no objective is weighed against another with large factors, and the point where the solver stands stays allowed.
 * `objective`, duals and reduced costs are those of the last one; the model's own costs are not looked at.
 *
 * @returns the optimum of the last objective, or the first answer that is none.
 * @throws RangeError if the model has whole variables, or there is no objective.
 * @see Isermann, Linear lexicographic optimization, OR Spektrum 1982
 */
export function solveInOrder(solver: Solver, model: LinearModel, objectives: readonly Objective[]): Outcome {
  if (objectives.length === 0) throw new RangeError('there is no objective');
  const costed = model.copy();
  const sign = ({ sense }: Objective) => (sense === model.sense ? 1 : -1);
  for (let v = 0; v < model.variables; v++) costed.columns.cost[v] = sign(objectives[0]!) * objectives[0]!.costs[v]!;
  // Prices of rows are compared as if the largest coefficient of each were near 1.
  const scales = scalingOf(model).rows;
  const open = solver.open(costed);
  try {
    let outcome = open.solve();
    for (const objective of objectives.slice(1)) {
      if (outcome.status !== 'optimal') return outcome;
      let largest = 0;
      for (let v = 0; v < model.variables; v++) largest = Math.max(largest, Math.abs(costed.columns.cost[v]!));
      const { values, reducedCosts, duals, activities } = outcome;
      for (let v = 0; v < model.variables; v++) {
        if (Math.abs(reducedCosts[v]!) > NO_PRICE * largest) open.setVariableLimits(v, values[v]!, values[v]!);
      }
      for (let r = 0; r < model.rows; r++) {
        const limit = costed.nearestLimit(r, activities[r]!);
        if (Math.abs(duals[r]!) > NO_PRICE * largest * scales[r]!) open.setRowLimits(r, limit, limit);
      }
      for (let v = 0; v < model.variables; v++) {
        costed.columns.cost[v] = sign(objective) * objective.costs[v]!;
        open.setCost(v, costed.columns.cost[v]!);
      }
      outcome = open.solve();
    }
    if (outcome.status !== 'optimal' || sign(objectives.at(-1)!) === 1) return outcome;
    const negated = (prices: Float64Array) => prices.map((price) => -price);
    return {
      ...outcome,
      objective: -outcome.objective,
      duals: negated(outcome.duals),
      reducedCosts: negated(outcome.reducedCosts),
    };
  } finally {
    open.dispose();
  }
}
