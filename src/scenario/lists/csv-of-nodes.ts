import type { NodeGroup } from '../schema.ts';
import { ATTRIBUTE } from './csv-nodes.ts';

/** Gives the header and the rows of the list that says what these groups of nodes say. */
export function csvOfNodes(groups: readonly NodeGroup[]): { header: string[]; rows: string[][] } {
  const keysOf = (part: (group: NodeGroup) => object) => [...new Set(groups.flatMap((g) => Object.keys(part(g))))];
  const resources = keysOf((group) => group.capacity);
  const attributes = keysOf((group) => group.attributes ?? {});
  const rows = groups.map(({ name, count, capacity, price, attributes: own = {} }) => [
    name,
    String(count),
    ...resources.map((resource) => {
      const given = capacity[resource];
      return typeof given === 'object' ? `${given.devices}d` : String(given ?? '');
    }),
    ...attributes.map((attribute) => String(own[attribute] ?? '')),
    String(price),
  ]);
  return { header: ['name', 'count', ...resources, ...attributes.map((each) => ATTRIBUTE + each), 'price'], rows };
}
