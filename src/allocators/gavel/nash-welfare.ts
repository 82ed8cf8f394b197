import type { Solver } from '../../optimization/solver.ts';
import { normalised } from './equal-split.ts';
import { addJobRow, optimumOf, sharesOf, type TimeProblem, timeModel, weigh } from './time-problem.ts';

/** How near the sum of logarithms comes to the largest one: each throughput is then good to about four digits. */
const GAP = 1e-9;
const CUTS = 100;

/**
 * Divides time so that the product of what jobs get done is as large as may be (Nash welfare).
 *
 * The logarithms are bounded from above by tangents, and one more is added to each where the last solution lies, until
 * bound and value meet.
 *
 * @throws RangeError if a job can run nowhere.
 * @see Kelley, The Cutting-Plane Method for Solving Convex Programs, 1960
 */
export function nashShares(solver: Solver, problem: TimeProblem): number[][] {
  const worth = normalised(problem);
  if (worth.some((row) => row.every((each) => each === 0))) throw new RangeError('a job can run nowhere');
  const time = timeModel(problem, 'maximize');
  const { model } = time;
  const logs = worth.map(() => model.addVariable(1, Number.NEGATIVE_INFINITY));
  /** log(a) <= log(at) + (a - at) / at */
  const cut = (j: number, at: number): void => {
    const slopes = worth[j]!.map((each) => each / at);
    const row = addJobRow(time, j, slopes, 1 - Math.log(at));
    model.addTerm(row, logs[j]!, -1);
  };
  for (const [j, row] of worth.entries()) cut(j, Math.max(...row) / problem.throughputs.length);
  for (const [j, row] of worth.entries()) cut(j, Math.max(...row));
  for (let step = 0; ; step++) {
    const found = optimumOf(solver.solve(model));
    const shares = sharesOf(problem, found.values);
    const got = weigh(worth, shares);
    const value = got.reduce((sum, each) => sum + Math.log(each), 0);
    if (found.objective - value <= GAP || step === CUTS) return shares;
    for (const [j, each] of got.entries()) cut(j, Math.max(each, 1e-6));
  }
}

/**
 * Gives the division of time under which it pays no job to misstate its throughputs: the one of largest Nash welfare, from which
 * each job's part is multiplied by what its presence leaves of each other job's throughput.
 *
 * @see Cole, Gkatzelis and Goel, Mechanism Design for Fair Division, EC 2013 (the partial allocation mechanism)
 */
export function strategyProofShares(solver: Solver, problem: TimeProblem): { shares: number[][]; kept: number[] } {
  const { throughputs, counts, scales } = problem;
  const shares = nashShares(solver, problem);
  const together = weigh(throughputs, shares);
  const kept = throughputs.map((_, j) => {
    const others = [...throughputs.keys()].filter((k) => k !== j);
    const rest = others.map((k) => throughputs[k]!);
    if (rest.length === 0) return 1;
    const without = weigh(
      rest,
      nashShares(solver, { throughputs: rest, counts, scales: others.map((k) => scales[k]!) }),
    );
    return others.reduce((product, k, i) => product * (together[k]! / without[i]!), 1);
  });
  return { shares: shares.map((row, j) => row.map((share) => share * kept[j]!)), kept };
}
