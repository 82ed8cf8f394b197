/** Fields of one node, side by side. */
const COUNT = 0;
const SUM = 1;
const SQUARES = 2;
const LEAST = 3;
const GREATEST = 4;
const STRIDE = 5;

/** What the node of an empty set holds. */
const EMPTY = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const;

/**
 * Count, sum, sum of squares, least and greatest of a changing set of numbers; O(log n) a change.
 *
 * A binary tree over the rows whose inner nodes are computed anew from their two children, so that nothing drifts
 * however many changes there are. Node 1 is the root, the children of i are 2i and 2i + 1, row r is leaf `#leaves + r`.
 */
export class MomentTree {
  #leaves = 1;
  /** Two nodes (one of them unused) with {@link STRIDE} fields each. */
  #nodes = emptyNodes(2);

  get count(): number {
    return this.#nodes[STRIDE + COUNT]!;
  }

  get sum(): number {
    return this.#nodes[STRIDE + SUM]!;
  }

  get squares(): number {
    return this.#nodes[STRIDE + SQUARES]!;
  }

  /** Infinity for the empty set. */
  get least(): number {
    return this.#nodes[STRIDE + LEAST]!;
  }

  /** Minus infinity for the empty set. */
  get greatest(): number {
    return this.#nodes[STRIDE + GREATEST]!;
  }

  /** Puts the row's value in place of the one it had, if any. */
  put(row: number, value: number): void {
    if (row >= this.#leaves) this.#grow(row + 1);
    const nodes = this.#nodes;
    const at = (this.#leaves + row) * STRIDE;
    if (nodes[at + COUNT] === 1 && nodes[at + SUM] === value) return;
    nodes[at + COUNT] = 1;
    nodes[at + SUM] = value;
    nodes[at + SQUARES] = value * value;
    nodes[at + LEAST] = value;
    nodes[at + GREATEST] = value;
    this.#joinAbove(row);
  }

  /** Takes the row out; does nothing if it is not in. */
  remove(row: number): void {
    const at = (this.#leaves + row) * STRIDE;
    if (row >= this.#leaves || this.#nodes[at + COUNT] === 0) return;
    for (let field = 0; field < STRIDE; field++) this.#nodes[at + field] = EMPTY[field]!;
    this.#joinAbove(row);
  }

  #joinAbove(row: number): void {
    for (let node = (this.#leaves + row) >> 1; node >= 1; node >>= 1) join(this.#nodes, node);
  }

  #grow(rows: number): void {
    const old = this.#leaves;
    const leaves = this.#nodes.subarray(old * STRIDE);
    while (this.#leaves < rows) this.#leaves *= 2;
    this.#nodes = emptyNodes(2 * this.#leaves);
    this.#nodes.set(leaves, this.#leaves * STRIDE);
    for (let node = this.#leaves - 1; node >= 1; node--) join(this.#nodes, node);
  }
}

function emptyNodes(count: number): Float64Array {
  const nodes = new Float64Array(count * STRIDE);
  for (let node = 0; node < count; node++) nodes.set(EMPTY, node * STRIDE);
  return nodes;
}

function join(nodes: Float64Array, node: number): void {
  const at = node * STRIDE;
  const a = 2 * at;
  const b = a + STRIDE;
  nodes[at + COUNT] = nodes[a + COUNT]! + nodes[b + COUNT]!;
  nodes[at + SUM] = nodes[a + SUM]! + nodes[b + SUM]!;
  nodes[at + SQUARES] = nodes[a + SQUARES]! + nodes[b + SQUARES]!;
  nodes[at + LEAST] = Math.min(nodes[a + LEAST]!, nodes[b + LEAST]!);
  nodes[at + GREATEST] = Math.max(nodes[a + GREATEST]!, nodes[b + GREATEST]!);
}
