import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { PlacementIndexGrid } from './placement-index-grid.ts';
import { type NodeRows, PlacementIndexHeap } from './placement-index-heap.ts';
import type { PlacementIndexSearch } from './placement-index-search.ts';
import type { ClusterView } from './view.ts';

/** Below this many nodes looking at each is as fast as any structure. */
const SCAN_BELOW = 64;

/** The nodes of equal capacities: a binary heap by (key, node) for each cell of the grid. */
export class PlacementIndexClass {
  /** Ascending. */
  readonly nodes: Int32Array;
  readonly #view: ClusterView;
  readonly #search: PlacementIndexSearch;
  readonly #grid: PlacementIndexGrid;
  readonly #rows: NodeRows;
  readonly #scanned: boolean;
  readonly #heaps: PlacementIndexHeap[];
  /** By cell that holds nodes: no node there comes before this key. A search looks at one number a cell. */
  readonly #firstKeys: Float64Array;
  /** A bit for each cell, set where it holds nodes. */
  readonly #filled: Int32Array;
  /** Positions in a heap yet to be searched; depth first needs no more than the heap is high. */
  readonly #stack = new Int32Array(64);

  /** Takes in the nodes, whose keys must stand in their rows. */
  constructor(
    view: ClusterView,
    search: PlacementIndexSearch,
    grid: PlacementIndexGrid,
    rows: NodeRows,
    nodes: Int32Array,
  ) {
    this.#view = view;
    this.#search = search;
    this.#grid = grid;
    this.#rows = rows;
    this.nodes = nodes;
    this.#scanned = nodes.length < SCAN_BELOW;
    const cells = this.#scanned ? 0 : grid.cells;
    this.#heaps = Array.from({ length: cells }, (_, cell) => new PlacementIndexHeap(cell, rows));
    this.#firstKeys = new Float64Array(cells);
    this.#filled = new Int32Array(grid.words);
    if (this.#scanned) return;
    for (const node of nodes) this.#enter(node, grid.cell(rows.rows, node * rows.width));
  }

  /** Puts a node where its key and its free amounts now belong. */
  update(node: NodeId, key: number): void {
    const { rows, width, key: keyColumn, cell } = this.#rows;
    const at = node * width;
    if (this.#scanned) {
      rows[at + keyColumn] = key;
      return;
    }
    const from = rows[at + cell]!;
    const to = this.#grid.cell(rows, at);
    if (to === from && key === rows[at + keyColumn]) return;
    const heap = this.#heaps[from]!;
    heap.leave();
    if (heap.size === 0) this.#filled[from >>> 5] = this.#filled[from >>> 5]! & ~(1 << (from & 31));
    rows[at + keyColumn] = key;
    this.#enter(node, to);
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
    if (!anyUnsure) {
      const node = this.#firstOf(sure);
      if (node === NONE || this.#view.fits(task, node)) return node;
    }
    const best = this.#searchCells(sure, task, NONE);
    return anyUnsure ? this.#searchCells(unsure, task, best) : best;
  }

  /** The first node by (key, node) in the given cells, or -1. */
  #firstOf(cells: Int32Array): NodeId {
    for (;;) {
      const cell = this.#leastCell(cells);
      if (cell === NONE) return NONE;
      const heap = this.#heaps[cell]!;
      if (!heap.settle()) return heap.rows[1]!;
      this.#firstKeys[cell] = heap.rows[0]!;
    }
  }

  /** The cell whose first row, stale or not, comes first; nothing is called on the way, so that the loop is short. */
  #leastCell(cells: Int32Array): number {
    const filled = this.#filled;
    const firstKeys = this.#firstKeys;
    let least = NONE;
    let leastKey = Number.POSITIVE_INFINITY;
    for (let w = 0; w < filled.length; w++) {
      for (let word = filled[w]! & cells[w]!; word !== 0; word &= word - 1) {
        const cell = (w << 5) + 31 - Math.clz32(word & -word);
        const key = firstKeys[cell]!;
        if (key > leastKey || (key === leastKey && this.#heaps[cell]!.rows[1]! > this.#heaps[least]!.rows[1]!))
          continue;
        least = cell;
        leastKey = key;
      }
    }
    return least;
  }

  /** Looks at the given cells for a node that comes before `best`; gives `best` when there is none. */
  #searchCells(cells: Int32Array, task: TaskId, best: NodeId): NodeId {
    const filled = this.#filled;
    const firstKeys = this.#firstKeys;
    let found = best;
    let foundKey = best === NONE ? Number.POSITIVE_INFINITY : this.#keyOf(best);
    for (let w = 0; w < filled.length; w++) {
      for (let word = filled[w]! & cells[w]!; word !== 0; word &= word - 1) {
        const cell = (w << 5) + 31 - Math.clz32(word & -word);
        const key = firstKeys[cell]!;
        if (key > foundKey) continue;
        const node = this.#look(cell, task, found, foundKey);
        if (node === found) continue;
        found = node;
        foundKey = this.#keyOf(node);
      }
    }
    return found;
  }

  /** Looks through one cell for a node that fits and comes before `best`; gives `best` when there is none. */
  #look(cell: number, task: TaskId, best: NodeId, bestKey: number): NodeId {
    const heap = this.#heaps[cell]!;
    heap.settle();
    const { rows } = heap;
    const key = rows[0]!;
    const first = rows[1]!;
    this.#firstKeys[cell] = key;
    if (key > bestKey || (key === bestKey && first > best)) return best;
    if (this.#view.fits(task, first)) return first;
    this.#search.wasted++;
    return this.#descend(heap, task, best, bestKey);
  }

  /** The same below the first row. */
  #descend(heap: PlacementIndexHeap, task: TaskId, best: NodeId, bestKey: number): NodeId {
    const { rows, length } = heap;
    const stack = this.#stack;
    let found = best;
    let foundKey = bestKey;
    let depth = 2;
    stack[0] = 2;
    stack[1] = 1;
    while (depth > 0) {
      const row = stack[--depth]!;
      if (row >= length) continue;
      const key = rows[2 * row]!;
      const node = rows[2 * row + 1]!;
      if (key > foundKey || (key === foundKey && node >= found)) continue;
      if (heap.isFresh(row)) {
        if (this.#view.fits(task, node)) {
          found = node;
          foundKey = key;
          continue;
        }
        this.#search.wasted++;
      }
      stack[depth++] = 2 * row + 2;
      stack[depth++] = 2 * row + 1;
    }
    return found;
  }

  #scan(task: TaskId): NodeId {
    let best = NONE;
    let bestKey = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.nodes.length; i++) {
      const node = this.nodes[i]!;
      const nodeKey = this.#keyOf(node);
      if (nodeKey >= bestKey || !this.#view.fits(task, node)) continue;
      best = node;
      bestKey = nodeKey;
    }
    return best;
  }

  #keyOf(node: NodeId): number {
    return this.#rows.rows[node * this.#rows.width + this.#rows.key]!;
  }

  #enter(node: NodeId, cell: number): void {
    const heap = this.#heaps[cell]!;
    this.#rows.rows[node * this.#rows.width + this.#rows.cell] = cell;
    heap.enter(node);
    if (heap.size === 1) this.#filled[cell >>> 5] = this.#filled[cell >>> 5]! | (1 << (cell & 31));
    this.#firstKeys[cell] = heap.rows[0]!;
  }
}
