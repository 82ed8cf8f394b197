/** The least and the most that a number was over several passes. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What a value was over several passes: numbers as ranges, all else unchanged, jobs by their index too. */
export type Ranged<Value> = Value extends number
  ? Range
  : Value extends { readonly index: number; readonly name: string }
    ? Value
    : Value extends object
      ? { readonly [Field in keyof Value]: Ranged<Value[Field]> }
      : Value;

/** Gives the ranges of a single value. */
export function ranged<Value>(value: Value): Ranged<Value> {
  return map(value) as Ranged<Value>;
}

/**
 * Gives ranges that take in both; null where the two differ in more than numbers.
 *
 * @param isLoose has the first stand for both where they differ.
 */
export function united<Ranges>(a: Ranges, b: Ranges, isLoose = false): Ranges | null {
  const both = join(a, b, isLoose);
  return both === undefined ? null : (both as Ranges);
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isReference = (value: Record<string, unknown>) => 'index' in value && 'name' in value;
const isRange = (value: Record<string, unknown>) => 'least' in value && 'most' in value;

function map(value: unknown): unknown {
  if (typeof value === 'number') return { least: value, most: value };
  if (!isMap(value) || isReference(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, map(part)]));
}

/** Undefined where they differ. */
function join(a: unknown, b: unknown, isLoose: boolean): unknown {
  const other = isLoose ? a : undefined;
  if (!isMap(a) || !isMap(b)) return a === b ? a : other;
  if (isRange(a) && isRange(b)) return spanning(a as unknown as Range, b as unknown as Range);
  if (isReference(a)) return a['index'] === b['index'] ? a : other;
  const fields = Object.keys(a);
  if (!isLoose && fields.length !== Object.keys(b).length) return undefined;
  const joined: Record<string, unknown> = {};
  for (const field of fields) {
    const part = field in b ? join(a[field], b[field], isLoose) : isLoose ? a[field] : undefined;
    if (part === undefined) return undefined;
    joined[field] = part;
  }
  return joined;
}

function spanning(a: Range, b: Range): Range {
  return { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
}
