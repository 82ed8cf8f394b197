import type { Highs, Model } from 'highs';
import { flawOf } from './check-optimum.ts';
import { DUAL, LP_OPTIONS, methodFrom, PRIMAL } from './highs-data.ts';
import type { LinearModel } from './linear-model.ts';
import type { NoOptimum, Outcome } from './outcome.ts';
import type { Scaling } from './scaling.ts';

export const UNBOUNDED = 'the objective can be bettered without end within all limits';

/** Other ways to an answer, in order, where the first one ends without. */
const DETOURS = [
  { simplex_strategy: PRIMAL },
  { simplex_strategy: DUAL },
  { presolve: 'on', simplex_strategy: 0, primal_feasibility_tolerance: 1e-7, dual_feasibility_tolerance: 1e-7 },
] as const;

/**
 * Runs a model without whole variables, starting from known values, and reads what came of it.
 *
 * Numerical trouble has its detours, always the same ones in the same order; only where all of them fail has the model.
 */
export function readLp(
  highs: Highs,
  inner: Model,
  model: LinearModel,
  scaling: Scaling,
  start: ArrayLike<number>,
): Outcome {
  inner.options.set('simplex_strategy', methodFrom(model, start));
  let outcome = runLp(highs, inner, model, scaling);
  for (const detour of DETOURS) {
    if (outcome.status !== 'failed') break;
    inner.clearSolver();
    inner.options.set({ ...LP_OPTIONS, ...detour });
    outcome = runLp(highs, inner, model, scaling);
    inner.options.set(LP_OPTIONS);
  }
  return outcome;
}

function runLp(highs: Highs, inner: Model, model: LinearModel, scaling: Scaling): Outcome {
  const status = run(inner);
  if (typeof status === 'string') return { status: 'failed', reason: status };
  const { optimal, empty } = highs.constants.modelStatus;
  if (status !== optimal && status !== empty) return noOptimum(highs, status);
  const { colValue, colDual, rowDual } = inner.getSolution();
  const values = within(model, colValue);
  const activities = model.activitiesAt(values);
  // Adding zero makes a plain zero of a negative one.
  const duals = rowDual.map((dual, r) => (dual * scaling.rows[r]!) / scaling.objective + 0);
  const reducedCosts = colDual.map((dual) => dual / scaling.objective + 0);
  const flaw = flawOf(model, scaling, values, activities, duals);
  if (flaw !== null) return { status: 'failed', reason: flaw };
  const iterations = Number(inner.info.get('simplex_iteration_count'));
  return {
    status: 'optimal',
    objective: model.objectiveAt(values),
    values,
    activities,
    duals,
    reducedCosts,
    iterations,
  };
}

/**
 * Runs a model with whole variables and reads what came of it; whole values are rounded to whole.
 *
 * @returns null if the model is unbounded or infeasible and the solver does not say which.
 */
export function readMip(highs: Highs, inner: Model, model: LinearModel, scaling: Scaling): Outcome | null {
  const status = run(inner);
  if (status === highs.constants.modelStatus.unboundedOrInfeasible) return null;
  if (typeof status === 'string') return { status: 'failed', reason: status };
  const { optimal, solutionLimit } = highs.constants.modelStatus;
  const found = inner.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  if (status !== optimal && !(status === solutionLimit && found)) return noOptimum(highs, status);
  const values = within(model, inner.getSolution().colValue);
  for (let v = 0; v < model.variables; v++) if (model.columns.integer[v] === 1) values[v] = Math.round(values[v]!);
  const activities = model.activitiesAt(values);
  const flaw = flawOf(model, scaling, values, activities, null);
  if (flaw !== null) return { status: 'failed', reason: flaw };
  const objective = model.objectiveAt(values);
  const iterations = Number(inner.info.get('mip_node_count'));
  const answer = { objective, values, activities, iterations };
  if (status === optimal) {
    const duals = new Float64Array(model.rows);
    return { status: 'optimal', ...answer, duals, reducedCosts: new Float64Array(model.variables) };
  }
  return { status: 'stopped', ...answer, bound: Number(inner.info.get('mip_dual_bound')) / scaling.objective };
}

/** Runs the solver; gives how it ended, or what it threw. */
function run(inner: Model): number | string {
  try {
    return inner.run().modelStatus;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function noOptimum(highs: Highs, status: number): NoOptimum {
  const codes = highs.constants.modelStatus;
  if (status === codes.infeasible) {
    return { status: 'infeasible', reason: 'no values keep all limits of rows and variables' };
  }
  if (status === codes.unbounded) {
    return { status: 'unbounded', reason: UNBOUNDED };
  }
  const name = Object.entries(codes).find(([, code]) => code === status)?.[0] ?? `status ${status}`;
  return { status: 'failed', reason: `the solver ended with ${name}` };
}

/** Takes off the last bits by which values may be out of their limits. */
function within(model: LinearModel, values: Float64Array): Float64Array {
  const { lower, upper } = model.columns;
  const slack = 1e-9;
  for (let v = 0; v < values.length; v++) {
    const value = values[v]!;
    if (value < lower[v]! && value > lower[v]! - slack) values[v] = lower[v]!;
    else if (value > upper[v]! && value < upper[v]! + slack) values[v] = upper[v]!;
  }
  return values;
}
