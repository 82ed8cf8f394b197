import { grown } from '../base/grow.ts';
import { type FrameworkId, NONE } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';

/** A row of the share tree: a role, the frameworks of a role that has roles below it (`.`), or a framework. */
export type Row = number;

/** Columns of `amounts`: share, weight of the row's seat, and from here on what is used, one column a resource. */
export const SHARE = 0;
export const WEIGHT = 1;
export const USED = 2;

/** Columns of `marks`; 1 is true. Saturated: nothing below can be given a task now. */
export const SATURATED = 0;
/** Its next task fits nowhere until something is freed; frameworks only. */
export const BLOCKED = 1;
/** The seat of the row: the row whose contest it takes part in, and its position there. */
export const CONTEST = 2;
export const POSITION = 3;
export const MARKS = 4;

/** What a row's share is of what it holds: the largest part of any resource, or the sum of all at their prices. */
export type Measure = 'dominant' | 'priced';

/**
 * The rows of a share tree, in order of appearance; row 0 is the root.
 *
 * What a change of one framework touches lies side by side in `amounts` and `marks`. Total capacities are read once.
 */
export class ShareRows {
  /** Stride `width`: what the constants above name. Used amounts are whole steps, or their rescaled sum. */
  amounts = new Float64Array(0);
  /** Stride `MARKS`. */
  marks = new Int32Array(0);
  readonly width: number;
  readonly name: string[] = [];
  readonly children: Row[][] = [];
  parent = new Int32Array(0);
  /** Position among its siblings. */
  position = new Int32Array(0);
  weight = new Float64Array(0);
  /** -1 but for a framework. */
  framework = new Int32Array(0);
  /** The row that stands in for each row: going down for as long as there is an only child. */
  standIn = new Int32Array(0);
  /** Tasks given so far. */
  allocations = new Float64Array(0);
  #length = 0;
  readonly #total: Float64Array;
  readonly #totalOf: (resource: number) => number;
  /** Of a step of each resource; null where the largest part of any resource counts. */
  readonly #prices: Float64Array | null;

  /**
   * @param measure whether the largest part of any resource counts (`dominant`), or what all of it costs (`priced`).
   * @param totalOf steps of a resource that shares are counted of; of the whole cluster where left out.
   */
  constructor(
    view: ClusterView,
    measure: Measure,
    totalOf: (resource: number) => number = (resource) => view.totalCapacity(resource),
  ) {
    this.#totalOf = totalOf;
    this.width = USED + view.resources.length;
    this.#prices = measure === 'dominant' ? null : new Float64Array(view.resources.length);
    this.#total = new Float64Array(view.resources.length);
    this.countCapacity();
  }

  /** Takes in what there is, which shares are counted of. */
  countCapacity(): void {
    for (let r = 0; r < this.#total.length; r++) this.#total[r] = this.#totalOf(r);
  }

  /** Sets what a step of each resource costs; of priced rows alone. */
  setPrices(prices: ArrayLike<number>): void {
    this.#prices?.set(prices);
  }

  /** Adds a row that hangs nowhere yet and is saturated. */
  add(name: string, weight: number, framework: FrameworkId): Row {
    const row = this.#length++;
    const length = this.#length;
    this.amounts = grown(this.amounts, length * this.width);
    this.marks = grown(this.marks, length * MARKS);
    this.parent = grown(this.parent, length);
    this.position = grown(this.position, length);
    this.weight = grown(this.weight, length);
    this.framework = grown(this.framework, length);
    this.standIn = grown(this.standIn, length);
    this.allocations = grown(this.allocations, length);
    this.name.push(name);
    this.children.push([]);
    this.parent[row] = NONE;
    this.weight[row] = weight;
    this.framework[row] = framework;
    this.standIn[row] = row;
    this.marks[row * MARKS + SATURATED] = 1;
    return row;
  }

  /** Sets what a framework holds, and its share. */
  hold(row: Row, framework: FrameworkId, view: ClusterView): void {
    const { amounts } = this;
    const totals = this.#total;
    const at = row * this.width;
    let share = 0;
    for (let r = 0; r < totals.length; r++) {
      const used = view.frameworkUsed(framework, r);
      amounts[at + USED + r] = used;
      const total = totals[r]!;
      if (total > 0 && used / total > share) share = used / total;
    }
    amounts[at + SHARE] = this.#prices === null ? share : this.#costOf(at, this.#prices);
  }

  /**
   * Sets what an inner row uses, its share and whether it is saturated, from the rows below it.
   *
   * @param rescale has children that are not saturated counted as if each had the least share of these.
   */
  sumUp(row: Row, rescale: boolean): void {
    const { amounts, marks, standIn, width } = this;
    const children = this.children[row]!;
    let saturated = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < children.length; i++) {
      const child = standIn[children[i]!]!;
      if (marks[child * MARKS + SATURATED] === 1) continue;
      saturated = 0;
      const share = amounts[child * width + SHARE]!;
      if (share > 0 && share < least) least = share;
    }
    marks[row * MARKS + SATURATED] = saturated;
    amounts.fill(0, row * width + USED, (row + 1) * width);
    for (let i = 0; i < children.length; i++) {
      const child = standIn[children[i]!]!;
      const share = amounts[child * width + SHARE]!;
      const isRescaled = rescale && marks[child * MARKS + SATURATED] === 0 && share > 0;
      this.#addTo(row, child, isRescaled ? least / share : 1);
    }
    const totals = this.#total;
    let share = 0;
    for (let r = 0; r < totals.length; r++) {
      const total = totals[r]!;
      if (total > 0) share = Math.max(share, amounts[row * width + USED + r]! / total);
    }
    amounts[row * width + SHARE] = this.#prices === null ? share : this.#costOf(row * width, this.#prices);
  }

  #costOf(at: number, prices: Float64Array): number {
    let cost = 0;
    for (let r = 0; r < prices.length; r++) cost += prices[r]! * this.amounts[at + USED + r]!;
    return cost;
  }

  #addTo(row: Row, child: Row, factor: number): void {
    const { amounts, width } = this;
    const to = row * width;
    const from = child * width;
    for (let column = USED; column < width; column++) {
      amounts[to + column] = amounts[to + column]! + amounts[from + column]! * factor;
    }
  }
}
