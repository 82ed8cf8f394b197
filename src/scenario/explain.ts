import * as z from 'zod';
import { didYouMean, nearest } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import type { Path } from './marked.ts';
import { isMap, listed, show } from './raw.ts';
import { bare, branchOf, descend, expectation, isOptional, meant } from './schema-walk.ts';

/** One thing wrong with a value, told in plain words. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string | undefined;
  /** What the path means: the value there, or its key. */
  readonly part: 'value' | 'key';
  /** Set for a key that the format does not have: what it should have been called, where that can be told. */
  readonly unknownKey?: { readonly meant?: string | undefined };
}

type Schema = z.core.$ZodType;
type Located = { readonly schema: Schema; readonly value: unknown };
type Issue = z.core.$ZodIssue;

/** Gives every fault of `value`; for a value that may be one of several things, those of the one that was meant. */
export function faultsOf(schema: Schema, value: unknown, path: Path = [], union?: z.ZodUnion): Fault[] {
  const result = z.safeParse(schema, value);
  return result.success ? [] : result.error.issues.flatMap((issue) => explain(issue, schema, value, path, union));
}

function explain(issue: Issue, root: Schema, rootValue: unknown, above: Path, union?: z.ZodUnion): Fault[] {
  const { schema, value } = descend(root, rootValue, issue.path);
  const path: Path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'custom' && issue.params !== undefined) {
    const { suggestion, part } = issue.params as Pick<Fault, 'suggestion' | 'part'>;
    return [{ path, message: issue.message, suggestion, part }];
  }
  if (issue.code === 'unrecognized_keys') {
    const object = meant(schema!, value) as z.ZodObject;
    const choice = schema instanceof z.ZodUnion ? schema : issue.path.length === 0 ? union : undefined;
    return issue.keys.map((key) => unknownKey(key, object, value, path, choice));
  }
  if (issue.code === 'invalid_key') {
    const expected = expectation((parent(root, rootValue, issue.path).schema as z.ZodRecord).keyType);
    return [{ path, message: `the key ${quote(String(path.at(-1)))} must be ${expected}`, part: 'key' }];
  }
  if (value === undefined && path.length > 0) return [missing(path, schema!, parent(root, rootValue, issue.path))];
  const branch = issue.code === 'invalid_union' ? branchOf(schema!, value) : undefined;
  if (branch !== undefined) return faultsOf(branch, value, path, schema as z.ZodUnion);
  const message = `must be ${expectation(schema!)}, not ${show(value)}`;
  return [{ path, message, suggestion: fixFor(issue, schema!, value), part: 'value' }];
}

function parent(root: Schema, value: unknown, path: readonly PropertyKey[]): Located {
  const owner = descend(root, value, path.slice(0, -1));
  return { schema: meant(owner.schema!, owner.value), value: owner.value };
}

function missing(path: Path, schema: Schema, owner: Located): Fault {
  const key = String(path.at(-1));
  const message = `${quote(key)} is missing; it must be ${expectation(schema)}`;
  // A mapping that takes any key has no unknown ones, but it may have a misspelled one.
  const others = Object.keys(owner.value as object).filter(
    (other) => !Object.hasOwn((owner.schema as z.ZodObject).shape, other),
  );
  const slip = others.find((other) => nearest(other, [key]));
  const suggestion = slip === undefined ? undefined : `rename ${quote(slip)} to ${quote(key)}`;
  return { path: path.slice(0, -1), message, suggestion, part: 'key' };
}

function unknownKey(key: string, object: z.ZodObject, value: unknown, above: Path, union?: z.ZodUnion): Fault {
  const path = [...above, key];
  const shape: Readonly<Record<string, Schema>> = object.shape;
  const clash = union?.options.some((option) => {
    const other = bare(option);
    return other !== object && other instanceof z.ZodObject && Object.hasOwn(other.shape, key);
  });
  if (clash) {
    const message = `${quote(key)} does not go with ${quote(Object.keys(shape)[0]!)}`;
    return { path, message, part: 'key', unknownKey: {} };
  }
  const absent = Object.keys(shape).filter((name) => isMap(value) && !Object.hasOwn(value, name));
  const guess = nearest(key, absent);
  const message = `unknown key ${quote(key)}`;
  if (guess === undefined) return { path, message, suggestion: whereElse(key, shape), part: 'key', unknownKey: {} };
  const suggestion = isOptional(shape[guess]!)
    ? `did you mean ${quote(guess)}?`
    : `rename ${quote(key)} to ${quote(guess)}, which is missing`;
  return { path, message, suggestion, part: 'key', unknownKey: { meant: guess } };
}

function whereElse(key: string, shape: Readonly<Record<string, Schema>>): string {
  const owner = Object.keys(shape).find((name) => {
    const inner = bare(shape[name]!);
    return inner instanceof z.ZodObject && Object.hasOwn(inner.shape, key);
  });
  return owner === undefined ? `known here: ${listed(Object.keys(shape))}` : `it belongs below ${quote(owner)}`;
}

function fixFor(issue: Issue, schema: Schema, value: unknown): string | undefined {
  if (issue.code === 'invalid_value') {
    if (typeof value !== 'string') return undefined;
    const isQuoted = issue.values.some((one) => typeof one === 'number' && one === Number(value));
    return isQuoted ? 'write it without quotes' : didYouMean(value, issue.values.map(String));
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return z.safeParse(schema, String(value)).success ? `put it in quotes: "${value}"` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (issue.expected === 'boolean' && /^(yes|on|no|off)$/i.test(value)) {
    return `write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'}`;
  }
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber && (issue.expected === 'number' || issue.expected === 'int') ? 'write it without quotes' : undefined;
}
