import { NONE, type NodeId } from '../../base/ids.ts';

/** The nodes in order of their last change, so that who has looked before looks again at those alone that changed since. */
export class RecentNodes {
  /** Changes so far. */
  clock = 0;
  readonly #changed: Float64Array;
  readonly #newer: Int32Array;
  readonly #older: Int32Array;
  #newest: NodeId;

  constructor(nodes: number) {
    this.#changed = new Float64Array(nodes);
    this.#newer = Int32Array.from({ length: nodes }, (_, node) => node - 1);
    this.#older = Int32Array.from({ length: nodes }, (_, node) => (node + 1 < nodes ? node + 1 : NONE));
    this.#newest = nodes > 0 ? 0 : NONE;
  }

  touch(node: NodeId): void {
    this.#changed[node] = ++this.clock;
    if (node === this.#newest) return;
    const newer = this.#newer[node]!;
    const older = this.#older[node]!;
    this.#older[newer] = older;
    if (older !== NONE) this.#newer[older] = newer;
    this.#newer[this.#newest] = node;
    this.#older[node] = this.#newest;
    this.#newer[node] = NONE;
    this.#newest = node;
  }

  /** Calls back for each node that has changed since the clock stood there, the last first. */
  since(clock: number, look: (node: NodeId) => void): void {
    for (let node = this.#newest; node !== NONE && this.#changed[node]! > clock; node = this.#older[node]!) look(node);
  }
}
