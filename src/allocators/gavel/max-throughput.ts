import type { Solver } from '../../optimization/solver.ts';
import { addJobRow, optimumOf, sharesOf, type TimeProblem, timeModel } from './time-problem.ts';

/** The most that can be got done, and by which division of time. */
export interface MostThroughput {
  /** The sum over jobs of throughput, each over what an hour on the type costs. */
  readonly sum: number;
  readonly shares: number[][];
  /** True if the least throughputs that were asked for cannot all be had, and none of them was looked at. */
  readonly dropped: boolean;
}

/**
 * Divides time so that as much as may be gets done, or as much for each unit of money; scales do not count.
 *
 * @param prices of a unit of time on a worker of each type; all 1 where left out.
 * @param least throughput of each job, for those that must end in time; dropped altogether where they cannot all be had.
 * @see Narayanan et al., OSDI 2020, section 4.2; `policies/max_sum_throughput.py`
 */
export function mostThroughput(
  solver: Solver,
  problem: TimeProblem,
  prices?: readonly number[],
  least?: readonly number[],
): MostThroughput {
  const value = (j: number, t: number): number => problem.throughputs[j]![t]! / (prices?.[t] ?? 1);
  const time = timeModel(problem, 'maximize', value);
  for (const [j, row] of problem.throughputs.entries()) if ((least?.[j] ?? 0) > 0) addJobRow(time, j, row, least![j]!);
  const outcome = solver.solve(time.model);
  if (outcome.status === 'infeasible' && least !== undefined) {
    return { ...mostThroughput(solver, problem, prices), dropped: true };
  }
  const found = optimumOf(outcome);
  return { sum: found.objective, shares: sharesOf(problem, found.values), dropped: false };
}
