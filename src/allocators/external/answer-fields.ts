import { didYouMean } from '../../base/nearest.ts';
import { quote } from '../../base/quote.ts';

/** What a field of an answer may hold, as TypeScript has it; a `?` behind the kind lets it be left out. */
interface FieldKinds {
  /** A whole number from 0. */
  readonly id: number;
  readonly ids: readonly number[];
  /** Text that is not empty. */
  readonly text: string;
  readonly texts: readonly string[];
  /** A number from 0. */
  readonly seconds: number;
  /** Numbers from 0 by name. */
  readonly amounts: Readonly<Record<string, number>>;
  /** A list of anything. */
  readonly list: readonly unknown[];
}

type Kind = keyof FieldKinds;

/** The fields of one form, by name. */
export type Fields = Readonly<Record<string, Kind | `${Kind}?`>>;

type ValueOf<K> = K extends `${infer Of extends Kind}?`
  ? FieldKinds[Of] | undefined
  : K extends Kind
    ? FieldKinds[K]
    : never;

/** What a decision of one of several types holds. */
export type DecisionOf<Forms extends Readonly<Record<string, Fields>>> = {
  [T in keyof Forms]: { readonly type: T } & { readonly [F in keyof Forms[T]]: ValueOf<Forms[T][F]> };
}[keyof Forms];

const EXPECTED: Readonly<Record<Kind, string>> = {
  id: 'a whole number from 0',
  ids: 'a list of whole numbers from 0',
  text: 'text',
  texts: 'a list of texts',
  seconds: 'a number of seconds from 0',
  amounts: 'a mapping of resources to numbers from 0',
  list: 'a list',
};

const isId = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isCount = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const HOLDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  id: isId,
  ids: (value) => Array.isArray(value) && value.every(isId),
  text: isText,
  texts: (value) => Array.isArray(value) && value.every(isText),
  seconds: isCount,
  amounts: (value) => isObject(value) && Object.values(value).every(isCount),
  list: Array.isArray,
};

/** Says whether a value of JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks one decision against the forms that there are.
 *
 * @returns the decision, or what is wrong with it in words that follow its place.
 */
export function readDecision<Forms extends Readonly<Record<string, Fields>>>(
  value: unknown,
  forms: Forms,
): DecisionOf<Forms> | string {
  if (!isObject(value)) return 'is no object';
  const { type, ...given } = value;
  const types = Object.keys(forms);
  if (typeof type !== 'string') return `has no \`type\`; there are ${types.join(', ')}`;
  const fields = Object.hasOwn(forms, type) ? forms[type] : undefined;
  if (fields === undefined) {
    return `has the unknown type ${quote(type)}${hint(type, types) || `; there are ${types.join(', ')}`}`;
  }
  const problem = wrongField(given, fields);
  return problem === null ? (value as DecisionOf<Forms>) : `(${type}) ${problem}`;
}

/** Gives what is wrong with the fields of an object, or null. */
export function wrongField(given: Readonly<Record<string, unknown>>, fields: Fields): string | null {
  const names = Object.keys(fields);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(fields, name)) continue;
    return `has the unknown field ${quote(name)}${hint(name, names) || `; it takes ${names.join(', ') || 'none'}`}`;
  }
  for (const [name, field] of Object.entries(fields)) {
    const kind = field.replace('?', '') as Kind;
    const value = given[name];
    if (value === undefined && field.endsWith('?')) continue;
    if (value === undefined) return `lacks \`${name}\`: ${EXPECTED[kind]}`;
    if (!HOLDS[kind](value)) return `has a wrong \`${name}\`: expected ${EXPECTED[kind]}`;
  }
  return null;
}

function hint(word: string, known: readonly string[]): string {
  const guess = didYouMean(word, known);
  return guess === undefined ? '' : ` (${guess})`;
}
