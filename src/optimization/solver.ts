import type { LinearModel } from './linear-model.ts';
import type { Conflict, Outcome } from './outcome.ts';

/** Solves linear models; what it answers depends on nothing but what it is asked. */
export interface Solver {
  readonly name: string;
  readonly version: string;
  /**
   * Solves from scratch: of several optima it gives the same one for the same model, on every machine.
   *
   * @param limits.mipNodes how many nodes the search for whole numbers may visit; no limit where left out.
   */
  solve(model: LinearModel, limits?: { readonly mipNodes?: number }): Outcome;
  /**
   * Keeps a copy of the model in the solver to change it and solve it again; the caller disposes of it.
   *
   * @throws RangeError if the model has whole variables.
   */
  open(model: LinearModel): OpenModel;
  /** Gives a smallest set of rows and variables that makes the model infeasible, or null if it is feasible. */
  conflict(model: LinearModel): Conflict | null;
}

/**
 * A model that is kept in the solver.
 *
 * Each solve starts from where the last one ended. The objective, if there is an optimum, is that of a solve from
 * scratch; which of several optima it is depends on all calls since the model was opened, and on nothing else.
 */
export interface OpenModel {
  /** @throws RangeError if the cost is not finite. */
  setCost(variable: number, cost: number): void;
  /** @throws RangeError if the lower limit is above the upper one. */
  setVariableLimits(variable: number, lower: number, upper: number): void;
  /** @throws RangeError if the lower limit is above the upper one. */
  setRowLimits(row: number, lower: number, upper: number): void;
  /** @throws RangeError if the coefficient is not finite. */
  setTerm(row: number, variable: number, coefficient: number): void;
  solve(): Outcome;
  /** Gives back the solver's memory; the model is of no use afterwards. */
  dispose(): void;
}
