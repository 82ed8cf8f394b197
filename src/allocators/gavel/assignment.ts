import { LinearModel } from '../../optimization/linear-model.ts';
import type { Solver } from '../../optimization/solver.ts';
import { optimumOf } from './time-problem.ts';

/** A job's place: on which worker, and how many jobs of that worker end after it. */
interface Place {
  readonly worker: number;
  /** 1 for the last to run. */
  readonly fromEnd: number;
}

/** Jobs in line before workers so that the sum of their finish times is least. */
export interface Assignment {
  readonly places: readonly Place[];
  readonly total: number;
}

/**
 * Puts jobs in line before workers so that the sum of finish times is as small as may be, ages included.
 *
 * A job that stands k-th from the end delays k jobs by its own time, so the cost of a place is k x its time there; the
 * assignment of least cost is a linear model with whole corners.
 *
 * @param times of a job on a worker; infinite where it cannot run.
 * @throws NoSolution if a job can run nowhere.
 * @see Bruno, Coffman and Sethi, Scheduling Independent Tasks to Reduce Mean Finishing Time, CACM 1974; Le et al.,
 *   AlloX, EuroSys 2020, section 4
 */
export function leastFinishTimes(
  solver: Solver,
  times: readonly (readonly number[])[],
  ages: readonly number[] = times.map(() => 0),
): Assignment {
  const jobs = times.length;
  const workers = times[0]?.length ?? 0;
  const model = new LinearModel('minimize');
  const variables: { job: number; place: Place; at: number }[] = [];
  const jobRows = times.map(() => model.addRow(1, 1));
  const placeRows = Array.from({ length: workers * jobs }, () => model.addRow(0, 1));
  for (const [job, row] of times.entries()) {
    for (const [worker, time] of row.entries()) {
      for (let fromEnd = 1; fromEnd <= jobs && time < Number.POSITIVE_INFINITY; fromEnd++) {
        const at = model.addVariable(fromEnd * time + ages[job]!);
        model.addTerm(jobRows[job]!, at, 1);
        model.addTerm(placeRows[worker * jobs + fromEnd - 1]!, at, 1);
        variables.push({ job, place: { worker, fromEnd }, at });
      }
    }
  }
  const { values, objective } = optimumOf(solver.solve(model));
  const places = times.map((_, j) => variables.find(({ job, at }) => job === j && values[at]! > 0.5)!.place);
  return { places, total: objective };
}
