import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import { CLOSE, short, type Verdict } from '../verdict.ts';
import type { Estimate } from './slice-ratio.ts';

/** What a run gives for a value: a formula's result, which is held to nine digits, or an estimate. */
export type Answer = number | Estimate;

/** Half width of the 95 % confidence interval, relative to the value, that an estimate must keep to. */
export const PRECISION = { bounded: 0.05, long: 0.02 } as const;

/** Standard errors by which an estimate may differ. */
const TOLERANCE = 4;

/** Half width of a 95 % confidence interval in standard errors. */
const HALF_WIDTH = 1.96;

/** Numbers that a case expects, of `values` and of `exact`; elements of lists are named `key.0`, `key.1`, … */
export class Expectations {
  readonly #expected: { readonly name: string; readonly value: unknown; readonly number: number }[] = [];
  readonly #precision: number;
  readonly #verdict: Verdict;

  constructor(one: Fields, precision: number, verdict: Verdict) {
    this.#precision = precision;
    this.#verdict = verdict;
    for (const part of ['values', 'exact']) if (one.has(part)) this.#take(one.fields(part));
    for (const name of new Set(this.#expected.map((each) => each.name.split('.')[0]!))) verdict.serve(name);
  }

  /** Names of what is expected. */
  get names(): readonly string[] {
    return [...new Set(this.#expected.map(({ name }) => name))];
  }

  /**
   * Says how much too wide the widest interval of some estimates is; 1 where it is just narrow enough. Estimates of
   * what is not expected do not count.
   */
  width(answers: ReadonlyMap<string, Answer>): number {
    let widest = 0;
    for (const { name, number } of this.#expected) {
      const answer = answers.get(name);
      if (answer === undefined || typeof answer === 'number' || answer.error === 0) continue;
      widest = Math.max(widest, (HALF_WIDTH * answer.error) / (this.#precision * scale(answer, number)));
    }
    return widest;
  }

  /** Says whether every estimate of what is expected is within its tolerance. */
  fit(answers: ReadonlyMap<string, Answer>): boolean {
    return this.#expected.every(({ name, number }) => {
      const answer = answers.get(name);
      return answer === undefined || typeof answer === 'number' || isNear(answer, number);
    });
  }

  /** Holds the answers against everything that is expected; what has no answer is a mismatch. */
  compare(answers: ReadonlyMap<string, Answer>): void {
    for (const { name, value, number } of this.#expected) {
      const answer = answers.get(name);
      if (answer === undefined) this.#verdict.fail(`${name} is no quantity that is known here`);
      else if (typeof answer === 'number') this.#verdict.near(name, answer, value);
      else {
        const got = `${name}: got ${short(answer.value)} with a standard error of ${answer.error.toPrecision(3)}`;
        this.#verdict.check(isNear(answer, number), `${got}, expected ${short(number)}`);
        const narrow = HALF_WIDTH * answer.error <= this.#precision * scale(answer, number);
        this.#verdict.check(narrow, `${got}, too wide to tell it from ${short(number)}`);
      }
    }
  }

  #take(part: Fields): void {
    for (const key of part.keys) {
      const raw = part.raw(key);
      const list = Array.isArray(raw) ? raw.map((value, i) => [`${key}.${i}`, value] as const) : [[key, raw] as const];
      for (const [name, value] of list) {
        const fraction = parseFraction(value);
        if (fraction === null) throw new CaseError(`${part.path}.${name} is no number`);
        this.#expected.push({ name, value, number: toNumber(fraction) });
      }
    }
  }
}

/** What a width is relative to; the value itself where the expected one is absurdly small. */
function scale({ value }: Estimate, expected: number): number {
  return Math.max(Math.abs(value), Math.abs(expected));
}

/** Written so that NaN is not near; a run without scatter must give the value itself. */
function isNear({ value, error }: Estimate, expected: number): boolean {
  return Math.abs(value - expected) <= Math.max(TOLERANCE * error, CLOSE * Math.abs(expected));
}
