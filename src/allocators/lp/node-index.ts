import type { NodeId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';

/** Nodes with the same class, price and amounts free. */
export interface LikeNodes {
  readonly nodeClass: number;
  readonly price: number;
  readonly free: Float64Array;
  /** What one of them has in all. */
  readonly capacity: Float64Array;
  /** In order of number once {@link NodeIndex.list} has given them. */
  readonly nodes: NodeId[];
  isSorted: boolean;
}

/** The nodes by what they have free; a pass looks again only at those of which that has changed. */
export class NodeIndex {
  readonly #view: ClusterView;
  readonly #kinds = new Map<string, LikeNodes>();
  readonly #kindOf: (string | undefined)[] = [];
  readonly #changed = new Set<NodeId>();

  constructor(view: ClusterView) {
    this.#view = view;
    for (let node = 0; node < view.nodeCount; node++) this.#changed.add(node);
    view.watchFree({ onFreeChanged: (node) => this.#changed.add(node) });
  }

  /** Gives all kinds, the one with the lowest node first, each with its nodes in order. */
  list(): LikeNodes[] {
    for (const node of this.#changed) this.#move(node);
    this.#changed.clear();
    const kinds = [...this.#kinds.values()];
    for (const kind of kinds) {
      if (!kind.isSorted) kind.nodes.sort((a, b) => a - b);
      kind.isSorted = true;
    }
    return kinds.sort((a, b) => a.nodes[0]! - b.nodes[0]!);
  }

  #move(node: NodeId): void {
    const view = this.#view;
    const amounts: number[] = [];
    for (let r = 0; r < view.resources.length; r++) amounts.push(view.free(node, r));
    const key = `${view.nodeClass(node)} ${view.nodePrice(node)} ${amounts.join(' ')}`;
    const before = this.#kindOf[node];
    if (before === key) return;
    if (before !== undefined) this.#leave(node, before);
    this.#kindOf[node] = key;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const capacity = Float64Array.from(amounts, (_, r) => view.capacity(node, r));
      const nodeClass = view.nodeClass(node);
      const free = Float64Array.from(amounts);
      kind = { nodeClass, price: view.nodePrice(node), free, capacity, nodes: [], isSorted: true };
      this.#kinds.set(key, kind);
    }
    if (kind.nodes.length > 0 && node < kind.nodes.at(-1)!) kind.isSorted = false;
    kind.nodes.push(node);
  }

  #leave(node: NodeId, key: string): void {
    const kind = this.#kinds.get(key)!;
    if (kind.nodes.length === 1) {
      this.#kinds.delete(key);
      return;
    }
    const at = kind.nodes.indexOf(node);
    kind.nodes.splice(at, 1);
  }
}
