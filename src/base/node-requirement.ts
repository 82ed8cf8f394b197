/**
 * What an attribute of a node must be, beyond one of several values.
 *
 * `not-in` holds where the attribute is none of the values, `exists` where there is one, and `missing` where there is none.
 * `tolerates` takes the attribute for a list of taints, `key=value:effect` with commas between, and holds where each is like
 * one of the values, in which a `*` stands for any key, value or effect.
 */
export interface NodeRequirement {
  readonly attribute: string;
  readonly must: 'not-in' | 'exists' | 'missing' | 'tolerates';
  readonly values: readonly string[];
}

/** Says whether a node of these attributes meets a requirement. */
export function meets(
  { attribute, must, values }: NodeRequirement,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute]! : undefined;
  if (must === 'exists') return value !== undefined;
  if (must === 'missing') return value === undefined;
  if (must === 'not-in') return value === undefined || !values.includes(value);
  if (value === undefined || value === '') return true;
  return value.split(',').every((taint) => values.some((tolerated) => isLike(taint, tolerated)));
}

/** Gives a requirement as the end of "no node has …". */
export function describeRequirement({ attribute, must, values }: NodeRequirement): string {
  if (must === 'exists') return `any ${attribute}`;
  if (must === 'missing') return `nothing as ${attribute}`;
  if (must === 'not-in') return `${attribute} other than ${values.join(' or ')}`;
  return `only ${attribute} that are tolerated${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}

function isLike(taint: string, tolerated: string): boolean {
  const [parts, pattern] = [partsOf(taint), partsOf(tolerated)];
  return parts.every((part, i) => pattern[i] === '*' || pattern[i] === part);
}

/** Key, value and effect. */
function partsOf(taint: string): string[] {
  const effect = taint.lastIndexOf(':');
  const value = taint.indexOf('=');
  return [taint.slice(0, value), taint.slice(value + 1, effect), taint.slice(effect + 1)];
}
