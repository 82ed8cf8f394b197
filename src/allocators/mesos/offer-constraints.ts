/** A value of a node's attribute; only text can be compared with text. */
export type AttributeValue = string | number | readonly unknown[];

/** What a constraint may look at. */
interface ConstrainedNode {
  readonly hostname: string;
  readonly region: string | null;
  readonly zone: string | null;
  /** Names may occur more than once; the first counts. */
  readonly attributes: readonly (readonly [name: string, value: AttributeValue])[];
}

/** One condition on one attribute. */
export interface AttributeConstraint {
  readonly selector: 'hostname' | 'region' | 'zone' | { readonly attribute: string };
  readonly predicate:
    | 'exists'
    | 'not_exists'
    | { readonly text_equals: string }
    | { readonly text_not_equals: string }
    | { readonly text_matches: string }
    | { readonly text_not_matches: string };
}

/** Says whether a node may be offered. */
export type OfferConstraint = (node: ConstrainedNode) => boolean;

/**
 * Reads the constraints of one role: a node may be offered if all constraints of some group hold; without groups none.
 *
 * Attributes that are not text satisfy every comparison with text. Unlike RE2, patterns are those of JavaScript and
 * have no limits on memory or program size; a match is one of the whole text.
 *
 * @throws SyntaxError for a pattern that is none.
 * @see Mesos, docs/scheduler-http-api.md: offer constraints
 */
export function readConstraint(groups: readonly (readonly AttributeConstraint[])[]): OfferConstraint {
  const read = groups.map((group) => group.map(readOne));
  return (node) => read.some((group) => group.every((holds) => holds(node)));
}

function readOne({ selector, predicate }: AttributeConstraint): OfferConstraint {
  const holds = readPredicate(predicate);
  return (node) => holds(select(selector, node));
}

function select(selector: AttributeConstraint['selector'], node: ConstrainedNode): AttributeValue | null {
  if (typeof selector === 'string') return node[selector];
  return node.attributes.find(([name]) => name === selector.attribute)?.[1] ?? null;
}

function readPredicate(predicate: AttributeConstraint['predicate']): (value: AttributeValue | null) => boolean {
  if (predicate === 'exists') return (value) => value !== null;
  if (predicate === 'not_exists') return (value) => value === null;
  if ('text_equals' in predicate) return onText((text) => text === predicate.text_equals);
  if ('text_not_equals' in predicate) return onText((text) => text !== predicate.text_not_equals);
  const negated = 'text_not_matches' in predicate;
  const pattern = new RegExp(`^(?:${negated ? predicate.text_not_matches : predicate.text_matches})$`, 's');
  return onText((text) => (text !== null && pattern.test(text)) !== negated);
}

function onText(holds: (text: string | null) => boolean): (value: AttributeValue | null) => boolean {
  return (value) => (value !== null && typeof value !== 'string') || holds(value);
}
