import type { NodeId } from '../../base/ids.ts';
import type { ClusterView, FreeListener } from '../../cluster/view.ts';

/** Knows which nodes have more or less free than when it was last asked; at first, than their capacity. */
export class FreeChanges implements FreeListener {
  readonly #view: ClusterView;
  readonly #stride: number;
  /** What was told last, whole steps, stride one column a resource. */
  readonly #told: Float64Array;
  readonly #touched = new Set<NodeId>();

  constructor(view: ClusterView) {
    this.#view = view;
    this.#stride = view.resources.length;
    this.#told = new Float64Array(view.nodeCount * this.#stride);
    for (let node = 0; node < view.nodeCount; node++) {
      for (let r = 0; r < this.#stride; r++) this.#told[node * this.#stride + r] = view.capacity(node, r);
      this.#touched.add(node);
    }
    view.watchFree(this);
  }

  onFreeChanged(node: NodeId): void {
    this.#touched.add(node);
  }

  /** Gives the nodes that have changed since the last time, in order. */
  take(): NodeId[] {
    const changed = [...this.#touched].filter((node) => this.#note(node)).sort((a, b) => a - b);
    this.#touched.clear();
    return changed;
  }

  #note(node: NodeId): boolean {
    let changed = false;
    for (let r = 0; r < this.#stride; r++) {
      const free = this.#view.free(node, r);
      const at = node * this.#stride + r;
      if (this.#told[at] !== free) changed = true;
      this.#told[at] = free;
    }
    return changed;
  }
}
