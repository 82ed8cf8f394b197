import * as z from 'zod';
import { hints } from './hints.ts';
import { isMap, listed } from './raw.ts';

/** Gives a schema without what makes it optional, defaulted or converted. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return bare(schema.unwrap());
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

/** Says whether a mapping may leave this key out. */
export function isOptional(schema: z.core.$ZodType): boolean {
  return schema._zod.optin !== undefined;
}

/** Gives the branch of a union that `value` was meant for; a schema that is no such union as it is. */
export function meant(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  const inner = bare(schema);
  const branch = branchOf(inner, value);
  return branch === undefined ? inner : meant(branch, value);
}

/** Gives the branch of this very union that `value` was meant for, or undefined. */
export function branchOf(union: z.core.$ZodType, value: unknown): z.core.$ZodType | undefined {
  if (!(union instanceof z.ZodUnion)) return undefined;
  return union.options[hints.get(union)?.pick?.(value) ?? -1];
}

/** Gives the schema of what lies below `key`, or undefined where nothing may. */
export function below(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    if (Object.hasOwn(schema.shape, key)) return schema.shape[key as string];
    return schema.def.catchall instanceof z.ZodUnknown ? schema.def.catchall : undefined;
  }
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodUnknown ? schema : undefined;
}

/** Gives what a value must be, in words that follow "must be". */
export function expectation(schema: z.core.$ZodType): string {
  const inner = bare(schema);
  const hint = hints.get(inner)?.expects;
  if (hint !== undefined) return hint;
  if (!(inner instanceof z.ZodObject)) return inner instanceof z.ZodArray ? 'a list' : 'a mapping';
  const shape: Readonly<Record<string, z.core.$ZodType>> = inner.shape;
  const required = Object.keys(shape).filter((key) => !isOptional(shape[key]!));
  return required.length === 0 ? 'a mapping' : `a mapping with ${listed(required)}`;
}

/** Gives the value and its schema at the end of `path`; the schema is undefined where the path leaves the format. */
export function descend(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]) {
  let [here, inside]: [z.core.$ZodType | undefined, unknown] = [bare(schema), value];
  for (const key of path) {
    const next: z.core.$ZodType | undefined = here === undefined ? undefined : below(meant(here, inside), key);
    here = next === undefined ? undefined : bare(next);
    inside = isMap(inside) || Array.isArray(inside) ? (inside as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return { schema: here, value: inside };
}
