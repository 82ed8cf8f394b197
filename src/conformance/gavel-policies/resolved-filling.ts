import { type Entities, entityRates } from '../../allocators/gavel/level-rates.ts';
import { addJobRow, optimumOf, type TimeProblem, timeModel } from '../../allocators/gavel/time-problem.ts';
import { WaterFilling } from '../../allocators/gavel/water-filling.ts';
import type { Solver } from '../../optimization/solver.ts';

/** A job that could rise by no more than this counts as stuck. */
const STUCK = 1e-6;

/**
 * Fills as the vectors called `resolved` in the case files were: not to the end.
 *
 * Inner `fifo`: each level is the last one of the jobs that rise in it. Inner `fairness`: from the second level on none
 * rises further than the largest throughput that a job could have alone, and a level at which nobody gets stuck
 * is the last.
 */
export function resolvedFilling(
  solver: Solver,
  problem: TimeProblem,
  worth: readonly (readonly number[])[],
  entities: Entities,
  jobWeights: readonly number[],
): number[] {
  const ratesOf = entityRates(entities, jobWeights);
  const water = new WaterFilling(solver, problem, worth);
  const most = Math.max(...worth.flat());
  const done = jobWeights.map(() => false);
  try {
    for (let level = 1; ; level++) {
      const rates = ratesOf(done);
      if (rates.every((rate) => rate === 0)) return water.heights;
      water.raise(rates, entities.inner === 'fairness' && level > 1 ? most : Number.POSITIVE_INFINITY);
      const ended = rates.map(
        (rate, j) =>
          rate > 0 &&
          (entities.inner === 'fifo' || highest(solver, problem, worth, water.heights, j) <= water.heights[j]! + STUCK),
      );
      if (!ended.some(Boolean)) return water.heights;
      for (const [j, is] of ended.entries()) if (is) done[j] = true;
    }
  } finally {
    water.dispose();
  }
}

/** The most that a job can have while nobody falls. */
function highest(
  solver: Solver,
  problem: TimeProblem,
  worth: readonly (readonly number[])[],
  heights: readonly number[],
  job: number,
): number {
  const time = timeModel(problem, 'maximize', (j, t) => (j === job ? worth[j]![t]! : 0));
  for (const [j, row] of worth.entries()) addJobRow(time, j, row, heights[j]! * (1 - 1e-9));
  return optimumOf(solver.solve(time.model)).objective;
}
