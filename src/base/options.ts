import { didYouMean } from './nearest.ts';
import { parseDuration, type Time } from './time.ts';

/** One option of an allocator: what it may be and what it is when nothing is said. */
export type OptionSpec =
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly default: string; readonly summary: string }
  | {
      readonly kind: 'number';
      /** True if only whole numbers will do. */
      readonly whole?: boolean;
      readonly min?: number;
      readonly max?: number;
      readonly default: number;
      readonly summary: string;
    }
  | {
      readonly kind: 'duration';
      /** True if `none` will do too. */
      readonly optional?: boolean;
      /** True if zero will do too. */
      readonly zero?: boolean;
      readonly default: string;
      readonly summary: string;
    }
  | {
      readonly kind: 'text';
      readonly default: string;
      readonly summary: string;
      /** Says what is wrong with a text, or gives null. */
      readonly check?: (text: string) => string | null;
    }
  | { readonly kind: 'flag'; readonly default: boolean; readonly summary: string }
  /** A list of at least one text, which must be given. */
  | { readonly kind: 'texts'; readonly default?: never; readonly summary: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValue = string | number | boolean | readonly string[];

/** Gives the options of one allocator, checked and with defaults filled in. */
export class OptionReader {
  readonly #values: Readonly<Record<string, OptionValue>>;

  constructor(values: Readonly<Record<string, OptionValue>>) {
    this.#values = values;
  }

  text(name: string): string {
    return this.#values[name] as string;
  }

  number(name: string): number {
    return this.#values[name] as number;
  }

  /** Microseconds; null for `none`. */
  duration(name: string): Time | null {
    const value = this.#values[name] as string | number;
    return value === 'none' ? null : parseDuration(value);
  }

  flag(name: string): boolean {
    return this.#values[name] as boolean;
  }

  texts(name: string): readonly string[] {
    return this.#values[name] as readonly string[];
  }
}

/** A wrong option: its key and what is wrong with it. */
export interface OptionProblem {
  readonly key: string;
  readonly message: string;
  readonly suggestion?: string;
  /** True where the key itself is what is wrong. */
  readonly unknown?: boolean;
}

/**
 * Checks given options against their specs.
 *
 * @returns every option with its value, in the order of the specs, and every problem found.
 */
export function resolveOptions(
  specs: OptionSpecs,
  given: Readonly<Record<string, unknown>>,
): { values: Record<string, OptionValue>; problems: OptionProblem[] } {
  const problems: OptionProblem[] = [];
  for (const key of Object.keys(given)) {
    if (key in specs) continue;
    const suggestion = didYouMean(key, Object.keys(specs));
    const known = Object.keys(specs).join(', ') || 'none';
    problems.push({
      key,
      unknown: true,
      message: `unknown option \`${key}\`; it takes ${known}`,
      ...(suggestion && { suggestion }),
    });
  }
  const values: Record<string, OptionValue> = {};
  for (const [key, spec] of Object.entries(specs)) {
    const value = given[key] ?? spec.default;
    const problem = wrong(spec, value);
    values[key] = problem === null ? (value as OptionValue) : (spec.default ?? []);
    if (problem !== null) problems.push({ key, ...problem });
  }
  return { values, problems };
}

function wrong(spec: OptionSpec, value: unknown): Omit<OptionProblem, 'key'> | null {
  if (spec.kind === 'texts' && value === undefined)
    return { message: 'is missing: expected a list of texts, such as [python3, policy.py]' };
  const got = JSON.stringify(value);
  if (spec.kind === 'text') {
    if (typeof value !== 'string') return { message: `got ${got}, expected text` };
    const problem = spec.check?.(value) ?? null;
    return problem === null ? null : { message: `got ${got}, ${problem}` };
  }
  if (spec.kind === 'flag')
    return typeof value === 'boolean' ? null : { message: `got ${got}, expected true or false` };
  if (spec.kind === 'texts') {
    const isList = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
    return isList ? null : { message: `got ${got}, expected a list of texts, such as [python3, policy.py]` };
  }
  if (spec.kind === 'number') {
    const low = spec.min ?? Number.NEGATIVE_INFINITY;
    const high = spec.max ?? Number.POSITIVE_INFINITY;
    if (typeof value === 'number' && value >= low && value <= high && (!spec.whole || Number.isInteger(value)))
      return null;
    return {
      message: `got ${got}, expected a ${spec.whole ? 'whole ' : ''}number${low > -Infinity ? ` from ${low}` : ''}${high < Infinity ? ` to ${high}` : ''}`,
    };
  }
  if (spec.kind === 'duration') {
    if (spec.optional && value === 'none') return null;
    const time = typeof value === 'string' || typeof value === 'number' ? parseDuration(value) : null;
    if (time !== null && (spec.zero ? time >= 0 : time > 0)) return null;
    const least = spec.zero ? 'of zero or more' : 'above zero';
    return { message: `got ${got}, expected a duration ${least} such as 10s${spec.optional ? ', or none' : ''}` };
  }
  if (typeof value === 'string' && spec.of.includes(value)) return null;
  const suggestion = typeof value === 'string' ? didYouMean(value, spec.of) : undefined;
  return { message: `got ${got}, expected ${spec.of.join(' | ')}`, ...(suggestion && { suggestion }) };
}
