import type { Solver } from '../../optimization/solver.ts';
import type { TimeProblem } from './time-problem.ts';
import { WaterFilling } from './water-filling.ts';

/** What a job's finish time is judged by; all in one unit of time. */
export interface FinishTime {
  /** How long the job has been there. */
  readonly age: number;
  /** Work that is left. */
  readonly work: number;
  /** How long the whole job would take on its equal part alone; above zero. */
  readonly alone: number;
}

/** The ratio changes by less than this from one step to the next, relative to it, when it has been found. */
const STILL = 1e-13;
const STEPS = 100;

/**
 * Gives how small the largest ratio of finish time to finish time alone can be, over jobs that have work left.
 *
 * A ratio r asks for a throughput of work / (r x alone - age) from each job. Where these are too much, the duals of the
 * model say of which weighted sum of throughputs there is too little; the ratio at which that sum is asked for is
 * a lower bound, and the next to be tried (Newton's method on a convex function, never beyond the goal).
 *
 * @see Mahajan et al., Themis, NSDI 2020; Narayanan et al., OSDI 2020, section 4.2
 */
export function leastFinishRatio(solver: Solver, problem: TimeProblem, jobs: readonly FinishTime[]): number {
  if (jobs.every(({ work }) => work === 0)) return 0;
  const water = new WaterFilling(solver, problem, problem.throughputs);
  try {
    // No job is faster than alone on what suits it best.
    let ratio = 0;
    for (const [j, { age, work, alone }] of jobs.entries()) {
      const best = Math.max(...problem.throughputs[j]!);
      if (work > 0) ratio = Math.max(ratio, (age + work / best) / alone);
    }
    for (let step = 0; step < STEPS; step++) {
      const next = Math.max(ratio, boundAt(water, jobs, ratio));
      if (next - ratio <= STILL * ratio) return next;
      ratio = next;
    }
    return ratio;
  } finally {
    water.dispose();
  }
}

/** Throughput that each job asks for at a ratio. */
export function askedAt(jobs: readonly FinishTime[], ratio: number): number[] {
  return jobs.map(({ age, work, alone }) => (work > 0 ? work / (ratio * alone - age) : 0));
}

/** A lower bound of the ratio by the duals at another one. */
function boundAt(water: WaterFilling, jobs: readonly FinishTime[], ratio: number): number {
  const { by, pulls } = water.probe(askedAt(jobs, ratio));
  // The weighted sum asked for falls with the ratio; at `ratio` it is 1 by the pulls, and there is `by` of it.
  const sum = (at: number): number =>
    jobs.reduce((total, { age, work, alone }, j) => {
      if (pulls[j]! === 0 || work === 0) return total;
      return total + pulls[j]! * ((ratio * alone - age) / (at * alone - age));
    }, 0);
  const total = pulls.reduce((a, b) => a + b, 0);
  if (by >= total) return ratio;
  let [low, high] = [ratio, ratio * 2];
  while (sum(high) > by) [low, high] = [high, high * 2];
  for (let i = 0; i < 200 && high - low > 0; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (sum(middle) > by) low = middle;
    else high = middle;
  }
  return low;
}
