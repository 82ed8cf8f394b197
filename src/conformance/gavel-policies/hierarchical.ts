import { type Entities, entityRates } from '../../allocators/gavel/level-rates.ts';
import { worthOf } from '../../allocators/gavel/max-min.ts';
import type { TimeProblem } from '../../allocators/gavel/time-problem.ts';
import { fill, firstLevel } from '../../allocators/gavel/water-filling.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import { short, type Verdict } from '../verdict.ts';
import { readProblem } from './read-problem.ts';
import { resolvedFilling } from './resolved-filling.ts';

/** Resolved figures have six decimals; published ones three. */
const RESOLVED = 1e-6;
const PRINTED = 1e-3;

/**
 * Entities with weights and a policy inside: the first level, the vector called resolved, and how far that and the
 * published one are from the optimum.
 */
export function hierarchical(one: Fields, verdict: Verdict, solver: Solver): void {
  const inner = one.text('inner_policy');
  if (inner !== 'fairness' && inner !== 'fifo') throw new CaseError(`unknown inner policy \`${inner}\``);
  verdict.serve(`hierarchical ${inner}`);
  const problem = readProblem(one);
  const jobs = problem.throughputs.length;
  if (one.has('jobs')) verdict.same('jobs', jobs, one.number('jobs'));
  const entities: Entities = { weights: one.numbers('entity_weights'), of: one.numbers('entity_of_job'), inner };
  const weights = one.has('job_weights') ? one.numbers('job_weights') : problem.throughputs.map(() => 1);
  if (entities.of.length !== jobs || weights.length !== jobs)
    throw new CaseError('not every job has entity and weight');
  const rates = entityRates(entities, weights)(weights.map(() => false));
  const [worth, alike] = [worthOf(problem, false), worthOf(problem, true)];
  const first = firstLevel(solver, problem, worth, rates);
  // Its numbers are throughputs of six decimals over rates.
  const given = RESOLVED / Math.min(1, ...rates.filter((rate) => rate > 0));
  if (one.has('first_level_objective'))
    verdict.near('first_level_objective', first, one.number('first_level_objective'), given);
  if (one.has('published_normalized_throughput_3dp')) {
    const level = publishedLevel(one, 'published_normalized_throughput_3dp', rates, first, verdict);
    if (one.has('first_level_objective_from_published')) {
      const given = one.number('first_level_objective_from_published');
      verdict.near('first_level_objective_from_published', level, given, PRINTED);
    }
  }
  if (one.has('published_agnostic_3dp'))
    publishedLevel(one, 'published_agnostic_3dp', rates, firstLevel(solver, problem, alike, rates), verdict);
  const resolved = vector(one, 'resolved_normalized_throughput', problem, worth, entities, weights, verdict, solver);
  vector(one, 'resolved_agnostic_share', problem, alike, entities, weights, verdict, solver);
  published(one, resolved, verdict);
}

/** A published vector, of which each number is rounded, reaches the first level; gives the level by its numbers. */
function publishedLevel(one: Fields, key: string, rates: readonly number[], first: number, verdict: Verdict): number {
  const printed = one.numbers(key);
  const levels = printed.flatMap((value, j) => (rates[j]! > 0 ? [value / rates[j]!] : []));
  const room = PRINTED / Math.min(...rates.filter((rate) => rate > 0));
  verdict.near(`first level of ${key}`, Math.min(...levels), first, room);
  return Math.min(...levels);
}

/** Holds a resolved vector against what was done to get it, and tells what it lacks of the optimum. */
function vector(
  one: Fields,
  key: string,
  problem: TimeProblem,
  worth: readonly (readonly number[])[],
  entities: Entities,
  weights: readonly number[],
  verdict: Verdict,
  solver: Solver,
): readonly number[] {
  const optimum = fill(solver, problem, worth, entityRates(entities, weights));
  const own = resolvedFilling(solver, problem, worth, entities, weights);
  if (!one.has(key)) return own;
  const given = one.numbers(key);
  const apart = distance(given, optimum);
  if (apart <= RESOLVED) verdict.serve(`(${key} is the optimum)`);
  else verdict.serve(`(${key} stops early, up to ${short(Number(apart.toFixed(6)))} from the optimum)`);
  verdict.nearList(key, apart <= RESOLVED ? optimum : own, given, RESOLVED);
  return own;
}

/** What was published stopped after one level, and gave the rest as its solver happened to. */
function published(one: Fields, resolved: readonly number[], verdict: Verdict): void {
  if (!one.has('published_normalized_throughput_3dp')) return;
  const same = distance(one.numbers('published_normalized_throughput_3dp'), resolved) <= PRINTED;
  if (one.has('full_vector_reproduced'))
    verdict.same('full_vector_reproduced', same, one.flag('full_vector_reproduced'));
  verdict.serve(same ? '(published vector reproduced)' : '(published vector: its first level alone)');
}

function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...a.map((value, i) => Math.abs(value - b[i]!)));
}
