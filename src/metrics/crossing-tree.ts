/** Fields of one node, side by side. */
const UP = 0;
const DOWN = 1;
const WEIGHT = 2;
const STRIDE = 3;

/**
 * The level at which each row of a changing set next changes its state, rising or falling; the least and the greatest
 * of them, and the sum of the rows' weights. O(log n) a change.
 *
 * A binary tree whose inner nodes are computed anew from their two children, so that nothing drifts. Node 1 is the root,
 * the children of i are 2i and 2i + 1, row r is leaf `#leaves + r`.
 */
export class CrossingTree {
  #leaves = 1;
  #nodes = emptyNodes(2);

  /** The least level at which a row changes when the level rises to it; Infinity for none. */
  get leastUp(): number {
    return this.#nodes[STRIDE + UP]!;
  }

  /** The greatest level below which a row changes when the level falls; minus infinity for none. */
  get greatestDown(): number {
    return this.#nodes[STRIDE + DOWN]!;
  }

  /** Sum of all weights. */
  get weight(): number {
    return this.#nodes[STRIDE + WEIGHT]!;
  }

  /** Gives the row that changes at {@link leastUp}, the first of several. */
  firstUp(): number {
    return this.#find(UP);
  }

  /** Gives the row that changes below {@link greatestDown}, the first of several. */
  firstDown(): number {
    return this.#find(DOWN);
  }

  /** Puts a row in place of what it was. */
  put(row: number, up: number, down: number, weight: number): void {
    if (row >= this.#leaves) this.#grow(row + 1);
    const nodes = this.#nodes;
    let node = this.#leaves + row;
    write(nodes, node * STRIDE, up, down, weight);
    // Above a node that stays as it was, nothing changes.
    for (node >>= 1; node >= 1 && join(nodes, node); node >>= 1);
  }

  #find(field: typeof UP | typeof DOWN): number {
    const nodes = this.#nodes;
    const level = nodes[STRIDE + field]!;
    let node = 1;
    while (node < this.#leaves) {
      node *= 2;
      if (nodes[node * STRIDE + field] !== level) node++;
    }
    return node - this.#leaves;
  }

  #grow(rows: number): void {
    const leaves = this.#nodes.subarray(this.#leaves * STRIDE);
    while (this.#leaves < rows) this.#leaves *= 2;
    this.#nodes = emptyNodes(2 * this.#leaves);
    this.#nodes.set(leaves, this.#leaves * STRIDE);
    for (let node = this.#leaves - 1; node >= 1; node--) join(this.#nodes, node);
  }
}

function emptyNodes(count: number): Float64Array {
  const nodes = new Float64Array(count * STRIDE);
  for (let node = 0; node < count; node++) {
    write(nodes, node * STRIDE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);
  }
  return nodes;
}

/** Computes a node from its children; says whether it has changed. */
function join(nodes: Float64Array, node: number): boolean {
  const at = node * STRIDE;
  const a = 2 * at;
  const b = a + STRIDE;
  const up = Math.min(nodes[a + UP]!, nodes[b + UP]!);
  const down = Math.max(nodes[a + DOWN]!, nodes[b + DOWN]!);
  const weight = nodes[a + WEIGHT]! + nodes[b + WEIGHT]!;
  if (nodes[at + UP] === up && nodes[at + DOWN] === down && nodes[at + WEIGHT] === weight) return false;
  write(nodes, at, up, down, weight);
  return true;
}

function write(nodes: Float64Array, at: number, up: number, down: number, weight: number): void {
  nodes[at + UP] = up;
  nodes[at + DOWN] = down;
  nodes[at + WEIGHT] = weight;
}
