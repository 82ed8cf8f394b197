import { type Resource, resource } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import { nodeFileSchema } from './cluster-schema.ts';
import type { Path } from './marked.ts';
import { type Report, reportFaults } from './problem-list.ts';
import { at, entriesOf, isMap, itemsOf, type RawMap } from './raw.ts';
import { resourceCatalog } from './resource-catalog.ts';
import type { NodeFile } from './schema.ts';

/** Gives the groups of a list of nodes; throws a ScenarioError with what is wrong in its file. */
export type ListNodes = (item: NodeFile) => readonly unknown[];

/** What the rest of a scenario may refer to; gathered from unchecked input, so a part may be unknown. */
export interface ClusterFacts {
  /** Those that the scenario spells out and those of lists, in order. */
  readonly groups: readonly unknown[];
  /** By group: where it stands in the scenario; for one of a list, the list's file. */
  readonly paths: readonly Path[];
  /** False where a list of nodes cannot be read. */
  readonly isComplete: boolean;
  /** By name; null where some node's capacity cannot be read, so that nothing can be said to be missing. */
  readonly resources: ReadonlyMap<string, Resource> | null;
  /** The values of each attribute, as text; null where some node's attributes cannot be read. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Gathers what the nodes of an unchecked scenario have; reports what is wrong with lists of nodes. */
export function clusterFacts(raw: RawMap, listNodes: ListNodes | undefined, report: Report): ClusterFacts {
  const groups: unknown[] = [];
  const paths: Path[] = [];
  let isComplete = true;
  itemsOf(at(at(raw, 'cluster'), 'nodes')).forEach((item, i) => {
    const path: Path = ['cluster', 'nodes', i];
    const isList = at(item, 'file') !== undefined;
    const found = isList ? groupsOf(item, listNodes, [...path, 'file'], report) : [item];
    if (found === null) isComplete = false;
    for (const group of found ?? []) {
      groups.push(group);
      paths.push(isList ? [...path, 'file'] : path);
    }
  });
  const isKnown =
    isComplete && groups.length > 0 && groups.every((group) => entriesOf(at(group, 'capacity')).length > 0);
  const catalog = resourceCatalog({ cluster: { nodes: groups }, resources: at(raw, 'resources') });
  return {
    groups,
    paths,
    isComplete,
    resources: isKnown ? new Map(catalog.map((one) => [one.name, one])) : null,
    attributes: isComplete && groups.length > 0 ? attributesOf(groups) : null,
  };
}

/** Where a part of a group stands: in the scenario, or somewhere in the list that holds the group. */
export function pathOf({ paths }: ClusterFacts, group: number, ...part: (string | number)[]): Path {
  const path = paths[group]!;
  return path.at(-1) === 'file' ? path : [...path, ...part];
}

/** The groups of a list; null where they cannot be known. */
function groupsOf(
  item: unknown,
  listNodes: ListNodes | undefined,
  path: Path,
  report: Report,
): readonly unknown[] | null {
  const checked = nodeFileSchema.safeParse(item);
  if (!checked.success || listNodes === undefined) return null;
  try {
    return listNodes(checked.data);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    reportFaults(error, path, report);
    return null;
  }
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
