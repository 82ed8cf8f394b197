import * as z from 'zod';
import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import { type Marked, type MarkedMap, mark, type Override, plain, type Span } from './marked.ts';
import { listed } from './raw.ts';
import { readYaml } from './read-yaml.ts';
import { bare, below, meant } from './schema-walk.ts';

type Schema = z.core.$ZodType;

/** Takes what is wrong with an override; the path is as far as it could be followed. */
export type Refuse = (path: readonly string[], message: string, suggestion?: string) => void;

/**
 * Gives the scenario with one value set, or undefined after telling `refuse` why not; may change `root`.
 *
 * Sections and settings that the file leaves out are made. Items of lists are not, nor keys that the format lacks.
 */
export function applyOverride(root: Marked, schema: Schema, override: Override, refuse: Refuse): Marked | undefined {
  const steps = override.path.split('.');
  const { root: value, faults } = readYaml(override.value, override);
  for (const { message, suggestion } of faults) refuse(steps, message, suggestion);
  if (value === undefined || faults.length > 0) return undefined;
  return new Setting(steps, value, { start: 0, end: 0, override }, refuse).set(root, schema, 0);
}

class Setting {
  readonly #steps: readonly string[];
  readonly #value: Marked;
  readonly #span: Span;
  readonly #refuse: Refuse;

  constructor(steps: readonly string[], value: Marked, span: Span, refuse: Refuse) {
    this.#steps = steps;
    this.#value = value;
    this.#span = span;
    this.#refuse = refuse;
  }

  /** Gives what `here` becomes when the steps from `depth` on lead to the value; undefined where they lead nowhere. */
  set(here: Marked | undefined, schema: Schema, depth: number): Marked | undefined {
    if (depth === this.#steps.length) return this.#value;
    const owner = this.#containerFor(here, schema);
    const ownerSchema = owner && withParts(schema, owner);
    if (owner === undefined || ownerSchema === undefined) {
      const name = this.#steps[depth - 1];
      this.#refuse(this.#steps.slice(0, depth), `nothing lies below ${name === undefined ? 'this' : quote(name)}`);
      return undefined;
    }
    return owner.kind === 'map' ? this.#setEntry(owner, ownerSchema, depth) : this.#setItem(owner, ownerSchema, depth);
  }

  /** What is there already, or what a bare name, a default or nothing at all becomes when something is put below it. */
  #containerFor(here: Marked | undefined, schema: Schema): Exclude<Marked, { kind: 'scalar' }> | undefined {
    if (here !== undefined && here.kind !== 'scalar') return here;
    const standard = schema instanceof z.ZodDefault && here === undefined ? schema.def.defaultValue : {};
    const made = mark(standard, this.#span);
    if (made.kind !== 'map') return undefined;
    const inner = withParts(schema, made);
    const isOpen = inner instanceof z.ZodObject && inner.def.catchall instanceof z.ZodUnknown;
    if (here !== undefined && isOpen) made.entries.set('name', { key: here.span, value: here });
    return made;
  }

  #setEntry(owner: MarkedMap, schema: Schema, depth: number): Marked | undefined {
    const length = this.#keyLength(owner, schema, depth);
    const key = this.#steps.slice(depth, depth + length).join('.');
    const path = this.#steps.slice(0, depth + length);
    const next = below(schema, key);
    if (next === undefined || key === '' || key === '__proto__') {
      const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
      const others = known.length === 0 ? undefined : `known here: ${listed(known)}`;
      this.#refuse(path, `unknown key ${quote(key)}`, didYouMean(key, known) ?? others);
      return undefined;
    }
    const entry = owner.entries.get(key);
    const value = this.set(entry?.value, next, depth + length);
    if (value === undefined) return undefined;
    owner.entries.set(key, { key: entry?.key ?? this.#span, value });
    return owner;
  }

  #setItem(owner: Extract<Marked, { kind: 'list' }>, schema: Schema, depth: number): Marked | undefined {
    const step = this.#steps[depth]!;
    const { items } = owner;
    if (!/^\d+$/.test(step) || Number(step) >= items.length) {
      const held = items.length === 1 ? 'one item, number 0' : `items 0 to ${items.length - 1}`;
      const message = `${quote(step)} is no item of a list that has ${items.length === 0 ? 'no items' : held}`;
      this.#refuse(this.#steps.slice(0, depth + 1), message);
      return undefined;
    }
    const value = this.set(items[Number(step)], below(schema, step)!, depth + 1);
    if (value === undefined) return undefined;
    items[Number(step)] = value;
    return owner;
  }

  /** How many steps make up the next key, since free keys such as `wait.p95` hold dots. */
  #keyLength(owner: MarkedMap, schema: Schema, depth: number): number {
    if (!(schema instanceof z.ZodRecord)) return 1;
    const left = this.#steps.length - depth;
    for (let length = left; length > 1; length--) {
      if (owner.entries.has(this.#steps.slice(depth, depth + length).join('.'))) return length;
    }
    return bare(schema.valueType as Schema) instanceof z.ZodString ? left : 1;
  }
}

/** Gives the part of a schema that says what lies below a container such as `owner`; undefined where nothing may. */
function withParts(schema: Schema, owner: Marked): Schema | undefined {
  const inner = meant(schema, plain(owner));
  const candidates = inner instanceof z.ZodUnion ? inner.options.map(bare) : [inner];
  const fits = owner.kind === 'list' ? isList : isMapping;
  return candidates.find(fits);
}

function isMapping(schema: Schema): boolean {
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord || schema instanceof z.ZodUnknown;
}

function isList(schema: Schema): boolean {
  return schema instanceof z.ZodArray || schema instanceof z.ZodUnknown;
}
