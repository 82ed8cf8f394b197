import { isolatedShares } from '../../allocators/gavel/equal-split.ts';
import { leastFinishRatio } from '../../allocators/gavel/finish-time-fairness.ts';
import { leastMakespan, publishedMakespan } from '../../allocators/gavel/makespan.ts';
import { mostThroughput } from '../../allocators/gavel/max-throughput.ts';
import { type TimeProblem, weigh } from '../../allocators/gavel/time-problem.ts';
import { firstLevel } from '../../allocators/gavel/water-filling.ts';
import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import { checkOnFace, type Face, rangeOn } from '../gavel-policies/optimal-face.ts';
import type { Verdict } from '../verdict.ts';
import { type HeterogeneousCase, readHeterogeneous } from './read-heterogeneous.ts';

/** Optima are written with up to nine decimals; found by a search, they are good to six. */
const WRITTEN = 1e-8;
const SEARCHED = 1e-6;

type Serve = (one: HeterogeneousCase, expect: Fields, verdict: Verdict, solver: Solver) => void;

const POLICIES: readonly { readonly called: RegExp; readonly serve: Serve }[] = [
  { called: /makespan|min.total.duration/i, serve: makespan },
  { called: /finish|ftf|themis|rho/i, serve: finishTime },
  { called: /cost|sum.throughput|total.throughput|max.sum/i, serve: throughput },
  { called: /isolated/i, serve: isolated },
  { called: /max.?min|las\b|fairness/i, serve: maxMin },
];

/** Time on unlike nodes; `policy`, or else the id, says what is best. */
export async function heterogeneous(one: Fields, verdict: Verdict): Promise<void> {
  const given = readHeterogeneous(one);
  const found = POLICIES.find(({ called }) => called.test(given.policy));
  if (found === undefined) throw new CaseError(`unknown policy \`${given.policy}\``);
  verdict.serve(given.policy);
  found.serve(given, one.fields('expect'), verdict, await loadSolver());
}

/** Compares what a case expects under names that are alike, each of which some rule must know. */
function compare(
  expect: Fields,
  rules: readonly [called: RegExp, check: (key: string, value: unknown) => void][],
): void {
  for (const key of expect.left) rules.find(([called]) => called.test(key))?.[1](key, expect.raw(key));
}

/** A vector or a table, as lists or objects by name. */
function rowsOf(value: unknown): readonly (readonly number[])[] {
  if (typeof value !== 'object' || value === null) throw new CaseError('expected a list of lists');
  return Object.values(value).map((row) =>
    typeof row === 'number' ? [row] : (Object.values(Object(row)) as number[]),
  );
}

function vectorOf(value: unknown): readonly number[] {
  return rowsOf(value).map((row) => row[0]!);
}

function compareDivision(
  face: Face,
  verdict: Verdict,
  solver: Solver,
): [RegExp, (key: string, value: unknown) => void][] {
  return [
    [
      /^(allocation|shares|x|X|example|.*[aA]llocation)$/,
      (_key, value) => checkOnFace(verdict, solver, face, rowsOf(value)),
    ],
    [
      /throughput|tput|effective/i,
      (key, value) => {
        for (const [j, expected] of vectorOf(value).entries()) {
          const [low, high] = rangeOn(solver, face, j, face.problem.throughputs[j]!);
          verdict.near(`${key}.${j}`, Math.min(high, Math.max(low, expected)), expected, SEARCHED);
        }
      },
    ],
  ];
}

/** By the rule of the case file: throughputs over those of the equal split, whose rows are cut to all of one's time. */
function maxMin(one: HeterogeneousCase, expect: Fields, verdict: Verdict, solver: Solver): void {
  const { weights } = one;
  const problem: TimeProblem = one.agnostic ? alike(one.problem) : one.problem;
  const equal = weigh(problem.throughputs, isolatedShares({ ...problem, scales: weights.map(() => 1) }));
  const worth = problem.throughputs.map((row, j) => row.map((rate) => rate / equal[j]!));
  const rates = weights.map((weight, j) => weight / problem.scales[j]!);
  const level = firstLevel(solver, problem, worth, rates);
  const face = { problem, worth, least: rates.map((rate) => rate * level) };
  compare(expect, [
    [/equal|thr_?eq|isolated|fair_?share/i, (key, value) => verdict.nearList(key, equal, vectorOf(value), SEARCHED)],
    [/objective|level|value|ratio|max_?min/i, (key, value) => verdict.near(key, level, value, WRITTEN)],
    ...compareDivision(face, verdict, solver),
  ]);
}

function makespan(one: HeterogeneousCase, expect: Fields, verdict: Verdict, solver: Solver): void {
  const { problem } = one;
  const work = one.work();
  const least = leastMakespan(solver, problem, work);
  const asked = work.map((left) => left / least);
  compare(expect, [
    [/bisect|published/i, (key, value) => verdict.near(key, publishedMakespan(least), value, SEARCHED * least)],
    [/makespan|objective|value/i, (key, value) => verdict.near(key, least, value, SEARCHED * Math.max(1, least))],
    ...compareDivision({ problem, worth: problem.throughputs, least: asked }, verdict, solver),
  ]);
}

function finishTime(one: HeterogeneousCase, expect: Fields, verdict: Verdict, solver: Solver): void {
  const problem = one.agnostic ? alike(one.problem) : one.problem;
  const alone = weigh(problem.throughputs, isolatedShares(problem));
  const before = one.isolatedTime();
  const ages = one.ages();
  const ratio = leastFinishRatio(
    solver,
    problem,
    one.work().map((left, j) => ({ age: ages[j]!, work: left, alone: before[j]! + left / alone[j]! })),
  );
  compare(expect, [
    [/isolated|alone|equal/i, (key, value) => verdict.nearList(key, alone, vectorOf(value), SEARCHED)],
    [/rho|ratio|objective|value/i, (key, value) => verdict.near(key, ratio, value, SEARCHED)],
  ]);
}

function throughput(one: HeterogeneousCase, expect: Fields, verdict: Verdict, solver: Solver): void {
  const { problem } = one;
  const best = mostThroughput(solver, problem, one.prices(), one.leastThroughputs());
  if (best.dropped) verdict.serve('(SLO rows dropped: they cannot all be had)');
  compare(expect, [
    [/dropped|infeasible/i, (key, value) => verdict.same(key, best.dropped, value)],
    [/objective|sum|total|value|cost/i, (key, value) => verdict.near(key, best.sum, value, WRITTEN)],
  ]);
}

function isolated(one: HeterogeneousCase, expect: Fields, verdict: Verdict): void {
  const shares = isolatedShares(one.problem);
  const got = weigh(one.problem.throughputs, shares);
  compare(expect, [
    [
      /allocation|shares|^x$/i,
      (key, value) => {
        for (const [j, row] of rowsOf(value).entries()) verdict.nearList(`${key}.${j}`, shares[j]!, row, WRITTEN);
      },
    ],
    [/throughput|tput|effective/i, (key, value) => verdict.nearList(key, got, vectorOf(value), WRITTEN)],
  ]);
}

function alike(problem: TimeProblem): TimeProblem {
  return { ...problem, throughputs: problem.throughputs.map((row) => row.map(() => 1)) };
}
