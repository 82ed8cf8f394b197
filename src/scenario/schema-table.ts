import * as z from 'zod';
import type { Parameters } from '../base/distributions/distribution.ts';
import { DISTRIBUTIONS } from '../base/distributions.ts';
import { hints } from './hints.ts';
import { scenarioSchema } from './schema.ts';
import { bare, expectation, isOptional } from './schema-walk.ts';

type Schema = z.core.$ZodType;

/** Gives every key of the scenario format as a Markdown table: key, value, default and meaning. */
export function schemaTable(): string {
  const rows = keyRows('', scenarioSchema);
  return ['| Key | Value | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Gives every distribution as a Markdown table: its name and the sets of parameters it takes. */
export function distributionTable(): string {
  const rows = DISTRIBUTIONS.map(({ name, forms, shorthand }) => {
    const sets = forms.map(({ parameters }) => `\`${signature(name, parameters)}\``);
    const short = shorthand === undefined ? [] : [`\`{ ${name}: … }\` alone for \`${shorthand}\``];
    return `| \`${name}\` | ${[...sets, ...short].join(' or ')} |`;
  });
  return ['| Distribution | Written |', '| --- | --- |', ...rows].join('\n');
}

function signature(name: string, parameters: Parameters): string {
  const names = Object.entries(parameters).map(([parameter, { optional }]) => (optional ? `${parameter}?` : parameter));
  return `{ ${name}: { ${names.join(', ')} } }`;
}

/** Rows of all keys below a schema, in the order of the format; `first` says what the first key is chosen among. */
function keyRows(path: string, schema: Schema, first?: string): string[] {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return keyRows(`${path}[]`, inner.element);
  if (inner instanceof z.ZodUnion) {
    const isChoice = inner.options.filter((option) => option instanceof z.ZodObject).length > 1;
    return inner.options.flatMap((option) => keyRows(path, option, isChoice ? '**one of**' : undefined));
  }
  if (inner instanceof z.ZodRecord) {
    const keys = hints.get(inner)?.keys;
    return keys === undefined ? [] : keyRow(`${path}.<${keys}>`, inner.valueType as Schema, '');
  }
  if (!(inner instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, Schema>> = inner.shape;
  return Object.entries(shape).flatMap(([key, value], i) => {
    const need = i === 0 && first !== undefined ? first : standard(value);
    return keyRow(path === '' ? key : `${path}.${key}`, value, need);
  });
}

function keyRow(path: string, schema: Schema, standard: string): string[] {
  const cells = [`\`${path}\``, expectation(schema), standard, descriptionOf(schema)];
  return [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`, ...keyRows(path, schema)];
}

function standard(schema: Schema): string {
  if (schema instanceof z.ZodDefault) return `\`${shortest(schema.def.defaultValue)}\``;
  return isOptional(schema) ? '' : '**required**';
}

/** A choice such as `{ name: 'fifo' }` as people write it. */
function shortest(value: unknown): string {
  const isNamed = typeof value === 'object' && value !== null && 'name' in value;
  return isNamed ? String(value.name) : String(value);
}

function descriptionOf(schema: Schema): string {
  return z.globalRegistry.get(schema)?.description ?? z.globalRegistry.get(bare(schema))?.description ?? '';
}
