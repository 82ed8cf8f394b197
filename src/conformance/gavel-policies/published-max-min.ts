import { isolatedShares, normalised } from '../../allocators/gavel/equal-split.ts';
import { maxMinObjective, maxMinShares, worthOf } from '../../allocators/gavel/max-min.ts';
import { nashShares, strategyProofShares } from '../../allocators/gavel/nash-welfare.ts';
import { type TimeProblem, weigh } from '../../allocators/gavel/time-problem.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { checkOnFace, rangeOn } from './optimal-face.ts';
import { readByJob, readProblem, readTable, typesOf } from './read-problem.ts';

/** Published figures have three decimals. */
const PRINTED = 1e-3;
/** Resolved ones have six, or nine. */
const RESOLVED = 1e-6;
const OBJECTIVE = 1e-8;

/** A published max-min division, what it is by the jobs' true throughputs, and its strategy-proof variant. */
export function publishedMaxMin(one: Fields, verdict: Verdict, solver: Solver): void {
  const policy = one.text('policy');
  const agnostic = policy === 'max_min_fairness';
  if (!agnostic && policy !== 'max_min_fairness_perf') throw new CaseError(`unknown policy \`${policy}\``);
  verdict.serve(policy);
  const types = typesOf(one);
  const problem = readProblem(one, 'throughputs_given_to_policy');
  const truth = one.has('true_throughputs') ? readTable(one, 'true_throughputs', types) : problem.throughputs;
  const jobs = problem.throughputs.length;
  const weights = one.has('weights')
    ? readByJob(one, 'weights', jobs).map((weight) => weight ?? 1)
    : truth.map(() => 1);
  const objective = maxMinObjective(solver, problem, weights, agnostic);
  const worth = worthOf(problem, agnostic);
  const least = weights.map((weight, j) => (objective * weight) / problem.scales[j]!);
  if (one.has('resolved_objective'))
    verdict.near('resolved_objective', objective, one.number('resolved_objective'), OBJECTIVE);
  const shares = maxMinShares(solver, problem, weights, agnostic);
  const face = { problem, worth, least };
  const compare = (key: string, tolerance: number): void => {
    if (!one.has(key)) return;
    for (const [j, expected] of one.numbers(key).entries()) {
      // Where several divisions are optimal, what they are by other throughputs may differ.
      const [low, high] = rangeOn(solver, face, j, truth[j]!);
      const own = weigh(truth, shares)[j]!;
      verdict.near(
        `${key}.${j}`,
        Math.min(high, Math.max(low, high - low > 1e-6 ? expected : own)),
        expected,
        tolerance,
      );
    }
  };
  compare('expected_true_effective_throughput_3dp', PRINTED);
  compare('resolved_true_effective_throughput', RESOLVED);
  if (one.has('expected_allocation_3dp'))
    checkOnFace(verdict, solver, face, readTable(one, 'expected_allocation_3dp', types));
  if (one.has('strategy_proof_variant'))
    strategyProof(one.fields('strategy_proof_variant'), problem, truth, verdict, solver);
  if (one.has('isolated_allocation')) {
    for (const [j, row] of readTable(one, 'isolated_allocation', types).entries())
      verdict.nearList(`isolated_allocation.${j}`, isolatedShares(problem)[j]!, row, OBJECTIVE);
  }
}

function strategyProof(
  one: Fields,
  problem: TimeProblem,
  truth: readonly (readonly number[])[],
  verdict: Verdict,
  solver: Solver,
): void {
  one.prose('rule', 'note');
  verdict.serve('strategy-proof');
  const { shares, kept } = strategyProofShares(solver, problem);
  const worth = normalised(problem);
  // Of a sum of logarithms that is within 1e-9 of the largest, each is within about 5e-5.
  const least = weigh(worth, nashShares(solver, problem)).map((got) => got * (1 - 1e-4));
  const face = { problem, worth, least };
  if (one.has('expected_true_effective_throughput_3dp')) {
    for (const [j, expected] of one.numbers('expected_true_effective_throughput_3dp').entries()) {
      const [low, high] = rangeOn(solver, face, j, truth[j]!).map((end) => end * kept[j]!) as [number, number];
      const own = weigh(truth, shares)[j]!;
      const got = high - low > 1e-4 ? Math.min(high, Math.max(low, expected)) : own;
      verdict.near(`strategy-proof throughput.${j}`, got, expected, PRINTED);
    }
  }
  if (one.has('expected_allocation_3dp')) {
    const types = problem.counts.map(String);
    checkOnFace(verdict, solver, face, readTable(one, 'expected_allocation_3dp', types), kept);
  }
}
