import { type Resource, resource } from '../base/amounts.ts';
import { at, entriesOf, isMap, itemsOf, type RawMap } from './raw.ts';
import { resourceCatalog } from './resource-catalog.ts';

/** What the rest of a scenario may refer to; gathered from unchecked input, so a part may be unknown. */
export interface ClusterFacts {
  readonly groups: readonly unknown[];
  /** By name; null where some node's capacity cannot be read, so that nothing can be said to be missing. */
  readonly resources: ReadonlyMap<string, Resource> | null;
  /** The values of each attribute, as text; null where some node's attributes cannot be read. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Gathers what the nodes of an unchecked scenario have. */
export function clusterFacts(raw: RawMap): ClusterFacts {
  const cluster = at(raw, 'cluster');
  const groups = itemsOf(at(cluster, 'nodes'));
  const isKnown = groups.length > 0 && groups.every((group) => entriesOf(at(group, 'capacity')).length > 0);
  const catalog = resourceCatalog({ cluster, resources: at(raw, 'resources') });
  return {
    groups,
    resources: isKnown ? new Map(catalog.map((one) => [one.name, one])) : null,
    attributes: groups.length > 0 ? attributesOf(groups) : null,
  };
}

function attributesOf(groups: readonly unknown[]): ClusterFacts['attributes'] {
  const values = new Map<string, Set<string>>();
  for (const group of groups) {
    const attributes = at(group, 'attributes') ?? {};
    if (!isMap(group) || !isMap(attributes)) return null;
    for (const [name, value] of entriesOf(attributes)) {
      if (!isAttributeValue(value)) return null;
      values.set(name, (values.get(name) ?? new Set()).add(String(value)));
    }
  }
  return values;
}

/** Says whether a raw value is one that a node's attribute may have. */
export function isAttributeValue(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Gives the resource called `name`; one of its own where no node has it or the nodes cannot be read. */
export function resourceNamed(name: string, facts: ClusterFacts): Resource {
  return facts.resources?.get(name) ?? resource(name);
}
