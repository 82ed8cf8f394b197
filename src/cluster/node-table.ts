import { type Amount, checkTotal, type ResourceCatalog } from '../base/amounts.ts';
import type { NodeId } from '../base/ids.ts';

/** A number of like nodes. */
export interface NodeGroup {
  readonly name: string;
  readonly count: number;
  /** Whole steps, one a resource; for a device resource the number of devices times its scale. */
  readonly capacity: readonly Amount[];
  readonly attributes: Readonly<Record<string, string>>;
  /** What one of them costs per hour; 0 where left out. */
  readonly price?: number;
}

/**
 * The nodes, as columns. A group of one keeps its name; the nodes of a larger one are `name-0`, `name-1`, …
 *
 * Invariant: 0 <= free <= capacity for each node and resource.
 */
export class NodeTable {
  readonly count: number;
  readonly groups: readonly NodeGroup[];
  readonly capacity: Float64Array;
  readonly free: Float64Array;
  readonly group: Int32Array;
  readonly totalCapacity: Float64Array;
  readonly totalFree: Float64Array;
  readonly #firstOfGroup: number[] = [];

  constructor(resources: ResourceCatalog, groups: readonly NodeGroup[]) {
    const stride = resources.length;
    this.groups = groups;
    this.count = groups.reduce((sum, group) => sum + group.count, 0);
    this.capacity = new Float64Array(this.count * stride);
    this.group = new Int32Array(this.count);
    this.totalCapacity = new Float64Array(stride);
    let node = 0;
    for (const [g, group] of groups.entries()) {
      this.#firstOfGroup.push(node);
      for (let r = 0; r < stride; r++)
        this.totalCapacity[r] = this.totalCapacity[r]! + group.capacity[r]! * group.count;
      for (let i = 0; i < group.count; i++, node++) {
        this.capacity.set(group.capacity, node * stride);
        this.group[node] = g;
      }
    }
    for (const [r, resource] of resources.entries()) checkTotal(this.totalCapacity[r]!, resource);
    this.free = this.capacity.slice();
    this.totalFree = this.totalCapacity.slice();
  }

  name(node: NodeId): string {
    const g = this.group[node]!;
    const group = this.groups[g]!;
    return group.count === 1 ? group.name : `${group.name}-${node - this.#firstOfGroup[g]!}`;
  }
}
