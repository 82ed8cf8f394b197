import type { Problem } from '../errors.ts';
import type { Random } from '../random.ts';

/**
 * A law of chance for a duration, a gap or an amount: every draw is finite, not negative and not rounded.
 *
 * It keeps no state between draws, so one object may serve many streams without carrying chance from one to another.
 * Draws use + - * /, sqrt, log and exp alone, whose last bit is the same in every version of Node.
 */
export interface Distribution {
  readonly name: string;
  /** In the unit of the draws; null where it is infinite. */
  readonly mean: number | null;
  draw(random: Random): number;
  /** The least value that a draw stays at or below with probability `p`, from 0 to 1; infinite at 1 where there is no bound. */
  quantile(p: number): number;
}

/** What one parameter may be. */
export interface Parameter {
  /** A quantity has the unit of the draws, is read from text such as `60s`, and is never negative; a number has no unit. */
  readonly kind: 'quantity' | 'quantities' | 'number' | 'numbers' | 'flag';
  readonly optional?: boolean;
  /** The value, or each value of a list, is greater than this … */
  readonly above?: number;
  /** … or at least this, … */
  readonly from?: number;
  /** … and at most this. */
  readonly to?: number;
}

export type Parameters = Readonly<Record<string, Parameter>>;

type Single<P extends Parameter> = P['kind'] extends 'flag'
  ? boolean
  : P['kind'] extends 'quantities' | 'numbers'
    ? readonly number[]
    : number;

/** The values of a set of parameters, each of its own type; what is optional may be undefined. */
export type Values<S extends Parameters> = {
  readonly [K in keyof S]: S[K] extends { readonly optional: true } ? Single<S[K]> | undefined : Single<S[K]>;
};

/** One set of parameters that describes a distribution. */
export interface Form<S extends Parameters = Parameters> {
  readonly parameters: S;
  /** Gives what is wrong with values that are each right by themselves; paths are names of parameters. */
  check?(values: Values<S>): readonly Problem[];
  /** Makes the distribution of values in which nothing was wrong. */
  create(values: Values<S>): Distribution;
}

/** A kind of distribution, as scenarios name it. */
export interface DistributionDefinition {
  readonly name: string;
  /** The sets of parameters it takes, the usual one first. */
  readonly forms: readonly Form[];
  /** The parameter that a bare value stands for. */
  readonly shorthand?: string;
}

/** Declares a form, so that `check` and `create` see each value with its own type. */
export function form<const S extends Parameters>(declared: Form<S>): Form {
  return declared;
}
