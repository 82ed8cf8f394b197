import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import { PlacementIndexSearch } from './placement-index-search.ts';
import type { ClusterView } from './view.ts';

/** Below this many nodes looking at each is as fast as any structure. */
const SCAN_BELOW = 128;

/** How finely free amounts are cut: a threshold more is a row of bits more. */
const LIMITS = { each: 31, combinations: Number.POSITIVE_INFINITY };

/** Constraints whose nodes are kept as a row of bits at most. */
const MOST_CONSTRAINTS = 64;

/**
 * Finds nodes where a task fits in order of their number, 32 at a time.
 *
 * For each resource and each size that tasks demand it keeps a row of bits, one a node, set where that much is free;
 * a demand is served where the bits of its rows are all set. `view.fits` decides in the end. Which nodes there are, and
 * of which class, is read once.
 */
export class PlacementIndexBits {
  readonly #view: ClusterView;
  readonly #search: PlacementIndexSearch;
  readonly #scanned: boolean;
  /** 32-bit words of a row. */
  readonly #words: number;
  /** Row 0 has every node; then the rows of each resource, thresholds ascending. */
  #bits = new Int32Array(0);
  readonly #firstRow: Int32Array;
  /** Each node's levels, stride one column a resource. */
  readonly #levels: Uint8Array;
  /** Where the rows of the task searched for begin, padded with row 0 to at least three. */
  readonly #rows: Int32Array;
  #rowCount = 3;
  readonly #constraints = new Map<number, Int32Array>();
  readonly #everyNode: Int32Array;
  #allowed: Int32Array;

  constructor(view: ClusterView) {
    this.#view = view;
    const { nodeCount } = view;
    const resources = view.resources.length;
    this.#search = new PlacementIndexSearch(view, LIMITS);
    this.#scanned = nodeCount < SCAN_BELOW;
    this.#words = Math.ceil(nodeCount / 32);
    this.#firstRow = new Int32Array(resources);
    this.#levels = new Uint8Array(nodeCount * resources);
    this.#rows = new Int32Array(Math.max(3, resources));
    this.#everyNode = new Int32Array(this.#words);
    for (let node = 0; node < nodeCount; node++) setBit(this.#everyNode, node);
    this.#allowed = this.#everyNode;
    this.#build();
    if (!this.#scanned) view.watchFree(this.#search.changes);
  }

  /** Gives the first node from `from` on, going round at the last one, where the task fits, or -1. */
  next(task: TaskId, from: NodeId): NodeId {
    if (!this.#prepare(task)) return NONE;
    let node = this.#find(task, from, this.#view.nodeCount);
    if (node === NONE && from > 0) node = this.#find(task, 0, from);
    this.#finish(node === NONE);
    return node;
  }

  /** Writes the nodes where the task fits into `into` in order of number; gives how many there are. */
  all(task: TaskId, into: Int32Array): number {
    if (!this.#prepare(task)) return 0;
    const { nodeCount } = this.#view;
    let count = 0;
    for (let node = this.#find(task, 0, nodeCount); node !== NONE; node = this.#find(task, node + 1, nodeCount)) {
      into[count++] = node;
    }
    this.#finish(count === 0);
    return count;
  }

  /** Brings the bits up to date and chooses the rows; false when the search is known to fail. */
  #prepare(task: TaskId): boolean {
    if (this.#scanned) return true;
    const search = this.#search;
    const { need, thresholds } = search;
    search.begin(task);
    for (let i = 0; i < search.changed; i++) this.#level(search.changes.nodes[i]!);
    if (search.isFutile()) return false;
    this.#allowed = this.#nodesOf(this.#view.constraint(task));
    const rows = this.#rows;
    let count = 0;
    for (let r = 0; r < need.length; r++) {
      const level = thresholds.level(r, need[r]!);
      if (level > 0) rows[count++] = (this.#firstRow[r]! + level - 1) * this.#words;
    }
    while (count < 3) rows[count++] = 0;
    this.#rowCount = count;
    return true;
  }

  #finish(failed: boolean): void {
    if (!this.#scanned && this.#search.end(failed)) this.#build();
  }

  /** The first node in [from, end) where the task fits. */
  #find(task: TaskId, from: NodeId, end: NodeId): NodeId {
    if (this.#scanned) return this.#scan(task, from, end);
    const lastWord = (end + 31) >>> 5;
    const first = from >>> 5;
    for (let w = this.#seek(first, lastWord); w < lastWord; w = this.#seek(w + 1, lastWord)) {
      let word = this.#word(w);
      if (w === first) word &= -1 << (from & 31);
      for (; word !== 0; word &= word - 1) {
        const node = (w << 5) + 31 - Math.clz32(word & -word);
        if (node >= end) return NONE;
        if (this.#view.fits(task, node)) return node;
        this.#search.wasted++;
      }
    }
    return NONE;
  }

  /** The first word from `w` on where the first three rows share a bit; the loop does nothing else, so it is short. */
  #seek(w: number, lastWord: number): number {
    const bits = this.#bits;
    const rows = this.#rows;
    const a = rows[0]!;
    const b = rows[1]!;
    const c = rows[2]!;
    let at = w;
    while (at < lastWord && (bits[a + at]! & bits[b + at]! & bits[c + at]!) === 0) at++;
    return at;
  }

  /** A word of the nodes that are in all rows and satisfy the constraint. */
  #word(w: number): number {
    let word = this.#allowed[w]!;
    for (let i = 0; i < this.#rowCount; i++) word &= this.#bits[this.#rows[i]! + w]!;
    return word;
  }

  #scan(task: TaskId, from: NodeId, end: NodeId): NodeId {
    for (let node = from; node < end; node++) if (this.#view.fits(task, node)) return node;
    return NONE;
  }

  /** Sets a node's bits by what it has free. */
  #level(node: NodeId): void {
    const { changes, thresholds } = this.#search;
    const resources = this.#firstRow.length;
    const word = node >>> 5;
    const bit = 1 << (node & 31);
    for (let r = 0; r < resources; r++) {
      const at = node * resources + r;
      const before = this.#levels[at]!;
      const now = thresholds.level(r, changes.rows[at]!);
      if (now === before) continue;
      this.#levels[at] = now;
      const end = Math.max(before, now);
      for (let level = Math.min(before, now); level < end; level++) {
        const row = this.#firstRow[r]! + level;
        this.#bits[row * this.#words + word] = this.#bits[row * this.#words + word]! ^ bit;
      }
    }
  }

  #build(): void {
    let rows = 1;
    for (let r = 0; r < this.#firstRow.length; r++) {
      this.#firstRow[r] = rows;
      rows += this.#search.thresholds.count(r);
    }
    this.#bits = new Int32Array(rows * this.#words);
    this.#bits.set(this.#everyNode);
    this.#levels.fill(0);
    for (let node = 0; node < this.#view.nodeCount; node++) this.#level(node);
  }

  /** The nodes that satisfy a constraint, as bits. */
  #nodesOf(constraint: number): Int32Array {
    if (constraint === 0) return this.#everyNode;
    let nodes = this.#constraints.get(constraint);
    if (nodes === undefined) {
      if (this.#constraints.size === MOST_CONSTRAINTS) this.#constraints.clear();
      const view = this.#view;
      nodes = new Int32Array(this.#words);
      const allowed = Uint8Array.from({ length: view.nodeClassCount }, (_, c) => +view.classSatisfies(c, constraint));
      for (let node = 0; node < view.nodeCount; node++) if (allowed[view.nodeClass(node)] === 1) setBit(nodes, node);
      this.#constraints.set(constraint, nodes);
    }
    return nodes;
  }
}

function setBit(bits: Int32Array, at: number): void {
  bits[at >>> 5] = bits[at >>> 5]! | (1 << (at & 31));
}
