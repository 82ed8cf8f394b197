import { parseQuantity, type ResourceCatalog, toSteps } from '../base/amounts.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { NodeGroup } from '../cluster/node-table.ts';
import { resourceCatalog } from './resource-catalog.ts';
import type { NodeGroup as GroupEntry } from './schema.ts';
import type { WholeScenario } from './whole-cluster.ts';

/** Makes the cluster of a scenario, with the roles it lists, in the order in which it lists them. */
export function buildCluster(scenario: Pick<WholeScenario, 'cluster' | 'resources' | 'roles'>): Cluster {
  const resources = resourceCatalog(scenario);
  const cluster = new Cluster(
    resources,
    scenario.cluster.nodes.map((group) => buildGroup(group, resources)),
  );
  for (const [path, { weight }] of Object.entries(scenario.roles ?? {})) cluster.roles.add(path, weight);
  return cluster;
}

function buildGroup(group: GroupEntry, resources: ResourceCatalog): NodeGroup {
  return {
    name: group.name,
    count: group.count,
    price: group.price,
    capacity: resources.map((of) => {
      const given = group.capacity[of.name];
      if (given === undefined) return 0;
      if (typeof given === 'object') return given.devices * of.scale;
      return toSteps(parseQuantity(given, of)!, of, 'capacity').amount;
    }),
    attributes: Object.fromEntries(Object.entries(group.attributes ?? {}).map(([key, value]) => [key, String(value)])),
  };
}
