import { grown } from '../base/grow.ts';
import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { PlacementIndexGrid } from './placement-index-grid.ts';
import type { PlacementIndexSearch } from './placement-index-search.ts';
import type { ClusterView } from './view.ts';

/** Below this many nodes looking at each is as fast as any structure. */
const SCAN_BELOW = 64;

const EMPTY = new Int32Array(0);

/** What the classes of one index share: columns with a row for each node of the cluster. */
export interface NodeColumns {
  /** Place in the order; smaller comes first. */
  readonly key: Float64Array;
  /** The node's cell, and its position in that cell's heap. */
  readonly cell: Int32Array;
  readonly slot: Int32Array;
}

/** The nodes of equal capacities: a binary heap by (key, node) for each cell of the grid. */
export class PlacementIndexClass {
  /** Ascending. */
  readonly nodes: Int32Array;
  readonly #view: ClusterView;
  readonly #search: PlacementIndexSearch;
  readonly #grid: PlacementIndexGrid;
  readonly #columns: NodeColumns;
  readonly #scanned: boolean;
  readonly #heaps: Int32Array[];
  readonly #sizes: Int32Array;
  /** Key of the first node of each cell that holds any, side by side: a search looks at one number a cell. */
  readonly #firstKeys: Float64Array;
  /** A bit for each cell, set where it holds nodes. */
  readonly #filled: Int32Array;
  /** Positions in a heap yet to be searched; depth first needs no more than the heap is high. */
  readonly #stack = new Int32Array(64);

  /** Takes in the nodes, whose keys must stand in the columns. */
  constructor(
    view: ClusterView,
    search: PlacementIndexSearch,
    grid: PlacementIndexGrid,
    columns: NodeColumns,
    nodes: Int32Array,
  ) {
    this.#view = view;
    this.#search = search;
    this.#grid = grid;
    this.#columns = columns;
    this.nodes = nodes;
    this.#scanned = nodes.length < SCAN_BELOW;
    const cells = this.#scanned ? 0 : grid.cells;
    this.#heaps = Array.from({ length: cells }, () => EMPTY);
    this.#sizes = new Int32Array(cells);
    this.#firstKeys = new Float64Array(cells);
    this.#filled = new Int32Array(grid.words);
    if (this.#scanned) return;
    for (const node of nodes) this.#insert(node, grid.cell(node, search.changes.free));
  }

  /** Puts a node where its key and its free amounts now belong. */
  update(node: NodeId, key: number): void {
    const columns = this.#columns;
    if (this.#scanned) {
      columns.key[node] = key;
      return;
    }
    const from = columns.cell[node]!;
    const to = this.#grid.cell(node, this.#search.changes.free);
    if (to !== from) {
      this.#remove(node, from);
      columns.key[node] = key;
      this.#insert(node, to);
      return;
    }
    const before = columns.key[node]!;
    if (key === before) return;
    columns.key[node] = key;
    const heap = this.#heaps[from]!;
    if (key < before) this.#rise(heap, node, columns.slot[node]!);
    else this.#sink(heap, this.#sizes[from]!, node, columns.slot[node]!);
    this.#firstKeys[from] = columns.key[heap[0]!]!;
  }

  /** Says whether a search could succeed for the demand that the grid was prepared for; cheap, and no promise. */
  mightServe(): boolean {
    if (this.#scanned) return this.nodes.length > 0;
    const { sure, unsure, anyUnsure } = this.#grid;
    const filled = this.#filled;
    for (let w = 0; w < filled.length; w++) {
      if ((filled[w]! & sure[w]!) !== 0 || (anyUnsure && (filled[w]! & unsure[w]!) !== 0)) return true;
    }
    return false;
  }

  /** Gives the first node by (key, node) where the task fits, or -1. */
  first(task: TaskId): NodeId {
    if (this.#scanned) return this.#scan(task);
    const { sure, unsure, anyUnsure } = this.#grid;
    const best = this.#searchCells(sure, task, NONE);
    return anyUnsure ? this.#searchCells(unsure, task, best) : best;
  }

  /** Looks at the given cells for a node that comes before `best`; gives `best` when there is none. */
  #searchCells(cells: Int32Array, task: TaskId, best: NodeId): NodeId {
    const filled = this.#filled;
    const firstKeys = this.#firstKeys;
    let found = best;
    let foundKey = best === NONE ? Number.POSITIVE_INFINITY : this.#columns.key[best]!;
    for (let w = 0; w < filled.length; w++) {
      for (let word = filled[w]! & cells[w]!; word !== 0; word &= word - 1) {
        const cell = (w << 5) + 31 - Math.clz32(word & -word);
        const key = firstKeys[cell]!;
        if (key > foundKey) continue;
        const node = this.#descend(cell, task, found, foundKey);
        if (node === found) continue;
        found = node;
        foundKey = this.#columns.key[node]!;
      }
    }
    return found;
  }

  /** Looks through one heap for a node that fits and comes before `best`; gives `best` when there is none. */
  #descend(cell: number, task: TaskId, best: NodeId, bestKey: number): NodeId {
    const heap = this.#heaps[cell]!;
    const { key } = this.#columns;
    const root = heap[0]!;
    if (key[root]! === bestKey && root > best) return best;
    if (this.#view.fits(task, root)) return root;
    this.#search.wasted++;
    const size = this.#sizes[cell]!;
    const stack = this.#stack;
    let found = best;
    let foundKey = bestKey;
    let depth = 2;
    stack[0] = 2;
    stack[1] = 1;
    while (depth > 0) {
      const at = stack[--depth]!;
      if (at >= size) continue;
      const node = heap[at]!;
      const nodeKey = key[node]!;
      if (nodeKey > foundKey || (nodeKey === foundKey && node > found)) continue;
      if (this.#view.fits(task, node)) {
        found = node;
        foundKey = nodeKey;
        continue;
      }
      this.#search.wasted++;
      stack[depth++] = 2 * at + 2;
      stack[depth++] = 2 * at + 1;
    }
    return found;
  }

  #scan(task: TaskId): NodeId {
    const { key } = this.#columns;
    let best = NONE;
    let bestKey = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.nodes.length; i++) {
      const node = this.nodes[i]!;
      const nodeKey = key[node]!;
      if (nodeKey >= bestKey || !this.#view.fits(task, node)) continue;
      best = node;
      bestKey = nodeKey;
    }
    return best;
  }

  #insert(node: NodeId, cell: number): void {
    const size = this.#sizes[cell]!;
    let heap = this.#heaps[cell]!;
    if (heap.length === size) {
      heap = grown(heap, size + 1);
      this.#heaps[cell] = heap;
    }
    if (size === 0) this.#filled[cell >>> 5] = this.#filled[cell >>> 5]! | (1 << (cell & 31));
    this.#sizes[cell] = size + 1;
    this.#columns.cell[node] = cell;
    this.#rise(heap, node, size);
    this.#firstKeys[cell] = this.#columns.key[heap[0]!]!;
  }

  #remove(node: NodeId, cell: number): void {
    const heap = this.#heaps[cell]!;
    const size = this.#sizes[cell]! - 1;
    this.#sizes[cell] = size;
    if (size === 0) {
      this.#filled[cell >>> 5] = this.#filled[cell >>> 5]! & ~(1 << (cell & 31));
      return;
    }
    const moved = heap[size]!;
    if (moved === node) return;
    this.#rise(heap, moved, this.#columns.slot[node]!);
    this.#sink(heap, size, moved, this.#columns.slot[moved]!);
    this.#firstKeys[cell] = this.#columns.key[heap[0]!]!;
  }

  #rise(heap: Int32Array, node: NodeId, from: number): void {
    const { key, slot } = this.#columns;
    const nodeKey = key[node]!;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt]!;
      const parentKey = key[parent]!;
      if (parentKey < nodeKey || (parentKey === nodeKey && parent < node)) break;
      heap[at] = parent;
      slot[parent] = at;
      at = parentAt;
    }
    heap[at] = node;
    slot[node] = at;
  }

  #sink(heap: Int32Array, size: number, node: NodeId, from: number): void {
    const { key, slot } = this.#columns;
    const nodeKey = key[node]!;
    let at = from;
    for (let childAt = 2 * at + 1; childAt < size; childAt = 2 * at + 1) {
      let child = heap[childAt]!;
      let childKey = key[child]!;
      if (childAt + 1 < size) {
        const right = heap[childAt + 1]!;
        const rightKey = key[right]!;
        if (rightKey < childKey || (rightKey === childKey && right < child)) {
          childAt++;
          child = right;
          childKey = rightKey;
        }
      }
      if (nodeKey < childKey || (nodeKey === childKey && node < child)) break;
      heap[at] = child;
      slot[child] = at;
      at = childAt;
    }
    heap[at] = node;
    slot[node] = at;
  }
}
