import type { LinearModel } from '../../optimization/linear-model.ts';
import type { NoOptimum } from '../../optimization/outcome.ts';
import { type Objective as Stage, solveInOrder } from '../../optimization/solve-in-order.ts';
import type { Solver } from '../../optimization/solver.ts';
import { buildModel } from './build-model.ts';
import type { Objective, PlanProblem } from './plan-problem.ts';

/** The best division of tasks over nodes; fractions unless whole tasks were asked for. */
export interface Plan {
  readonly status: 'planned';
  /** One a kind of task and kind of node. */
  readonly cells: Float64Array;
  /** Linear models that were solved. */
  readonly solves: number;
  /** True if a floor could not be reached. */
  readonly misses: boolean;
}

/** What is missing of a floor below this part of it is a matter of rounding. */
const NOTHING = 1e-7;

/** Finds the best plan in fractions of tasks. */
export function solvePlan(solver: Solver, problem: PlanProblem, objective: Objective): Plan | NoOptimum {
  const { model, stages, cells, shortfalls } = buildModel(problem, objective);
  if (stages.length === 0) return planned(cells, new Float64Array(model.variables), model, shortfalls, 0);
  const outcome = stages.length === 1 ? solveOne(solver, model, stages[0]!) : solveInOrder(solver, model, stages);
  if (outcome.status !== 'optimal') return noOptimum(outcome);
  return planned(cells, outcome.values, model, shortfalls, stages.length);
}

/**
 * Finds the best plan in whole tasks, or the best that a search of so many nodes finds.
 *
 * Each stage keeps what those before it have reached, by a row of its own.
 */
export function solveWholePlan(
  solver: Solver,
  problem: PlanProblem,
  objective: Objective,
  mipNodes: number,
): Plan | NoOptimum {
  const { model, stages, cells, shortfalls } = buildModel(problem, objective, true);
  let values = new Float64Array(model.variables);
  for (const { sense, costs } of stages) {
    for (let v = 0; v < model.variables; v++) model.columns.cost[v] = sense === model.sense ? costs[v]! : -costs[v]!;
    const outcome = solver.solve(model, { mipNodes });
    if (outcome.status !== 'optimal' && outcome.status !== 'stopped') return noOptimum(outcome);
    values = Float64Array.from(outcome.values);
    keep(model, { sense, costs }, values);
  }
  return planned(cells, values, model, shortfalls, stages.length);
}

/** Adds a row that lets no later stage be worse than `values` in this one. */
function keep(model: LinearModel, { sense, costs }: Stage, values: Float64Array): void {
  let reached = 0;
  for (let v = 0; v < model.variables; v++) reached += costs[v]! * values[v]!;
  const slack = NOTHING * Math.max(1, Math.abs(reached));
  const row =
    sense === 'maximize'
      ? model.addRow(reached - slack, Number.POSITIVE_INFINITY)
      : model.addRow(Number.NEGATIVE_INFINITY, reached + slack);
  for (let v = 0; v < model.variables; v++) model.addTerm(row, v, costs[v]!);
}

function solveOne(solver: Solver, model: LinearModel, { sense, costs }: Stage) {
  for (let v = 0; v < model.variables; v++) model.columns.cost[v] = sense === model.sense ? costs[v]! : -costs[v]!;
  return solver.solve(model);
}

function noOptimum(outcome: { readonly status: string; readonly reason?: string }): NoOptimum {
  if (outcome.status === 'infeasible' || outcome.status === 'unbounded') return outcome as NoOptimum;
  return { status: 'failed', reason: outcome.reason ?? outcome.status };
}

function planned(
  variables: Int32Array,
  values: Float64Array,
  model: LinearModel,
  shortfalls: readonly number[],
  solves: number,
): Plan {
  const cells = new Float64Array(variables.length);
  for (let c = 0; c < cells.length; c++) if (variables[c]! >= 0) cells[c] = Math.max(0, values[variables[c]!]!);
  const misses = shortfalls.some((v) => values[v]! > NOTHING * model.columns.upper[v]!);
  return { status: 'planned', cells, solves, misses };
}
