import type { Solver } from '../../optimization/solver.ts';
import { normalised } from './equal-split.ts';
import { plainRates } from './level-rates.ts';
import type { TimeProblem } from './time-problem.ts';
import { fill, settle, WaterFilling } from './water-filling.ts';

/** What time on a type is worth to a job, relative to the mean over the workers; 1 everywhere if types count alike. */
export function worthOf(problem: TimeProblem, agnostic: boolean): number[][] {
  if (!agnostic) return normalised(problem);
  return problem.throughputs.map((row) => row.map((rate) => (rate > 0 ? 1 : 0)));
}

/**
 * Divides time so that the least of scale x normalised throughput / weight is as large as may be; then the next, to the end.
 *
 * @see Narayanan et al., OSDI 2020, section 4.1 (least attained service); `policies/max_min_fairness.py`
 */
export function maxMinShares(solver: Solver, problem: TimeProblem, weights: readonly number[], agnostic = false) {
  const worth = worthOf(problem, agnostic);
  const heights = fill(solver, problem, worth, plainRates(weights, problem.scales));
  if (agnostic && worth.every((row) => row.every((each) => each > 0))) return spread(problem, heights);
  return settle(solver, problem, worth, heights);
}

/** Gives each job its time in proportion to the workers of each type: who tells no types apart prefers none. */
function spread({ counts }: TimeProblem, heights: readonly number[]): number[][] {
  const workers = counts.reduce((a, b) => a + b, 0);
  return heights.map((height) => counts.map((count) => (workers > 0 ? (height * count) / workers : 0)));
}

/** Gives how large the least scale x normalised throughput / weight can be. */
export function maxMinObjective(solver: Solver, problem: TimeProblem, weights: readonly number[], agnostic = false) {
  const water = new WaterFilling(solver, problem, worthOf(problem, agnostic));
  try {
    return water.raise(plainRates(weights, problem.scales)(weights.map(() => false))).by;
  } finally {
    water.dispose();
  }
}
