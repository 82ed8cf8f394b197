import type { ResourceCatalog } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import type { ListAccount } from './lists/list-account.ts';
import { type NodeList, readNodeList } from './lists/read-node-list.ts';
import { resourceCatalog } from './resource-catalog.ts';
import type { NodeFile, NodeGroup, Scenario } from './schema.ts';
import type { Services } from './services.ts';

/** What reading the lists of a scenario needs of the outside. */
export type ListServices = Pick<Services, 'readWhole' | 'traceProblem'>;

/** A scenario whose nodes are all spelled out. */
export type WholeScenario = Omit<Scenario, 'cluster'> & { readonly cluster: { readonly nodes: readonly NodeGroup[] } };

/**
 * Puts the nodes that stand in files of their own in their places, and gives what became of the records of each file.
 *
 * @throws ScenarioError with what is wrong in a file.
 */
export function withNodes(
  scenario: Scenario,
  services: ListServices,
): { readonly whole: WholeScenario; readonly accounts: ListAccount[] } {
  const accounts: ListAccount[] = [];
  const nodes = scenario.cluster.nodes.flatMap((entry) => {
    if (!('file' in entry)) return [entry];
    const { groups, account } = listNodes(entry, services);
    accounts.push(account);
    return groups;
  });
  return { whole: { ...scenario, cluster: { nodes } }, accounts };
}

/** Reads one list of nodes; throws a ScenarioError with what is wrong. */
export function listNodes(item: NodeFile, services: ListServices): NodeList {
  return readNodeList(readList(item.file, services), item);
}

/** Reads the bytes of a list; throws a ScenarioError where that cannot be done. */
export function readList(file: string, { readWhole, traceProblem }: ListServices): Uint8Array {
  if (file === '-') throw new ScenarioError('a list of nodes or events cannot come from standard input; give a file');
  const trouble = traceProblem(file);
  if (trouble !== null) throw new ScenarioError(trouble, { file });
  if (readWhole === undefined) throw new ScenarioError('lists of nodes and events cannot be read here', { file });
  return readWhole(file);
}

/** Gives the resources of a scenario whose nodes may stand in files; throws a ScenarioError with what is wrong in one. */
export function resourcesOf(scenario: Scenario, services: ListServices): ResourceCatalog {
  return resourceCatalog(withNodes(scenario, services).whole);
}
