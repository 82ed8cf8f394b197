import { ClientTree } from './client-tree.ts';
import type { ClusterTotals } from './cluster-totals.ts';
import { comparePaths } from './compare-paths.ts';
import type { SorterClient } from './sorter.ts';
import type { TreeNode } from './tree-node.ts';

/**
 * Sorts by dominant share over weight, level by level.
 *
 * Among siblings the lesser share goes first, then who was allocated something less often, then the path, by bytes. A
 * share is the largest fraction of a resource of the whole cluster that is offered to or in use below a place; doubles
 * are compared exactly.
 *
 * Only what changed since the last sort moves: each takes a search by its old key and one by its new.
 *
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011
 * @see Mesos, src/master/allocator/mesos/sorter/drf/sorter.cpp; docs/weights.md
 */
export class DrfSorter<Payload> extends ClientTree<Payload> {
  readonly #totals: ClusterTotals;
  readonly #excluded: ReadonlySet<number>;
  #version = -1;
  #units: number[] = [];
  readonly #dirty: TreeNode<Payload>[] = [];
  #order: TreeNode<Payload>[] = [];
  #isStale = true;

  /** @param excluded columns of resources that shares leave out. */
  constructor(totals: ClusterTotals, excluded: ReadonlySet<number> = new Set()) {
    super();
    this.#totals = totals;
    this.#excluded = excluded;
  }

  sort(): readonly SorterClient<Payload>[] {
    this.#refreshTotals();
    for (const at of this.#dirty) this.#reposition(at);
    this.#dirty.length = 0;
    if (this.innerNodes === 0) return this.root.listed;
    if (this.#isStale) {
      this.#order = [];
      this.#walk(this.root);
      this.#isStale = false;
    }
    return this.#order;
  }

  /** Gives the dominant share over weight of a leaf. */
  shareOf(client: SorterClient<Payload>): number {
    this.#refreshTotals();
    return this.#calculateShare(client as TreeNode<Payload>);
  }

  protected override changed(at: TreeNode<Payload>): void {
    if (at.isDirty || at === this.root) return;
    at.isDirty = true;
    this.#dirty.push(at);
  }

  protected override restructured(): void {
    this.#isStale = true;
  }

  protected override enlist(at: TreeNode<Payload>): void {
    const { listed } = at.parent!;
    this.#refreshKey(at);
    listed.splice(this.#placeFor(at, listed, 0, listed.length), 0, at);
  }

  #refreshTotals(): void {
    if (this.#version === this.#totals.version) return;
    this.#version = this.#totals.version;
    this.#units = this.#totals.values.map((amount, column) => (this.#excluded.has(column) ? 0 : amount / 1000));
    for (const at of this.#dirty) at.isDirty = false;
    this.#dirty.length = 0;
    this.#sortBelow(this.root);
    this.#isStale = true;
  }

  #sortBelow(parent: TreeNode<Payload>): void {
    for (const at of parent.listed) {
      this.#refreshKey(at);
      if (!at.isLeaf) this.#sortBelow(at);
    }
    parent.listed.sort(compareKeys);
  }

  #refreshKey(at: TreeNode<Payload>): void {
    at.share = this.#calculateShare(at);
    at.sortedCount = at.count;
  }

  /** Divides units, not thousandths, so that the last bit is the one that doubles of units give. */
  #calculateShare({ allocated, weight }: TreeNode<Payload>): number {
    const units = this.#units;
    const length = Math.min(allocated.length, units.length);
    let share = 0;
    for (let i = 0; i < length; i++) {
      const total = units[i]!;
      if (total > 0 && allocated[i]! > 0) share = Math.max(share, allocated[i]! / 1000 / total);
    }
    return share / weight;
  }

  #reposition(at: TreeNode<Payload>): void {
    at.isDirty = false;
    if (at.isLeaf && !at.isActive) return;
    const { listed } = at.parent!;
    const from = this.#placeFor(at, listed, 0, listed.length);
    // An inner node that was removed while it waited is not in the list any more.
    if (listed[from] !== at) return;
    this.#refreshKey(at);
    const to = this.#shift(at, listed, from);
    if (to !== from) this.#isStale = true;
  }

  /** Moves a place that stands at `from` to where its new key belongs; gives where that is. */
  #shift(at: TreeNode<Payload>, listed: TreeNode<Payload>[], from: number): number {
    let to: number;
    if (from > 0 && compareKeys(at, listed[from - 1]!) < 0) {
      to = this.#placeFor(at, listed, 0, from);
      for (let i = from; i > to; i--) listed[i] = listed[i - 1]!;
    } else {
      to = this.#placeFor(at, listed, from + 1, listed.length) - 1;
      for (let i = from; i < to; i++) listed[i] = listed[i + 1]!;
    }
    listed[to] = at;
    return to;
  }

  /** Finds the first of those listed that does not come before the place, by the keys they were sorted by. */
  #placeFor(at: TreeNode<Payload>, listed: readonly TreeNode<Payload>[], start: number, end: number): number {
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(listed[middle]!, at) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #walk(parent: TreeNode<Payload>): void {
    for (const at of parent.listed) {
      if (at.isLeaf) this.#order.push(at);
      else this.#walk(at);
    }
  }
}

function compareKeys<Payload>(a: TreeNode<Payload>, b: TreeNode<Payload>): number {
  if (a.share !== b.share) return a.share < b.share ? -1 : 1;
  if (a.sortedCount !== b.sortedCount) return a.sortedCount < b.sortedCount ? -1 : 1;
  return comparePaths(a.path, b.path);
}
