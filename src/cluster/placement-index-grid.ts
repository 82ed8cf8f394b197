import type { PlacementIndexThresholds } from './placement-index-thresholds.ts';

/**
 * Numbers the combinations of levels (cells) and tells which of them serve a demand, 32 at a time.
 *
 * Cells count up with the levels, the first resource fastest, or down where nodes with much free are sought: so a search
 * that goes by number meets the likely ones first. For each resource and level there is a row of bits, one a
 * cell, set where the cell's level is no less.
 */
export class PlacementIndexGrid {
  /** How many cells there are, and how many 32-bit words hold a bit for each. */
  readonly cells: number;
  readonly words: number;
  /** Cells where every node has the amounts of the demand last prepared. */
  readonly sure: Int32Array;
  /** Cells between thresholds, where a node may have them. */
  readonly unsure: Int32Array;
  anyUnsure = false;
  readonly #thresholds: PlacementIndexThresholds;
  readonly #fullestFirst: boolean;
  readonly #strides: Int32Array;
  /** Where the rows of each resource begin. */
  readonly #firstRow: Int32Array;
  readonly #rows: Int32Array;
  /** Where the rows of the demand prepared begin: one a resource for the sure cells, then one for the possible ones. */
  readonly #chosen: Int32Array;

  constructor(thresholds: PlacementIndexThresholds, fullestFirst: boolean) {
    const { resources } = thresholds;
    this.#fullestFirst = fullestFirst;
    this.#thresholds = thresholds;
    this.#strides = new Int32Array(resources);
    this.#firstRow = new Int32Array(resources);
    this.#chosen = new Int32Array(2 * resources);
    let cells = 1;
    let rows = 0;
    for (let r = 0; r < resources; r++) {
      this.#strides[r] = cells;
      this.#firstRow[r] = rows;
      cells *= thresholds.count(r) + 1;
      rows += thresholds.count(r) + 2;
    }
    this.cells = cells;
    this.words = Math.ceil(cells / 32);
    this.sure = new Int32Array(this.words);
    this.unsure = new Int32Array(this.words);
    this.#rows = new Int32Array(rows * this.words);
    for (let cell = 0; cell < cells; cell++) this.#mark(cell);
  }

  /** The cell of what a node has free: the amounts from `at` on, one a resource. */
  cell(free: Float64Array, at: number): number {
    const resources = this.#strides.length;
    let cell = 0;
    for (let r = 0; r < resources; r++) {
      cell += this.#thresholds.level(r, free[at + r]!) * this.#strides[r]!;
    }
    return this.#fullestFirst ? cell : this.cells - 1 - cell;
  }

  /** Sets {@link sure} and {@link unsure} for a demand. */
  prepare(need: Float64Array): void {
    const resources = need.length;
    const chosen = this.#chosen;
    this.anyUnsure = false;
    for (let r = 0; r < resources; r++) {
      const level = this.#thresholds.level(r, need[r]!);
      const isSure = this.#thresholds.isSure(r, need[r]!, level);
      if (!isSure) this.anyUnsure = true;
      chosen[r] = (this.#firstRow[r]! + (isSure ? level : level + 1)) * this.words;
      chosen[resources + r] = (this.#firstRow[r]! + level) * this.words;
    }
    this.#intersect(this.sure, 0);
    if (!this.anyUnsure) return;
    this.#intersect(this.unsure, resources);
    for (let w = 0; w < this.words; w++) this.unsure[w] = this.unsure[w]! & ~this.sure[w]!;
  }

  /** Writes the cells that are in all chosen rows from `first` on, one row a resource. */
  #intersect(into: Int32Array, first: number): void {
    const rows = this.#rows;
    const chosen = this.#chosen;
    const end = first + this.#strides.length;
    for (let w = 0; w < into.length; w++) {
      let word = -1;
      for (let i = first; i < end; i++) word &= rows[chosen[i]! + w]!;
      into[w] = word;
    }
  }

  /** Sets a cell's bit in the rows up to its level of each resource; the row above all levels stays empty. */
  #mark(cell: number): void {
    const number = this.#fullestFirst ? cell : this.cells - 1 - cell;
    for (let r = 0; r < this.#strides.length; r++) {
      const level = Math.floor(number / this.#strides[r]!) % (this.#thresholds.count(r) + 1);
      for (let l = 0; l <= level; l++) {
        const at = (this.#firstRow[r]! + l) * this.words + (cell >>> 5);
        this.#rows[at] = this.#rows[at]! | (1 << (cell & 31));
      }
    }
  }
}
