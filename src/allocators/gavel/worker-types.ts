import type { ResourceCatalog } from '../../base/amounts.ts';
import type { NodeId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';

/** Nodes that are alike to every job, and cost the same. */
export interface WorkerType {
  readonly nodeClass: number;
  /** Per hour. */
  readonly price: number;
  /** In the order of their numbers. */
  readonly nodes: readonly NodeId[];
}

/** Sorts the nodes into types, in order of their first nodes. */
export function workerTypes(view: ClusterView): WorkerType[] {
  const types = new Map<string, { nodeClass: number; price: number; nodes: NodeId[] }>();
  for (let node: NodeId = 0; node < view.nodeCount; node++) {
    const nodeClass = view.nodeClass(node);
    const price = view.nodePrice(node);
    const key = `${nodeClass}/${price}`;
    const type = types.get(key) ?? { nodeClass, price, nodes: [] };
    types.set(key, type);
    type.nodes.push(node);
  }
  return [...types.values()];
}

/** The resource of which workers are counted: the first with devices, else cpus, else the first that there is. */
export function workerResource(view: ClusterView, resources: ResourceCatalog): number {
  const isThere = (r: number): boolean => r >= 0 && view.totalCapacity(r) > 0;
  const devices = resources.findIndex((resource, r) => resource.devices && isThere(r));
  if (devices >= 0) return devices;
  const cpus = resources.findIndex(({ name }) => name === 'cpus');
  return isThere(cpus)
    ? cpus
    : Math.max(
        0,
        resources.findIndex((_, r) => isThere(r)),
      );
}

/** The nodes of a type on which tasks may start now. */
export function upNodes(view: ClusterView, { nodes }: WorkerType): NodeId[] {
  return nodes.filter((node) => view.nodeState(node) === 'up');
}
