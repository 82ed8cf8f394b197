import type { Optimal, Outcome } from '../../optimization/outcome.ts';
import type { OpenModel, Solver } from '../../optimization/solver.ts';
import {
  addJobRow,
  NoSolution,
  optimumOf,
  sharesOf,
  type TimeModel,
  type TimeProblem,
  timeModel,
} from './time-problem.ts';

/** A job with a pull below this holds nobody back. */
const PULL = 1e-9;

/** By such a part of it a job may fall below what it has reached; the next where rounding leaves no solution. */
const ROOMS = [1e-11, 1e-9, 1e-7];

/** How far all rose together, and who can rise no further. */
export interface Rise {
  readonly by: number;
  /** True for those that held the others back: they can get no more unless somebody falls. */
  readonly stuck: readonly boolean[];
}

/**
 * Raises what jobs get, together and in proportion to rates, as water rises.
 *
 * What a job gets is a weighted sum of its time on the types. Keeps a model in the solver: the caller disposes of it.
 *
 * @see Narayanan et al., OSDI 2020, section 4.3; Radunović and Le Boudec, A Unified Framework for Max-Min and Min-Max
 *   Fairness with Applications, 2007
 */
export class WaterFilling {
  /** What each job has by now. */
  readonly heights: number[];
  readonly #open: OpenModel;
  readonly #rows: readonly number[];
  readonly #rise: number;

  /** @param weights of a unit of a job's time on a type. */
  constructor(solver: Solver, problem: TimeProblem, weights: readonly (readonly number[])[]) {
    this.heights = problem.throughputs.map(() => 0);
    const time: TimeModel = timeModel(problem, 'maximize');
    this.#rise = time.model.addVariable(1);
    this.#rows = weights.map((row, j) => {
      const at = addJobRow(time, j, row, 0);
      time.model.addTerm(at, this.#rise, -1);
      return at;
    });
    this.#open = solver.open(time.model);
  }

  /**
   * Raises jobs by their rates (zero for those that stay) as far as all can rise, at most by `most`.
   *
   * @throws NoSolution if the solver finds none.
   */
  raise(rates: readonly number[], most = Number.POSITIVE_INFINITY): Rise {
    const { by, pulls } = this.probe(rates, most);
    for (const [j, rate] of rates.entries()) this.heights[j] = this.heights[j]! + by * rate;
    const least = Math.min(PULL, Math.max(...pulls));
    return { by, stuck: pulls.map((pull) => pull > 0 && pull >= least) };
  }

  /**
   * Finds how far jobs can rise by their rates and who holds them back, and leaves them where they are.
   *
   * The pulls, one a job, sum to one. Where one is not zero, the job has no more than its share at every optimum.
   */
  probe(rates: readonly number[], most = Number.POSITIVE_INFINITY): { by: number; pulls: number[] } {
    const open = this.#open;
    open.setVariableLimits(this.#rise, 0, most);
    for (const [j, row] of this.#rows.entries()) open.setTerm(row, this.#rise, -rates[j]!);
    const found = firstFeasible((room) => {
      for (const [j, row] of this.#rows.entries()) {
        open.setRowLimits(row, this.heights[j]! * (1 - room), Number.POSITIVE_INFINITY);
      }
      return open.solve();
    });
    return {
      by: found.values[this.#rise]!,
      pulls: rates.map((rate, j) => Math.abs(found.duals[this.#rows[j]!]!) * rate),
    };
  }

  dispose(): void {
    this.#open.dispose();
  }
}

/** Gives how far all rise together before the first is stuck. */
export function firstLevel(
  solver: Solver,
  problem: TimeProblem,
  weights: readonly (readonly number[])[],
  rates: readonly number[],
): number {
  const water = new WaterFilling(solver, problem, weights);
  try {
    return water.raise(rates).by;
  } finally {
    water.dispose();
  }
}

/**
 * Fills until nobody can rise: each job that is stuck keeps what it has, and the others go on at rates of their own.
 *
 * @param ratesOf gives the rate of each job, zero for those that are stuck or wait; all zero ends the filling.
 * @param from what each job has at first; nothing where left out.
 * @returns what each job has then.
 */
export function fill(
  solver: Solver,
  problem: TimeProblem,
  weights: readonly (readonly number[])[],
  ratesOf: (stuck: readonly boolean[]) => readonly number[],
  from?: readonly number[],
): number[] {
  const water = new WaterFilling(solver, problem, weights);
  if (from !== undefined) water.heights.splice(0, from.length, ...from);
  try {
    const stuck = problem.throughputs.map((row) => row.every((rate) => rate === 0));
    for (;;) {
      const rates = ratesOf(stuck);
      if (rates.every((rate) => rate === 0)) return water.heights;
      const rise = water.raise(rates);
      if (!rise.stuck.some(Boolean)) return water.heights;
      for (const [j, is] of rise.stuck.entries()) if (is) stuck[j] = true;
    }
  } finally {
    water.dispose();
  }
}

/** Steps of the golden ratio: no two sums of few of them are equal. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Finds the time on each type by which every job has at least what it was given, with as little of it as may be.
 *
 * Costs of a job's time are between 1 and 2 and unlike, so that the choice is the same whatever way the solver took.
 *
 * @throws NoSolution if the solver finds none.
 */
export function settle(
  solver: Solver,
  problem: TimeProblem,
  weights: readonly (readonly number[])[],
  heights: readonly number[],
): number[][] {
  const types = problem.counts.length;
  const found = firstFeasible((room) => {
    const time = timeModel(problem, 'minimize', (j, t) => 1 + ((GOLDEN * (j * types + t + 1)) % 1));
    for (const [j, row] of weights.entries()) addJobRow(time, j, row, heights[j]! * (1 - room));
    return solver.solve(time.model);
  });
  return sharesOf(problem, found.values);
}

/** Solves with as little room as leaves a solution. */
function firstFeasible(solve: (room: number) => Outcome): Optimal {
  for (const room of ROOMS) {
    const outcome = solve(room);
    if (outcome.status !== 'infeasible') return optimumOf(outcome);
  }
  throw new NoSolution('what was reached cannot be reached again');
}
