import type { NodeId } from '../base/ids.ts';
import type { ClusterView, FreeListener } from './view.ts';

/**
 * Collects the nodes whose free amounts change, so that an index repairs itself once a search and not at every start
 * and end. Keeps a copy of the free amounts as of the last search.
 */
export class PlacementIndexChanges implements FreeListener {
  /** What each node had free at the last {@link take}, one column a resource; behind it columns for the index. */
  readonly rows: Float64Array;
  /** Stride of the rows. */
  readonly width: number;
  /** The nodes that the last {@link take} found changed: the first ones of this list. */
  readonly nodes: Int32Array;
  /** Grows whenever a node had more of something than at the time before, were it but for a trial taken back. */
  returns = 0;
  readonly #view: ClusterView;
  readonly #marked: Uint8Array;
  #count = 0;

  constructor(view: ClusterView, spare = 0) {
    this.#view = view;
    const { nodeCount, resources } = view;
    this.width = resources.length + spare;
    this.rows = new Float64Array(nodeCount * this.width);
    this.nodes = new Int32Array(nodeCount);
    this.#marked = new Uint8Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) this.#copy(node);
    this.returns = 0;
  }

  onFreeChanged(node: NodeId): void {
    if (this.#marked[node] !== 0) return;
    this.#marked[node] = 1;
    this.nodes[this.#count++] = node;
  }

  /** Brings the copy up to date; gives how many nodes differ from the time before. */
  take(): number {
    const { nodes } = this;
    let changed = 0;
    for (let i = 0; i < this.#count; i++) {
      const node = nodes[i]!;
      this.#marked[node] = 0;
      if (this.#copy(node)) nodes[changed++] = node;
    }
    this.#count = 0;
    return changed;
  }

  #copy(node: NodeId): boolean {
    const { rows } = this;
    const resources = this.#view.resources.length;
    const at = node * this.width;
    let changed = false;
    let more = false;
    for (let r = 0; r < resources; r++) {
      const before = rows[at + r]!;
      const now = this.#view.free(node, r);
      if (now === before) continue;
      changed = true;
      if (now > before) more = true;
      rows[at + r] = now;
    }
    if (more) this.returns++;
    return changed;
  }
}
