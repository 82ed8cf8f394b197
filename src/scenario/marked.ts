import { isMap, type RawMap } from './raw.ts';

/** The way from the whole scenario to a value in it: keys and positions counted from 0. */
export type Path = readonly (string | number)[];

/** A stretch of the scenario's text, as offsets; or an override, which has no place in the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly override?: Override;
}

/** A value that was set from outside the file, such as by `--set cluster.nodes.0.count=64`. */
export interface Override {
  /** Dotted path of the value; may be new, as long as the format has it. */
  readonly path: string;
  /** The value, in YAML. */
  readonly value: string;
  /** How errors name it; `--set path=value` unless given. */
  readonly label?: string;
}

/** A value together with where it was written; may be changed while a scenario is put together. */
export type Marked = MarkedMap | MarkedList | MarkedScalar;

export interface MarkedMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: Map<string, MarkedEntry>;
}

export interface MarkedEntry {
  readonly key: Span;
  value: Marked;
}

export interface MarkedList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: Marked[];
}

export interface MarkedScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** The value as written, so that `007` keeps its zeros. */
  readonly text: string;
}

/** Gives the value alone. */
export function plain(marked: Marked): unknown {
  if (marked.kind === 'scalar') return marked.value;
  if (marked.kind === 'list') return marked.items.map(plain);
  return Object.fromEntries([...marked.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** Marks a value that the program itself supplies with the place of what asked for it. */
export function mark(value: unknown, span: Span): Marked {
  if (Array.isArray(value)) return { kind: 'list', span, items: value.map((item) => mark(item, span)) };
  if (isMap(value)) return { kind: 'map', span, entries: markEntries(value, span) };
  const scalar = value as MarkedScalar['value'];
  return { kind: 'scalar', span, value: scalar, text: String(scalar) };
}

function markEntries(value: RawMap, span: Span): Map<string, MarkedEntry> {
  return new Map(Object.entries(value).map(([key, below]) => [key, { key: span, value: mark(below, span) }]));
}

/** Gives the value at the end of `path`, or undefined. */
export function find(root: Marked, path: Path): Marked | undefined {
  let here: Marked | undefined = root;
  for (const step of path) here = here && child(here, step)?.value;
  return here;
}

/**
 * Gives the place of a value, or of its key where the value is empty or `part` asks for the key; of the key nearest
 * above where the path leads nowhere.
 */
export function spanOf(root: Marked, path: Path, part: 'value' | 'key' = 'value'): Span {
  let here = root;
  let key: Span | undefined;
  for (const step of path) {
    const next = child(here, step);
    // A bare name may stand for a whole mapping, as an allocator's does.
    if (next === undefined && here.kind === 'scalar' && here.value !== null) return here.span;
    if (next === undefined) return key ?? (here === root ? firstOf(root.span) : here.span);
    here = next.value;
    key = next.key;
  }
  if (key === undefined && part === 'key' && here === root) return firstOf(root.span);
  const isEmpty = here.span.end <= here.span.start && here.span.override === undefined;
  return key !== undefined && (part === 'key' || isEmpty) ? key : here.span;
}

function child(of: Marked, step: string | number): { value: Marked; key: Span | undefined } | undefined {
  if (of.kind === 'map') return of.entries.get(String(step));
  const item = of.kind === 'list' ? of.items[Number(step)] : undefined;
  return item && { value: item, key: undefined };
}

/** A whole file underlined would say nothing. */
function firstOf(span: Span): Span {
  return { ...span, end: span.start + 1 };
}
