import type { Rectangles } from './occupancy.ts';

/** Rectangles that are looked through together. */
const BLOCK = 64;

/**
 * Finds the rectangle at a point.
 *
 * Rectangles stand in order of node, then start. By binary search the last one is found that has started; from there
 * on backwards, blocks in which all have ended are passed over.
 */
export class GanttIndex {
  readonly #boxes: Rectangles;
  /** Where the rectangles of each node begin; one entry more than there are nodes. */
  readonly #first: Int32Array;
  /** By block: the last end in it. */
  readonly #lastEnd: Float64Array;

  constructor(boxes: Rectangles) {
    this.#boxes = boxes;
    const { node, end, lanes } = boxes;
    this.#first = new Int32Array(lanes.length + 1);
    for (let i = 0; i < node.length; i++) this.#first[node[i]! + 1] = this.#first[node[i]! + 1]! + 1;
    for (let i = 0; i < lanes.length; i++) this.#first[i + 1] = this.#first[i + 1]! + this.#first[i]!;
    this.#lastEnd = new Float64Array(Math.ceil(node.length / BLOCK)).fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < node.length; i++) {
      const block = Math.floor(i / BLOCK);
      this.#lastEnd[block] = Math.max(this.#lastEnd[block]!, end[i]!);
    }
  }

  /** Gives the rectangle at a time and height (node i reaches from i to i + 1), or -1. */
  find(time: number, height: number): number {
    const node = Math.floor(height);
    const { lanes, from, to, end } = this.#boxes;
    if (!(node >= 0 && node < lanes.length)) return -1;
    const lane = (height - node) * lanes[node]!;
    const first = this.#first[node]!;
    for (let i = this.#lastStarted(node, time); i >= first; i--) {
      if (i % BLOCK === BLOCK - 1 && this.#lastEnd[Math.floor(i / BLOCK)]! <= time) {
        i -= BLOCK - 1;
        continue;
      }
      if (end[i]! > time && from[i]! <= lane && lane < to[i]!) return i;
    }
    return -1;
  }

  /** Gives the last rectangle of the node that starts at the time or before; one before its first where none has. */
  #lastStarted(node: number, time: number): number {
    const { start } = this.#boxes;
    let low = this.#first[node]!;
    let high = this.#first[node + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (start[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
