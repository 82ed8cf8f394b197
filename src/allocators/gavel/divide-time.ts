import type { Solver } from '../../optimization/solver.ts';
import { isolatedShares } from './equal-split.ts';
import { askedAt, leastFinishRatio } from './finish-time-fairness.ts';
import { entityRates } from './level-rates.ts';
import { likeJobs } from './like-jobs.ts';
import { maxMinShares, worthOf } from './max-min.ts';
import { mostThroughput } from './max-throughput.ts';
import type { TimeFacts } from './time-facts.ts';
import type { TimePolicy } from './time-policies.ts';
import type { TimeProblem } from './time-problem.ts';
import { fill, settle } from './water-filling.ts';

type Divide = (solver: Solver, problem: TimeProblem, facts: TimeFacts) => readonly (readonly number[])[];

/** Gives every job at least so much throughput, and what is left by the same proportions, to the end. */
function inProportion(solver: Solver, problem: TimeProblem, asked: readonly number[], from?: readonly number[]) {
  const rates = (stuck: readonly boolean[]) => asked.map((each, j) => (stuck[j] ? 0 : each));
  const heights = fill(solver, problem, problem.throughputs, rates, from);
  return settle(solver, problem, problem.throughputs, heights);
}

/** Divides among kinds of like jobs, and gives each job what its kind has. */
function byKind(divide: Divide): Divide {
  return (solver, problem, facts) => {
    const { problem: joined, firsts, kindOf } = likeJobs(problem, facts);
    const of = <T>(each: readonly T[]) => firsts.map((j) => each[j]!);
    const { weights, work, finish, prices, entities } = facts;
    const shares = divide(solver, joined, {
      weights: of(weights),
      work: of(work),
      finish: of(finish),
      prices,
      entities: { ...entities, of: of(entities.of) },
    });
    return kindOf.map((kind) => shares[kind]!);
  };
}

const hierarchical: Divide = (solver, problem, { entities, weights }) => {
  const worth = worthOf(problem, false);
  const rates = entityRates(entities, weights, problem.members);
  return settle(solver, problem, worth, fill(solver, problem, worth, rates));
};

/** How each policy divides time. */
export const divisions: Readonly<Record<TimePolicy, Divide>> = {
  'max-min': byKind((solver, problem, { weights }) => maxMinShares(solver, problem, weights)),
  'max-min-agnostic': byKind((solver, problem, { weights }) => maxMinShares(solver, problem, weights, true)),
  'finish-time-fairness': (solver, problem, { finish }) => {
    const asked = askedAt(finish, leastFinishRatio(solver, problem, finish));
    return inProportion(solver, problem, asked);
  },
  makespan: (solver, problem, { work }) => inProportion(solver, problem, work),
  throughput: (solver, problem) => mostThroughput(solver, problem).shares,
  cost: (solver, problem, { prices }) => mostThroughput(solver, problem, prices).shares,
  // A job that stands in line is like no other.
  hierarchical: (solver, problem, facts) =>
    (facts.entities.inner === 'fairness' ? byKind(hierarchical) : hierarchical)(solver, problem, facts),
  isolated: (_solver, problem) => isolatedShares(problem),
};
