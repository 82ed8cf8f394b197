import { CaseError } from '../fields.ts';

/** A role of a tree below its root. */
export interface TreeRole {
  readonly name: string;
  readonly path: string;
  readonly weight: number;
  readonly leaf: boolean;
}

/**
 * Reads a tree such as `root(sci:50, eng:50(dev:50, prod:50))`: a name, its weight after a colon (1 where left out),
 * its children in brackets. What stands behind the last bracket is prose.
 *
 * @returns the roles below the root, each before its children, in the order of the text.
 */
export function parseRoleTree(text: string): TreeRole[] {
  const roles: TreeRole[] = [];
  const tokens = text.match(/[^\s(),:]+|[(),:]/g) ?? [];
  let at = 0;
  const refuse = (expected: string): never => {
    throw new CaseError(`tree: expected ${expected}, got ${tokens[at] ?? 'the end'}`);
  };
  const name = (): string => {
    const token = tokens[at];
    if (token === undefined || /^[(),:]$/.test(token)) return refuse('a name');
    at++;
    return token;
  };
  const children = (above: string): void => {
    at++;
    for (;;) {
      readRole(above);
      if (tokens[at] === ')') break;
      if (tokens[at] !== ',') refuse('`,` or `)`');
      at++;
    }
    at++;
  };
  const readRole = (above: string): void => {
    const own = name();
    const path = above === '' ? own : `${above}/${own}`;
    let weight = 1;
    if (tokens[at] === ':') {
      at++;
      weight = Number(name());
      if (!(weight > 0)) throw new CaseError(`tree: the weight of ${own} is no number above zero`);
    }
    const leaf = tokens[at] !== '(';
    roles.push({ name: own, path, weight, leaf });
    if (!leaf) children(path);
  };
  name();
  if (tokens[at] !== '(') refuse('`(` after the root');
  children('');
  return roles;
}
