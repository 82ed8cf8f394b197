import { grown } from '../base/grow.ts';
import type { NodeId } from '../base/ids.ts';

/** What the heaps of one index share: a row for each node of the cluster. */
export interface NodeRows {
  /** Stride `width`: what the node has free, its place in the order (smaller comes first), and its cell. */
  readonly rows: Float64Array;
  readonly width: number;
  /** The columns of the place and of the cell. */
  readonly key: number;
  readonly cell: number;
  /** By node; zero, but while a heap is being cleared. */
  readonly met: Uint8Array;
}

/** Rows of key and node. */
const WIDTH = 2;

/** Half-rows of nodes that have left, beyond one a node, before they are cleared away: searches walk over them. */
const MOST_STALE = 8;

/**
 * The nodes of one cell as a binary heap by (key, node), that nodes leave without being looked for.
 *
 * A row is stale once its node is in another cell or has another key. Stale rows are dropped when they come to the top
 * ({@link settle}), or all at once when they are more than a third; so a node that enters costs a comparison or two, and
 * one that leaves nothing.
 */
export class PlacementIndexHeap {
  /** Nodes in the cell. */
  size = 0;
  /** Stride two: key and node, stale rows among them. */
  rows = new Float64Array(0);
  /** How many rows there are. */
  length = 0;
  readonly #cell: number;
  readonly #nodes: NodeRows;

  constructor(cell: number, nodes: NodeRows) {
    this.#cell = cell;
    this.#nodes = nodes;
  }

  /** Takes a node in, whose cell and key stand in its row. */
  enter(node: NodeId): void {
    this.size++;
    if (2 * this.length > 3 * this.size + MOST_STALE) this.#clear();
    const last = this.length++;
    if (this.rows.length < this.length * WIDTH) this.rows = grown(this.rows, this.length * WIDTH);
    this.#rise(last, node);
  }

  /** Lets a node go, whose cell or key is about to be another. */
  leave(): void {
    this.size--;
    if (this.size === 0) this.length = 0;
  }

  /** Says whether a row stands for a node that is still here. */
  isFresh(row: number): boolean {
    const { rows, width, key, cell } = this.#nodes;
    const at = this.rows[row * WIDTH + 1]! * width;
    return rows[at + cell] === this.#cell && rows[at + key] === this.rows[row * WIDTH];
  }

  /** Drops stale rows from the top; there must be a node. Gives whether there were any. */
  settle(): boolean {
    if (this.isFresh(0)) return false;
    do this.#dropFirst();
    while (!this.isFresh(0));
    return true;
  }

  #rise(from: number, node: NodeId): void {
    const { rows } = this;
    const key = this.#nodes.rows[node * this.#nodes.width + this.#nodes.key]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentKey = rows[parent * WIDTH]!;
      if (parentKey < key || (parentKey === key && rows[parent * WIDTH + 1]! < node)) break;
      rows[at * WIDTH] = parentKey;
      rows[at * WIDTH + 1] = rows[parent * WIDTH + 1]!;
      at = parent;
    }
    rows[at * WIDTH] = key;
    rows[at * WIDTH + 1] = node;
  }

  /** Puts the last row into the place of the first, and down to where it belongs. */
  #dropFirst(): void {
    const { rows } = this;
    const length = --this.length;
    const key = rows[length * WIDTH]!;
    const node = rows[length * WIDTH + 1]!;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      let childKey = rows[child * WIDTH]!;
      if (child + 1 < length) {
        const rightKey = rows[child * WIDTH + 2]!;
        if (rightKey < childKey || (rightKey === childKey && rows[child * WIDTH + 3]! < rows[child * WIDTH + 1]!)) {
          child++;
          childKey = rightKey;
        }
      }
      if (key < childKey || (key === childKey && node < rows[child * WIDTH + 1]!)) break;
      rows[at * WIDTH] = childKey;
      rows[at * WIDTH + 1] = rows[child * WIDTH + 1]!;
      at = child;
    }
    rows[at * WIDTH] = key;
    rows[at * WIDTH + 1] = node;
  }

  /** Builds the heap anew without stale rows, and without second rows of nodes that left and came back as they were. */
  #clear(): void {
    const { rows } = this;
    const { met } = this.#nodes;
    const before = this.length;
    this.length = 0;
    for (let row = 0; row < before; row++) {
      const node = rows[row * WIDTH + 1]!;
      if (met[node] === 1 || !this.isFresh(row)) continue;
      met[node] = 1;
      this.#rise(this.length++, node);
    }
    for (let row = 0; row < this.length; row++) met[rows[row * WIDTH + 1]!] = 0;
  }
}
