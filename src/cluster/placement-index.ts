import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import { PlacementIndexChanges } from './placement-index-changes.ts';
import { type NodeColumns, PlacementIndexClass } from './placement-index-class.ts';
import { PlacementIndexFailures } from './placement-index-failures.ts';
import { PlacementIndexGrid } from './placement-index-grid.ts';
import { PlacementIndexThresholds } from './placement-index-thresholds.ts';
import type { ClusterView } from './view.ts';

/** Cells of a grid at most; more cells leave fewer nodes that are looked at in vain but cost a look each. */
const MOST_CELLS = 1024;
/** Thresholds of one resource at most. */
const MOST_THRESHOLDS = 31;
/** Vain looks, as a multiple of the number of nodes, after which building anew pays at the latest. */
const MOST_PATIENCE = 64;

/** An order of nodes that does not depend on the task, but for a shift of whole classes. */
export interface NodeOrder {
  /** A function of what the node has free and of its class; smaller comes first, then the lower node number. */
  key(node: NodeId): number;
  /** What is taken from the keys of a class before its first node is compared with those of other classes. */
  shift(task: TaskId, anyOfClass: NodeId): number;
  /** True if nodes with little free tend to come first; makes searches shorter and changes no answer. */
  readonly fullestFirst: boolean;
}

/**
 * Finds the first node in an order among those where a task fits, without looking at each of them.
 *
 * For each class of nodes it keeps a grid over what is free, cut at sizes that tasks demand, with a heap of nodes in
 * each cell. Cells that reach the demand offer their first node; cells that might are searched from the top and cut
 * off at the best so far. `view.fits` decides in the end, so the answer is that of looking at every node.
 */
export class PlacementIndex {
  readonly #view: ClusterView;
  readonly #order: NodeOrder;
  readonly #changes: PlacementIndexChanges;
  readonly #failures: PlacementIndexFailures;
  readonly #thresholds: PlacementIndexThresholds;
  readonly #columns: NodeColumns;
  readonly #need: Float64Array;
  readonly #classOf: Int32Array;
  #grid: PlacementIndexGrid;
  #classes: PlacementIndexClass[] = [];
  #patience = 1;

  constructor(view: ClusterView, order: NodeOrder) {
    this.#view = view;
    this.#order = order;
    const { nodeCount } = view;
    const resources = view.resources.length;
    this.#changes = new PlacementIndexChanges(view);
    this.#failures = new PlacementIndexFailures(resources);
    this.#thresholds = new PlacementIndexThresholds(resources, {
      each: MOST_THRESHOLDS,
      combinations: MOST_CELLS,
    });
    this.#columns = {
      key: new Float64Array(nodeCount),
      cell: new Int32Array(nodeCount),
      slot: new Int32Array(nodeCount),
      wasted: 0,
    };
    this.#need = new Float64Array(resources);
    this.#classOf = Int32Array.from({ length: nodeCount }, (_, node) => view.nodeClass(node));
    for (let node = 0; node < nodeCount; node++) this.#columns.key[node] = order.key(node);
    this.#grid = new PlacementIndexGrid(this.#thresholds, nodeCount, order.fullestFirst);
    this.#build();
    view.watchFree(this.#changes);
  }

  /** Gives the first node where the task fits, or -1. */
  first(task: TaskId): NodeId {
    const view = this.#view;
    const need = this.#need;
    for (let r = 0; r < need.length; r++) need[r] = view.demand(task, r);
    const constraint = view.constraint(task);
    this.#repair();
    if (this.#failures.covers(need, constraint, view.releases + this.#changes.returns)) return NONE;
    this.#thresholds.record(need);
    this.#grid.prepare(need);
    let best = NONE;
    let bestShifted = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.#classes.length; c++) {
      const nodes = this.#classes[c]!;
      if (!nodes.mightServe(need) || (constraint !== 0 && !view.classSatisfies(c, constraint))) continue;
      const shift = this.#classes.length === 1 ? 0 : this.#order.shift(task, nodes.nodes[0]!);
      const node = nodes.search(task, shift, bestShifted);
      if (node === NONE) continue;
      const shifted = nodes.foundKey - shift;
      if (shifted === bestShifted && node > best) continue;
      best = node;
      bestShifted = shifted;
    }
    if (best === NONE) this.#failures.add(need, constraint);
    if (this.#columns.wasted > this.#patience * view.nodeCount) this.#adapt();
    return best;
  }

  #repair(): void {
    const changes = this.#changes;
    const changed = changes.take();
    for (let i = 0; i < changed; i++) {
      const node = changes.nodes[i]!;
      this.#classes[this.#classOf[node]!]!.update(node, this.#order.key(node), changes.free);
    }
  }

  /** Cuts the grid anew when as many looks were in vain as building costs; waits longer each time. */
  #adapt(): void {
    this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
    this.#columns.wasted = 0;
    if (!this.#thresholds.revise()) return;
    this.#grid = new PlacementIndexGrid(this.#thresholds, this.#view.nodeCount, this.#order.fullestFirst);
    this.#build();
  }

  #build(): void {
    const view = this.#view;
    const members: NodeId[][] = Array.from({ length: view.nodeClassCount }, () => []);
    for (let node = 0; node < view.nodeCount; node++) members[this.#classOf[node]!]!.push(node);
    this.#classes = members.map(
      (nodes) => new PlacementIndexClass(view, Int32Array.from(nodes), this.#columns, this.#grid, this.#changes.free),
    );
  }
}
