import type { Solver } from '../../optimization/solver.ts';
import { isolatedShares } from './equal-split.ts';
import { askedAt, type FinishTime, leastFinishRatio } from './finish-time-fairness.ts';
import { type Entities, entityRates } from './level-rates.ts';
import { maxMinShares, worthOf } from './max-min.ts';
import { mostThroughput } from './max-throughput.ts';
import type { TimeProblem } from './time-problem.ts';
import { fill, settle } from './water-filling.ts';

/** What a division goes by beside throughputs and workers; one number a job, or a type. */
export interface TimeFacts {
  readonly weights: readonly number[];
  /** Work that is left. */
  readonly work: readonly number[];
  readonly finish: readonly FinishTime[];
  /** Of an hour on a worker of each type; all above zero. */
  readonly prices: readonly number[];
  readonly entities: Entities;
}

type Divide = (solver: Solver, problem: TimeProblem, facts: TimeFacts) => readonly (readonly number[])[];

/** Gives every job at least so much throughput, and what is left by the same proportions, to the end. */
function inProportion(solver: Solver, problem: TimeProblem, asked: readonly number[], from?: readonly number[]) {
  const rates = (stuck: readonly boolean[]) => asked.map((each, j) => (stuck[j] ? 0 : each));
  const heights = fill(solver, problem, problem.throughputs, rates, from);
  return settle(solver, problem, problem.throughputs, heights);
}

/** The policies by the names that scenarios give them. */
export const divisions: Readonly<Record<string, Divide>> = {
  'max-min': (solver, problem, { weights }) => maxMinShares(solver, problem, weights),
  'max-min-agnostic': (solver, problem, { weights }) => maxMinShares(solver, problem, weights, true),
  'finish-time-fairness': (solver, problem, { finish }) => {
    const asked = askedAt(finish, leastFinishRatio(solver, problem, finish));
    return inProportion(solver, problem, asked);
  },
  makespan: (solver, problem, { work }) => inProportion(solver, problem, work),
  throughput: (solver, problem) => mostThroughput(solver, problem).shares,
  cost: (solver, problem, { prices }) => mostThroughput(solver, problem, prices).shares,
  hierarchical: (solver, problem, { entities, weights }) => {
    const worth = worthOf(problem, false);
    return settle(solver, problem, worth, fill(solver, problem, worth, entityRates(entities, weights)));
  },
  isolated: (_solver, problem) => isolatedShares(problem),
};
