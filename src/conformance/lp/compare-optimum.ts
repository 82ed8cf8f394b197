import type { LinearModel } from '../../optimization/linear-model.ts';
import type { Outcome } from '../../optimization/outcome.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import { CLOSE, type Verdict } from '../verdict.ts';
import { type LinearCase, linearCase } from './linear-case.ts';

/** Holds the outcome of a model against what a case expects: status, objective, and the point or the face it lies on. */
export function compareOptimum(solver: Solver, model: Fields, expect: Fields, verdict: Verdict): void {
  // One of several sets of duals, and copies of numbers that stand beside as fractions.
  expect.prose('dualsOneSolution');
  const linear = linearCase(model);
  const outcome = solver.solve(linear.model);
  const status = expect.text('status');
  verdict.same('status', outcome.status, status);
  if (status !== 'optimal') {
    if (status === 'infeasible') verdict.holds('a conflict is found', solver.conflict(linear.model) !== null);
    return;
  }
  if (outcome.status !== 'optimal') return;
  compareNumber('objective', outcome.objective, expect, verdict);
  if (expect.has('x')) comparePoint(linear, outcome.values, expect, verdict);
  verdict.holds('the point is feasible', isFeasible(linear.model, outcome.values));
  if (expect.has('lpRelaxationObjective')) {
    const relaxed = solver.solve(linearCase(model, true).model);
    compareNumber('lpRelaxationObjective', objectiveOf(relaxed), expect, verdict);
  }
}

/** Compares a number that stands as a decimal and, with `Exact` behind its key, as a fraction. */
function compareNumber(key: string, got: number, expect: Fields, verdict: Verdict): void {
  verdict.near(key, got, expect.raw(key));
  if (expect.has(`${key}Exact`)) verdict.near(key, got, expect.raw(`${key}Exact`));
}

/** Compares the point where it is unique, else whether each coordinate lies in its range over all optima. */
function comparePoint({ model, names }: LinearCase, values: Float64Array, expect: Fields, verdict: Verdict): void {
  const x = expect.fields('x');
  const exact = expect.has('xExact') ? expect.fields('xExact') : null;
  const unique = expect.has('unique') && expect.flag('unique');
  const known = names.map((name) => {
    const number = parseFraction(exact?.raw(name) ?? x.raw(name));
    if (number === null) throw new CaseError(`${x.path}.${name} is no number`);
    return toNumber(number);
  });
  verdict.holds('the point of the case is feasible', isFeasible(model, Float64Array.from(known)));
  names.forEach((name, v) => {
    verdict.near(`x.${name} of the case as a decimal`, known[v]!, x.raw(name));
    if (unique) verdict.near(`x.${name}`, values[v]!, exact?.raw(name) ?? x.raw(name));
  });
  if (!expect.has('optimalFaceRange')) return;
  const ranges = expect.fields('optimalFaceRange');
  names.forEach((name, v) => {
    if (!ranges.has(name)) return;
    const [low, high] = ranges.list(name).map((end, i) => endOf(end, i));
    const room = CLOSE * Math.max(1, Math.abs(values[v]!));
    const inside = values[v]! >= low! - room && values[v]! <= high! + room;
    verdict.check(inside, `x.${name}: got ${values[v]}, expected ${low} to ${high}`);
  });
}

function endOf(end: unknown, i: number): number {
  if (end === null) return i === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const fraction = parseFraction(end);
  if (fraction === null) throw new CaseError(`the end ${JSON.stringify(end)} of a range is no number`);
  return toNumber(fraction);
}

/** Says whether limits hold, up to rounding of the sums. */
function isFeasible(model: LinearModel, values: Float64Array): boolean {
  const { lower, upper } = model.columns;
  const room = (size: number) => CLOSE * Math.max(1, Math.abs(size));
  const within = (value: number, low: number, high: number) => value >= low - room(low) && value <= high + room(high);
  for (let v = 0; v < model.variables; v++) if (!within(values[v]!, lower[v]!, upper[v]!)) return false;
  const sums = model.activitiesAt(values);
  return sums.every((sum, r) => within(sum, model.limits.lower[r]!, model.limits.upper[r]!));
}

function objectiveOf(outcome: Outcome): number {
  return outcome.status === 'optimal' ? outcome.objective : Number.NaN;
}
