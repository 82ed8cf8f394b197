import { type TimeProblem, type TimeShares, weigh } from './time-problem.ts';

/**
 * Gives each job an equal part of the workers of each type, at most all of its time.
 *
 * @see Narayanan et al., OSDI 2020, section 4.1 (the isolated allocation); `policies/isolated.py`
 */
export function isolatedShares({ throughputs, counts, scales }: TimeProblem): number[][] {
  const jobs = throughputs.length;
  return throughputs.map((row, j) => {
    const part = row.map((rate, t) => (rate > 0 ? counts[t]! / jobs / (scales[j]! || 1) : 0));
    const sum = part.reduce((a, b) => a + b, 0);
    return part.map((share) => share / Math.max(1, sum));
  });
}

/**
 * Gives what each job gets done in a unit of time that it spends on the types in proportion to their workers.
 *
 * It is what throughputs are measured against, so that jobs of unlike models can be compared.
 *
 * @see Narayanan et al., OSDI 2020, section 4.1; `policies/proportional.py`
 */
export function proportionalThroughputs({ throughputs, counts }: TimeProblem): number[] {
  const workers = counts.reduce((a, b) => a + b, 0);
  return throughputs.map((row) => row.reduce((sum, rate, t) => sum + (rate * counts[t]!) / workers, 0));
}

/** Gives throughputs as multiples of the proportional ones; of the best one for a job that runs where no workers are. */
export function normalised(problem: TimeProblem): number[][] {
  const proportional = proportionalThroughputs(problem);
  return problem.throughputs.map((row, j) => {
    const one = proportional[j]! > 0 ? proportional[j]! : Math.max(...row);
    return row.map((rate) => (rate > 0 ? rate / one : 0));
  });
}

/** What each job gets done by itself on its equal part. */
export function isolatedThroughputs(problem: TimeProblem): number[] {
  const shares: TimeShares = isolatedShares(problem);
  return weigh(problem.throughputs, shares);
}
