import type { NodeState } from '../node-state.ts';

/** The nodes that have something available, in no order. */
export class NodeList {
  readonly #nodes: NodeState[] = [];

  get nodes(): readonly NodeState[] {
    return this.#nodes;
  }

  /** Must be called when what is available on the node is something else. */
  refresh(node: NodeState): void {
    if (node.available.isEmpty) this.remove(node);
    else if (node.place < 0) node.place = this.#nodes.push(node) - 1;
  }

  remove(node: NodeState): void {
    if (node.place < 0) return;
    const last = this.#nodes.pop()!;
    if (last !== node) {
      this.#nodes[node.place] = last;
      last.place = node.place;
    }
    node.place = -1;
  }
}
