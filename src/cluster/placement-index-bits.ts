import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import { PlacementIndexChanges } from './placement-index-changes.ts';
import { PlacementIndexFailures } from './placement-index-failures.ts';
import { PlacementIndexThresholds } from './placement-index-thresholds.ts';
import type { ClusterView } from './view.ts';

/** Thresholds of one resource at most. */
const MOST_THRESHOLDS = 31;
/** Constraints whose nodes are kept as a row of bits at most. */
const MOST_CONSTRAINTS = 64;
/** Vain looks, as a multiple of the number of nodes, after which building anew pays at the latest. */
const MOST_PATIENCE = 64;

/**
 * Finds nodes where a task fits in order of their number, 32 at a time.
 *
 * For each resource and each size that tasks demand it keeps a row of bits, one a node, set where that much is free;
 * a demand is served where the bits of its rows are all set. `view.fits` decides in the end.
 */
export class PlacementIndexBits {
  readonly #view: ClusterView;
  readonly #changes: PlacementIndexChanges;
  readonly #failures: PlacementIndexFailures;
  readonly #thresholds: PlacementIndexThresholds;
  readonly #need: Float64Array;
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
  #wasted = 0;
  #patience = 1;

  constructor(view: ClusterView) {
    this.#view = view;
    const { nodeCount } = view;
    const resources = view.resources.length;
    this.#changes = new PlacementIndexChanges(view);
    this.#failures = new PlacementIndexFailures(resources);
    this.#thresholds = new PlacementIndexThresholds(resources, {
      each: MOST_THRESHOLDS,
      combinations: Number.POSITIVE_INFINITY,
    });
    this.#need = new Float64Array(resources);
    this.#words = Math.ceil(nodeCount / 32);
    this.#firstRow = new Int32Array(resources);
    this.#levels = new Uint8Array(nodeCount * resources);
    this.#rows = new Int32Array(Math.max(3, resources));
    this.#everyNode = new Int32Array(this.#words);
    for (let node = 0; node < nodeCount; node++) setBit(this.#everyNode, node);
    this.#allowed = this.#everyNode;
    this.#build();
    view.watchFree(this.#changes);
  }

  /** Gives the first node from `from` on, going round at the last one, where the task fits, or -1. */
  next(task: TaskId, from: NodeId): NodeId {
    if (!this.#prepare(task)) return NONE;
    let node = this.#scan(task, from, this.#view.nodeCount);
    if (node === NONE && from > 0) node = this.#scan(task, 0, from);
    this.#finish(task, node === NONE);
    return node;
  }

  /** Writes the nodes where the task fits into `into` in order of number; gives how many there are. */
  all(task: TaskId, into: Int32Array): number {
    if (!this.#prepare(task)) return 0;
    const { nodeCount } = this.#view;
    let count = 0;
    for (let node = this.#scan(task, 0, nodeCount); node !== NONE; node = this.#scan(task, node + 1, nodeCount)) {
      into[count++] = node;
    }
    this.#finish(task, count === 0);
    return count;
  }

  /** Brings the bits up to date and chooses the rows; false when the search is known to fail. */
  #prepare(task: TaskId): boolean {
    const view = this.#view;
    const need = this.#need;
    for (let r = 0; r < need.length; r++) need[r] = view.demand(task, r);
    this.#repair();
    const constraint = view.constraint(task);
    if (this.#failures.covers(need, constraint, view.releases + this.#changes.returns)) return false;
    this.#thresholds.record(need);
    this.#allowed = this.#nodesOf(constraint);
    const rows = this.#rows;
    let count = 0;
    for (let r = 0; r < need.length; r++) {
      const level = this.#thresholds.level(r, need[r]!);
      if (level > 0) rows[count++] = (this.#firstRow[r]! + level - 1) * this.#words;
    }
    while (count < 3) rows[count++] = 0;
    this.#rowCount = count;
    return true;
  }

  #finish(task: TaskId, failed: boolean): void {
    if (failed) this.#failures.add(this.#need, this.#view.constraint(task));
    if (this.#wasted <= this.#patience * this.#view.nodeCount) return;
    this.#wasted = 0;
    this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
    if (this.#thresholds.revise()) this.#build();
  }

  /** The first node in [from, end) where the task fits. */
  #scan(task: TaskId, from: NodeId, end: NodeId): NodeId {
    const bits = this.#bits;
    const allowed = this.#allowed;
    const rows = this.#rows;
    const rowCount = this.#rowCount;
    const a = rows[0]!;
    const b = rows[1]!;
    const c = rows[2]!;
    const lastWord = (end + 31) >>> 5;
    let mask = -1 << (from & 31);
    for (let w = from >>> 5; w < lastWord; w++) {
      let word = allowed[w]! & bits[a + w]! & bits[b + w]! & bits[c + w]! & mask;
      mask = -1;
      for (let i = 3; i < rowCount && word !== 0; i++) word &= bits[rows[i]! + w]!;
      for (; word !== 0; word &= word - 1) {
        const node = (w << 5) + 31 - Math.clz32(word & -word);
        if (node >= end) return NONE;
        if (this.#view.fits(task, node)) return node;
        this.#wasted++;
      }
    }
    return NONE;
  }

  #repair(): void {
    const changes = this.#changes;
    const changed = changes.take();
    for (let i = 0; i < changed; i++) this.#level(changes.nodes[i]!);
  }

  /** Sets a node's bits by what it has free. */
  #level(node: NodeId): void {
    const resources = this.#need.length;
    const word = node >>> 5;
    const bit = 1 << (node & 31);
    for (let r = 0; r < resources; r++) {
      const at = node * resources + r;
      const before = this.#levels[at]!;
      const now = this.#thresholds.levelFrom(r, this.#changes.free[at]!, before);
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
      rows += this.#thresholds.count(r);
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
