import { addJobRow, optimumOf, type TimeProblem, timeModel } from '../../allocators/gavel/time-problem.ts';
import type { Solver } from '../../optimization/solver.ts';
import type { Verdict } from '../verdict.ts';

/** Published figures are rounded to so many. */
const ROUNDING = 5.1e-4;

/** All divisions of time that give each job at least so much. */
export interface Face {
  readonly problem: TimeProblem;
  /** Of a unit of a job's time on a type. */
  readonly worth: readonly (readonly number[])[];
  readonly least: readonly number[];
}

/** Gives the least and the most that a weighted sum of one job's time comes to on a face. */
export function rangeOn(solver: Solver, face: Face, job: number, weights: readonly number[]): [number, number] {
  const end = (sense: 'minimize' | 'maximize'): number => {
    const time = timeModel(face.problem, sense, (j, t) => (j === job ? weights[t]! : 0));
    for (const [j, row] of face.worth.entries()) addJobRow(time, j, row, face.least[j]! * (1 - 1e-9));
    return optimumOf(solver.solve(time.model)).objective;
  };
  return [end('minimize'), end('maximize')];
}

/**
 * Holds a published division, rounded to three decimals, against a face: it must be possible, give everyone what it
 * should, and each of its numbers must be one that some division of the face has.
 *
 * @param kept what part of its time each job keeps in what was published; all of it where left out.
 */
export function checkOnFace(
  verdict: Verdict,
  solver: Solver,
  face: Face,
  published: readonly (readonly number[])[],
  kept: readonly number[] = published.map(() => 1),
): void {
  const { counts, scales } = face.problem;
  for (const [t, count] of counts.entries()) {
    const used = published.reduce((sum, row, j) => sum + (scales[j]! * row[t]!) / kept[j]!, 0);
    const room = ROUNDING * published.reduce((sum, _, j) => sum + scales[j]! / kept[j]!, 0);
    verdict.check(used <= count + room, `type ${t}: ${used} of ${count} workers are given out`);
  }
  for (const [j, row] of published.entries()) {
    const time = row.reduce((sum, share) => sum + share, 0) / kept[j]!;
    verdict.check(time <= 1 + (ROUNDING * row.length) / kept[j]!, `job ${j} has ${time} of its time`);
    const got = row.reduce((sum, share, t) => sum + (share * face.worth[j]![t]!) / kept[j]!, 0);
    const room = (ROUNDING * face.worth[j]!.reduce((a, b) => a + b, 0)) / kept[j]!;
    verdict.check(got >= face.least[j]! - room, `job ${j} has ${got}, not ${face.least[j]}`);
    for (const [t, share] of row.entries()) {
      const unit = row.map((_, u) => (u === t ? 1 : 0));
      const [low, high] = rangeOn(solver, face, j, unit);
      const fits = share / kept[j]! >= low - ROUNDING / kept[j]! && share / kept[j]! <= high + ROUNDING / kept[j]!;
      verdict.check(fits, `share ${j}.${t}: ${share} is not within ${low * kept[j]!} to ${high * kept[j]!}`);
    }
  }
}
