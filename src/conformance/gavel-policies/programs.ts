import { leastFinishTimes } from '../../allocators/gavel/assignment.ts';
import { isolatedShares, isolatedThroughputs } from '../../allocators/gavel/equal-split.ts';
import { leastFinishRatio } from '../../allocators/gavel/finish-time-fairness.ts';
import { leastMakespan, publishedMakespan } from '../../allocators/gavel/makespan.ts';
import { maxMinObjective } from '../../allocators/gavel/max-min.ts';
import { mostThroughput } from '../../allocators/gavel/max-throughput.ts';
import { type TimeProblem, weigh } from '../../allocators/gavel/time-problem.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import { short, type Verdict } from '../verdict.ts';
import { firstOf, readByJob, readByName, readProblem, readTable, typesOf } from './read-problem.ts';

/** Optima are written with nine decimals; those that come from a published search are good to seven. */
const WRITTEN = 1e-8;
const SEARCHED = 1e-7;

const STEPS = ['steps_remaining', 'num_steps_remaining', 'remaining_steps', 'steps'];
const AGES = ['times_since_start', 'time_since_start', 'ages'];
const PRICES = ['instance_costs', 'costs', 'cost_per_hour', 'prices', 'cost'];
const TIME_LEFT = [
  'SLOs',
  'slos',
  'SLO',
  'slo',
  'slo_time_left',
  'time_left',
  'times_left',
  'time_remaining',
  'deadlines',
];
const OBJECTIVES = ['optimal_objective', 'objective', 'resolved_objective', 'optimal_value', 'value'];

type Program = (one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver) => void;

const POLICIES: readonly { readonly called: RegExp; readonly program: Program }[] = [
  { called: /^isolated vs max_min_fairness( \(agnostic\))?$/, program: isolatedAgainstMaxMin },
  { called: /^isolated$/, program: isolated },
  { called: /^max_min_fairness(_perf)?$/, program: maxMin },
  { called: /^finish_time_fairness(_perf)?$/, program: finishTime },
  { called: /^min_total_duration(_perf)?$/, program: makespan },
  { called: /^max_sum_throughput(_perf)?$/, program: throughput },
  { called: /^max_sum_throughput_normalized_by_cost(_perf)?(_SLOs)?$/i, program: throughput },
  { called: /^allox(_alpha=.*)?$/i, program: allox },
];

/** A policy of the published program on a small input, with the optimum that was found anew. */
export function programCase(one: Fields, verdict: Verdict, solver: Solver): void {
  const policy = one.text('policy');
  const found = POLICIES.find(({ called }) => called.test(policy));
  if (found === undefined) throw new CaseError(`unknown policy \`${policy}\``);
  verdict.serve(policy);
  found.program(one, readProblem(one), verdict, solver);
}

function isAgnostic(one: Fields): boolean {
  return !one.text('policy').endsWith('_perf');
}

function weightsOf(one: Fields, jobs: number): number[] {
  const key = firstOf(one, ['weights', 'job_weights', 'priority_weights']);
  return key === null ? new Array(jobs).fill(1) : readByJob(one, key, jobs).map((weight) => weight ?? 1);
}

/** A number for each job, which every job must have. */
function jobNumbers(one: Fields, keys: readonly string[], jobs: number): number[] {
  const key = firstOf(one, keys);
  if (key === null) throw new CaseError(`${keys[0]} is missing`);
  return readByJob(one, key, jobs).map((value, j) => {
    if (value === null) throw new CaseError(`${key} has no number for job ${j}`);
    return value;
  });
}

function compareObjective(one: Fields, got: number, verdict: Verdict, tolerance = WRITTEN): void {
  const key = firstOf(one, OBJECTIVES);
  if (key === null) throw new CaseError(`${OBJECTIVES[0]} is missing`);
  verdict.near(key, got, one.raw(key), tolerance);
}

function compareIsolated(one: Fields, problem: TimeProblem, verdict: Verdict): void {
  if (!one.has('isolated_allocation')) return;
  const shares = isolatedShares(problem);
  for (const [j, row] of readTable(one, 'isolated_allocation', typesOf(one)).entries())
    verdict.nearList(`isolated_allocation.${j}`, shares[j]!, row, WRITTEN);
}

/** The published assertion: by scale x time, the equal split and agnostic max-min have the same least job. */
function isolatedAgainstMaxMin(one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver): void {
  one.prose('assertion_in_repo');
  compareIsolated(one, problem, verdict);
  const alike = { ...problem, throughputs: problem.throughputs.map((row) => row.map(() => 1)) };
  const time = weigh(alike.throughputs, isolatedShares(alike));
  const least = Math.min(...time.map((sum, j) => sum * problem.scales[j]!));
  const key = firstOf(one, OBJECTIVES);
  if (key === null) throw new CaseError('value is missing');
  verdict.near('isolated', least, one.raw(key), WRITTEN);
  verdict.near('max-min', maxMinObjective(solver, alike, weightsOf(one, time.length)), one.raw(key), WRITTEN);
}

function isolated(one: Fields, problem: TimeProblem, verdict: Verdict): void {
  compareIsolated(one, problem, verdict);
  const got = weigh(problem.throughputs, isolatedShares(problem));
  const key = firstOf(one, ['isolated_throughput', 'effective_throughput', 'throughput']);
  if (key !== null) verdict.nearList(key, got, one.list(key), WRITTEN);
}

function maxMin(one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver): void {
  compareIsolated(one, problem, verdict);
  const weights = weightsOf(one, problem.throughputs.length);
  compareObjective(one, maxMinObjective(solver, problem, weights, isAgnostic(one)), verdict);
}

function finishTime(one: Fields, given: TimeProblem, verdict: Verdict, solver: Solver): void {
  const jobs = given.throughputs.length;
  // The published agnostic form takes the throughput on the v100 for that on every type.
  const reference = Math.max(0, typesOf(one).indexOf('v100'));
  const throughputs = isAgnostic(one)
    ? given.throughputs.map((row) => row.map(() => row[reference]!))
    : given.throughputs;
  const problem = { ...given, throughputs };
  const alone = isolatedThroughputs(problem);
  if (one.has('isolated_throughput'))
    verdict.nearList('isolated_throughput', alone, one.list('isolated_throughput'), WRITTEN);
  const work = jobNumbers(one, STEPS, jobs);
  const ages = firstOf(one, AGES) === null ? work.map(() => 0) : jobNumbers(one, AGES, jobs);
  const before = one.has('cumulative_isolated_time')
    ? jobNumbers(one, ['cumulative_isolated_time'], jobs)
    : work.map(() => 0);
  const ratio = leastFinishRatio(
    solver,
    problem,
    work.map((left, j) => ({ age: ages[j]!, work: left, alone: before[j]! + left / alone[j]! })),
  );
  const key = firstOf(one, ['optimal_max_ratio', 'optimal_rho', 'rho', ...OBJECTIVES]);
  if (key === null) throw new CaseError('optimal_max_ratio is missing');
  verdict.near(key, ratio, one.raw(key), SEARCHED);
}

function makespan(one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver): void {
  const least = leastMakespan(solver, problem, jobNumbers(one, STEPS, problem.throughputs.length));
  const key = firstOf(one, ['exact_min_makespan', 'makespan', ...OBJECTIVES]);
  if (key === null) throw new CaseError('exact_min_makespan is missing');
  verdict.near(key, least, one.raw(key), SEARCHED * Math.max(1, least));
  if (one.has('gavel_bisection_result')) {
    const published = publishedMakespan(least);
    verdict.near('gavel_bisection_result', published, one.number('gavel_bisection_result'));
    verdict.serve(`(the published search is ${short(100 * (published / least - 1))} % above)`);
  }
}

function throughput(one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver): void {
  const jobs = problem.throughputs.length;
  const priced = firstOf(one, PRICES);
  if (priced === null && /cost/.test(one.text('policy'))) throw new CaseError(`${PRICES[0]} is missing`);
  const prices = priced === null ? undefined : readByName(one, priced, typesOf(one));
  const timed = firstOf(one, TIME_LEFT);
  if (timed === null) {
    if (firstOf(one, STEPS) !== null) one.prose(firstOf(one, STEPS)!);
    compareObjective(one, mostThroughput(solver, problem, prices).sum, verdict);
    return;
  }
  const steps = jobNumbers(one, STEPS, jobs);
  const least = readByJob(one, timed, jobs).map((left, j) => (left === null || left <= 0 ? 0 : steps[j]! / left));
  const found = mostThroughput(solver, problem, prices, least);
  if (found.dropped) verdict.serve('(SLO rows dropped: they cannot all be had)');
  compareObjective(one, found.sum, verdict);
  for (const key of one.left) {
    if (/without|no_slo|unconstrained/i.test(key))
      verdict.near(key, mostThroughput(solver, problem, prices).sum, one.raw(key), WRITTEN);
    else if (/dropped/i.test(key)) verdict.same(key, found.dropped, one.flag(key));
    else if (/feasible/i.test(key)) verdict.same(key, found.dropped === /infeasible/i.test(key), one.flag(key));
  }
}

function allox(one: Fields, problem: TimeProblem, verdict: Verdict, solver: Solver): void {
  if (problem.scales.some((scale) => scale !== 1)) throw new CaseError('AlloX is of jobs that take one worker');
  const jobs = problem.throughputs.length;
  const work = jobNumbers(one, STEPS, jobs);
  const ages = firstOf(one, AGES) === null ? work.map(() => 0) : jobNumbers(one, AGES, jobs);
  const workers = problem.counts.flatMap((count, t) => new Array<number>(count).fill(t));
  const times = problem.throughputs.map((row, j) => workers.map((t) => work[j]! / row[t]!));
  const { places, total } = leastFinishTimes(solver, times, ages);
  const longest = workers.map((_, w) => Math.max(0, ...places.filter((p) => p.worker === w).map((p) => p.fromEnd)));
  // Who stands at the head of a worker's line runs.
  const shares = places.map(({ worker, fromEnd }) =>
    problem.counts.map((_, t) => (workers[worker] === t && longest[worker] === fromEnd ? 1 : 0)),
  );
  for (const key of one.left) {
    if (/allocation/i.test(key)) {
      for (const [j, row] of readTable(one, key, typesOf(one)).entries())
        verdict.nearList(`${key}.${j}`, shares[j]!, row, 1e-3);
    } else if (/objective|cost|total|sum|value/i.test(key))
      verdict.near(key, total, one.raw(key), SEARCHED * Math.max(1, total));
  }
}
