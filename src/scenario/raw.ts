import { quote } from '../base/quote.ts';

/** A mapping as the file holds it, nothing of it checked. */
export type RawMap = Readonly<Record<string, unknown>>;

/** Says whether a raw value is a mapping. */
export function isMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says whether a mapping has at least one key. */
export function isNotEmpty(map: RawMap): boolean {
  return Object.keys(map).length > 0;
}

/** Gives the value of a key, or undefined where `value` is no mapping or lacks the key. */
export function at(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Gives the items of a raw list; none where `value` is something else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Gives the keys and values of a raw mapping; none where `value` is something else. */
export function entriesOf(value: unknown): readonly [string, unknown][] {
  return isMap(value) ? Object.entries(value) : [];
}

/** Gives names as prose: `a`, `b` and `c`. */
export function listed(names: readonly string[], last = 'and'): string {
  const quoted = names.map(quote);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}

/** Gives what stands in the file in words that follow "not". */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMap(value)) return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (typeof value !== 'string') return quote(String(value));
  return value === '' ? 'an empty text' : `the text ${quote(value)}`;
}
