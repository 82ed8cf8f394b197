/**
 * Count, sum, sum of squares, least and greatest of a changing set of numbers; O(log n) a change.
 *
 * A binary tree over the rows whose inner nodes are computed anew from their two children, so that nothing drifts
 * however many changes there are. Node 1 is the root, the children of i are 2i and 2i + 1, row r is leaf `#leaves + r`.
 */
export class MomentTree {
  #leaves = 1;
  #count = new Int32Array(2);
  #sum = new Float64Array(2);
  #squares = new Float64Array(2);
  #least = new Float64Array(2).fill(Number.POSITIVE_INFINITY);
  #greatest = new Float64Array(2).fill(Number.NEGATIVE_INFINITY);

  get count(): number {
    return this.#count[1]!;
  }

  get sum(): number {
    return this.#sum[1]!;
  }

  get squares(): number {
    return this.#squares[1]!;
  }

  /** Infinity for the empty set. */
  get least(): number {
    return this.#least[1]!;
  }

  /** Minus infinity for the empty set. */
  get greatest(): number {
    return this.#greatest[1]!;
  }

  /** Puts the row's value in place of the one it had, if any. */
  put(row: number, value: number): void {
    if (row >= this.#leaves) this.#grow(row + 1);
    this.#write(this.#leaves + row, 1, value, value * value, value, value);
  }

  /** Takes the row out; does nothing if it is not in. */
  remove(row: number): void {
    if (row >= this.#leaves || this.#count[this.#leaves + row] === 0) return;
    this.#write(this.#leaves + row, 0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  }

  #write(leaf: number, count: number, sum: number, squares: number, least: number, greatest: number): void {
    this.#count[leaf] = count;
    this.#sum[leaf] = sum;
    this.#squares[leaf] = squares;
    this.#least[leaf] = least;
    this.#greatest[leaf] = greatest;
    for (let node = leaf >> 1; node >= 1; node >>= 1) this.#join(node);
  }

  #join(node: number): void {
    const a = 2 * node;
    const b = a + 1;
    this.#count[node] = this.#count[a]! + this.#count[b]!;
    this.#sum[node] = this.#sum[a]! + this.#sum[b]!;
    this.#squares[node] = this.#squares[a]! + this.#squares[b]!;
    this.#least[node] = Math.min(this.#least[a]!, this.#least[b]!);
    this.#greatest[node] = Math.max(this.#greatest[a]!, this.#greatest[b]!);
  }

  #grow(rows: number): void {
    const old = this.#leaves;
    while (this.#leaves < rows) this.#leaves *= 2;
    const shift = this.#leaves - old;
    this.#count = moved(this.#count, old, shift, 0);
    this.#sum = moved(this.#sum, old, shift, 0);
    this.#squares = moved(this.#squares, old, shift, 0);
    this.#least = moved(this.#least, old, shift, Number.POSITIVE_INFINITY);
    this.#greatest = moved(this.#greatest, old, shift, Number.NEGATIVE_INFINITY);
    for (let node = this.#leaves - 1; node >= 1; node--) this.#join(node);
  }
}

/** Gives a column of `2 * (old + shift)` nodes whose leaves stand `shift` further up; all others are `empty`. */
function moved<C extends Float64Array | Int32Array>(column: C, old: number, shift: number, empty: number): C {
  const Kind = column.constructor as new (length: number) => C;
  const larger = new Kind(2 * (old + shift)).fill(empty) as C;
  larger.set(column.subarray(old, 2 * old), old + shift);
  return larger;
}
