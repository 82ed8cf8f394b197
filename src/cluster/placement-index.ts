import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import { PlacementIndexClass } from './placement-index-class.ts';
import { PlacementIndexGrid } from './placement-index-grid.ts';
import type { NodeRows } from './placement-index-heap.ts';
import { PlacementIndexSearch } from './placement-index-search.ts';
import type { ClusterView } from './view.ts';

/** How finely free amounts are cut: more cells leave fewer nodes that are looked at in vain but cost a look each. */
const LIMITS = { each: 31, combinations: 1024 };

/** An order of nodes: among like ones by what they have free, among unlike ones by what they would have left. */
export interface NodeOrder {
  /**
   * A function of what the node has free and of its capacities; smaller comes first, then the lower node number.
   *
   * `alike` has the same capacities as the node and is the same for all nodes like it: its amounts are at hand.
   */
  key(node: NodeId, alike: NodeId): number;
  /** What decides between the first nodes of classes of unlike capacities; smaller comes first, then the lower number. */
  after(task: TaskId, node: NodeId): number;
  /** True if nodes with little free tend to come first; makes searches shorter and changes no answer. */
  readonly fullestFirst: boolean;
}

/**
 * Finds the first node in an order among those where a task fits, without looking at each of them.
 *
 * For each class (the nodes of equal capacities) it keeps a grid over what is free, cut at sizes that tasks demand,
 * with a heap of nodes in each cell. Cells that reach the demand offer their first node; cells that might are searched
 * from the top and cut off at the best so far. `view.fits` decides in the end, so the answer is that of looking at every node. Which nodes
 * there are, and of which class, is read once.
 */
export class PlacementIndex {
  readonly #view: ClusterView;
  readonly #order: NodeOrder;
  readonly #search: PlacementIndexSearch;
  readonly #rows: NodeRows;
  readonly #classOf: Int32Array;
  readonly #members: readonly Int32Array[];
  #grid: PlacementIndexGrid;
  #classes: readonly PlacementIndexClass[] = [];

  constructor(view: ClusterView, order: NodeOrder) {
    this.#view = view;
    this.#order = order;
    const { nodeCount } = view;
    this.#search = new PlacementIndexSearch(view, LIMITS, 2);
    const { rows, width } = this.#search.changes;
    const [key, cell] = [width - 2, width - 1];
    this.#rows = { rows, width, key, cell, met: new Uint8Array(nodeCount) };
    for (let node = 0; node < nodeCount; node++) rows[node * width + key] = order.key(node, node);
    this.#classOf = new Int32Array(nodeCount);
    this.#members = classesByCapacity(view);
    for (const [c, nodes] of this.#members.entries()) for (const node of nodes) this.#classOf[node] = c;
    this.#grid = this.#build();
    view.watchFree(this.#search.changes);
  }

  /** Gives the first node where the task fits, or -1. */
  first(task: TaskId): NodeId {
    const search = this.#search;
    search.begin(task);
    this.#repair();
    if (search.isFutile()) return NONE;
    this.#grid.prepare(search.need);
    const several = this.#classes.length > 1;
    let best = NONE;
    let bestAfter = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.#classes.length; c++) {
      const nodes = this.#classes[c]!;
      if (!nodes.mightServe()) continue;
      const node = nodes.first(task);
      if (node === NONE) continue;
      const after = several ? this.#order.after(task, node) : 0;
      if (best !== NONE && (after > bestAfter || (after === bestAfter && node > best))) continue;
      best = node;
      bestAfter = after;
    }
    if (search.end(best === NONE)) this.#grid = this.#build();
    return best;
  }

  #repair(): void {
    const { changes, changed } = this.#search;
    for (let i = 0; i < changed; i++) {
      const node = changes.nodes[i]!;
      const nodes = this.#classes[this.#classOf[node]!]!;
      nodes.update(node, this.#order.key(node, nodes.nodes[0]!));
    }
  }

  #build(): PlacementIndexGrid {
    const view = this.#view;
    const search = this.#search;
    const grid = new PlacementIndexGrid(search.thresholds, this.#order.fullestFirst);
    this.#classes = this.#members.map((nodes) => new PlacementIndexClass(view, search, grid, this.#rows, nodes));
    return grid;
  }
}

/** Gives the nodes of each combination of capacities, ascending. */
function classesByCapacity(view: ClusterView): Int32Array[] {
  const classes = new Map<string, NodeId[]>();
  for (let node = 0; node < view.nodeCount; node++) {
    const key = view.resources.map((_, r) => view.capacity(node, r)).join();
    const nodes = classes.get(key);
    if (nodes === undefined) classes.set(key, [node]);
    else nodes.push(node);
  }
  return [...classes.values()].map((nodes) => Int32Array.from(nodes));
}
