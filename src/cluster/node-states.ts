import type { NodeId } from '../base/ids.ts';
import type { NodeTable } from './node-table.ts';

/**
 * What a node may be used for: `up`, anything; `draining`, what runs there goes on, nothing new starts; `unreachable`, the
 * same, and nobody hears of it; `down`, nothing, and it does not count in the capacity of the cluster.
 */
export type NodeState = 'up' | 'draining' | 'down' | 'unreachable';

/** The numbers that states have in the facts of a run are their places here. */
export const NODE_STATES: readonly NodeState[] = ['up', 'draining', 'down', 'unreachable'];

/**
 * The states of the nodes.
 *
 * A node that is not up shows as having nothing free; what it really has is kept here until it is up again.
 */
export class NodeStates {
  /** Nodes that are not up. */
  closed = 0;
  readonly #nodes: NodeTable;
  readonly #stride: number;
  /** By node: its state as an index. Made with the first change, as most clusters never see one. */
  #state = new Uint8Array(0);
  /** Whole steps that closed nodes have free, stride one column a resource. */
  #withdrawn = new Float64Array(0);

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
    this.#stride = nodes.totalCapacity.length;
  }

  of(node: NodeId): NodeState {
    return NODE_STATES[this.#state[node] ?? 0]!;
  }

  isClosed(node: NodeId): boolean {
    return this.closed > 0 && this.#state[node] !== 0;
  }

  /** Gives false where the node is in that state already. */
  set(node: NodeId, state: NodeState): boolean {
    const before = this.of(node);
    if (before === state) return false;
    if (this.#state.length === 0) {
      this.#state = new Uint8Array(this.#nodes.count);
      this.#withdrawn = new Float64Array(this.#nodes.free.length);
    }
    if (before === 'up') this.#close(node);
    if (before === 'down') this.#count(node, 1);
    if (state === 'down') this.#count(node, -1);
    if (state === 'up') this.#open(node);
    this.#state[node] = NODE_STATES.indexOf(state);
    return true;
  }

  /** Gives amounts of a closed node back (1), or takes them (-1); `at` is where the amounts begin. */
  move(node: NodeId, amounts: Float64Array, at: number, sign: 1 | -1): void {
    const withdrawn = this.#withdrawn;
    const from = node * this.#stride;
    for (let r = 0; r < this.#stride; r++) withdrawn[from + r] = withdrawn[from + r]! + sign * amounts[at + r]!;
  }

  #close(node: NodeId): void {
    const { free, totalFree } = this.#nodes;
    const from = node * this.#stride;
    for (let r = 0; r < this.#stride; r++) {
      const amount = free[from + r]!;
      this.#withdrawn[from + r] = amount;
      free[from + r] = 0;
      totalFree[r] = totalFree[r]! - amount;
    }
    this.closed++;
  }

  #open(node: NodeId): void {
    const { free, totalFree } = this.#nodes;
    const from = node * this.#stride;
    for (let r = 0; r < this.#stride; r++) {
      const amount = this.#withdrawn[from + r]!;
      free[from + r] = amount;
      totalFree[r] = totalFree[r]! + amount;
    }
    this.closed--;
  }

  /** Counts the node in the capacity of the cluster, or no longer. */
  #count(node: NodeId, sign: 1 | -1): void {
    const { capacity, totalCapacity } = this.#nodes;
    for (let r = 0; r < this.#stride; r++) {
      totalCapacity[r] = totalCapacity[r]! + sign * capacity[node * this.#stride + r]!;
    }
  }
}
