import type { NodeId } from '../../base/ids.ts';
import type { ClusterView, FreeListener } from '../../cluster/view.ts';

/**
 * Knows on which nodes anything has come or gone since it was last asked; at first, which are not free.
 *
 * A node counts even where it has as much free as before, so that who only takes down what is told is always right.
 */
export class TouchedNodes implements FreeListener {
  readonly #touched = new Set<NodeId>();

  constructor(view: ClusterView) {
    for (let node = 0; node < view.nodeCount; node++) {
      if (view.resources.some((_, r) => view.free(node, r) !== view.capacity(node, r))) this.#touched.add(node);
    }
    view.watchFree(this);
  }

  onFreeChanged(node: NodeId): void {
    this.#touched.add(node);
  }

  /** Gives these nodes in order, and forgets them. */
  take(): NodeId[] {
    const nodes = [...this.#touched].sort((a, b) => a - b);
    this.#touched.clear();
    return nodes;
  }
}
