import type { Solver } from '../../optimization/solver.ts';
import type { TimeProblem } from './time-problem.ts';
import { WaterFilling } from './water-filling.ts';

/**
 * Gives the shortest time in which all work can be done: one over the largest u for which every job gets work x u done
 * in one unit of time; zero if there is no work.
 *
 * @see Narayanan et al., OSDI 2020, section 4.2
 */
export function leastMakespan(solver: Solver, problem: TimeProblem, work: readonly number[]): number {
  if (work.every((left) => left === 0)) return 0;
  const water = new WaterFilling(solver, problem, problem.throughputs);
  try {
    return 1 / water.raise(work).by;
  } finally {
    water.dispose();
  }
}

/**
 * Gives what the published search finds where the shortest time is `least`: it halves 100 s to 1,000,000 s until the
 * upper end is within 5 % of the lower one, and takes the upper one.
 *
 * @see `policies/min_total_duration.py`
 */
export function publishedMakespan(least: number): number {
  let [lower, upper] = [100, 1_000_000];
  while (1.05 * lower < upper) {
    const middle = (lower + upper) / 2;
    if (middle >= least) upper = middle;
    else lower = middle;
  }
  return upper;
}
