import type { TimeProblem } from '../../allocators/gavel/time-problem.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';

/** Names of the node types, in the order of the columns. */
export function typesOf(one: Fields): string[] {
  if (one.has('types')) return one.texts('types');
  const counts = one.raw('counts');
  if (Array.isArray(counts)) return counts.map((_, t) => String(t));
  return one.fields('counts').keys.slice();
}

/** Reads the throughputs, workers and scales of a case. */
export function readProblem(one: Fields, key = 'throughputs'): TimeProblem {
  const types = typesOf(one);
  const counts = readByName(one, 'counts', types);
  const throughputs = readTable(one, key, types);
  const scales = one.has('scale_factors') ? readByJob(one, 'scale_factors', throughputs.length) : undefined;
  if (counts.length !== types.length) throw new CaseError(`${counts.length} counts for ${types.length} types`);
  return { throughputs, counts, scales: scales?.map((scale) => scale ?? 1) ?? throughputs.map(() => 1) };
}

/** A row a job, a number a type. */
export function readTable(one: Fields, key: string, types: readonly string[]): number[][] {
  const table = one.list(key).map((row) => (Array.isArray(row) ? row : types.map((type) => Object(row)[type] ?? 0)));
  return table.map((row, j) => {
    if (row.length !== types.length) throw new CaseError(`${key}.${j} has ${row.length} numbers, not ${types.length}`);
    return row.map((value: unknown) => numberOf(value, `${key}.${j}`));
  });
}

/** A number for each name, as a list in their order or an object by them. */
export function readByName(one: Fields, key: string, names: readonly string[]): number[] {
  const value = one.raw(key);
  if (Array.isArray(value)) return one.numbers(key);
  const fields = one.fields(key);
  return names.map((name) => toNumber(fields.fraction(name)));
}

/** A number for each job, as a list or an object by position; null for jobs that have none. */
export function readByJob(one: Fields, key: string, jobs: number): (number | null)[] {
  const value = one.raw(key);
  const of = (j: number): unknown =>
    Array.isArray(value) ? value[j] : (value as Readonly<Record<string, unknown>>)[String(j)];
  if (!Array.isArray(value)) {
    const strange = one.fields(key).keys.filter((name) => !(Number(name) >= 0 && Number(name) < jobs));
    if (strange.length > 0) throw new CaseError(`${key} is of jobs that are not there: ${strange.join(', ')}`);
    one.fields(key).prose(...one.fields(key).keys);
  } else if (value.length !== jobs) throw new CaseError(`${key} has ${value.length} numbers for ${jobs} jobs`);
  return Array.from({ length: jobs }, (_, j) => {
    const given = of(j);
    return given === undefined || given === null ? null : numberOf(given, `${key}.${j}`);
  });
}

/** The first of several keys that is there, or null. */
export function firstOf(one: Fields, keys: readonly string[]): string | null {
  return keys.find((key) => one.has(key)) ?? null;
}

function numberOf(value: unknown, path: string): number {
  const fraction = parseFraction(value);
  if (fraction === null) throw new CaseError(`${path} holds what is no number`);
  return toNumber(fraction);
}
