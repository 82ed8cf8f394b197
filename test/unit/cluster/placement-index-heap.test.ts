import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlacementIndexHeap } from '../../../src/cluster/placement-index-heap.ts';

/** Ten nodes whose rows hold a key and a cell alone, and the heap of cell 3; a node elsewhere is in cell 0. */
function empty() {
  const nodes = { rows: new Float64Array(20), width: 2, key: 0, cell: 1, met: new Uint8Array(10) };
  const heap = new PlacementIndexHeap(3, nodes);
  const isHere = (node: number) => nodes.rows[2 * node + 1] === 3;
  return {
    nodes,
    heap,
    put(node: number, key: number): void {
      if (isHere(node)) heap.leave();
      nodes.rows.set([key, 3], 2 * node);
      heap.enter(node);
    },
    drop(node: number): void {
      if (isHere(node)) heap.leave();
      nodes.rows[2 * node + 1] = 0;
    },
    first(): number {
      heap.settle();
      return heap.rows[1]!;
    },
  };
}

describe('PlacementIndexHeap', () => {
  it('has the least key on top, and of equal ones the lower node', () => {
    const { put, first } = empty();
    put(4, 7);
    put(6, 5);
    expect(first()).toBe(6);
    put(2, 5);
    expect(first()).toBe(2);
  });

  it('drops a node that has left, or has another key, when it comes to the top', () => {
    const { put, drop, first, heap } = empty();
    put(1, 1);
    put(2, 2);
    put(3, 3);
    drop(1);
    put(2, 9);
    expect(heap.length).toBe(4);
    expect(first()).toBe(3);
    expect(heap.length).toBe(2);
    expect(heap.settle()).toBe(false);
  });

  it('gives the first of those that are there, whatever comes and goes, and stays short', () => {
    const step = fc.record({ node: fc.nat(9), key: fc.nat(5), stays: fc.boolean() });
    void fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const { put, drop, first, heap, nodes } = empty();
        const there = new Map<number, number>();
        for (const { node, key, stays } of steps) {
          if (stays) put(node, key);
          else drop(node);
          if (stays) there.set(node, key);
          else there.delete(node);
          expect(heap.size).toBe(there.size);
          expect(heap.length).toBeLessThanOrEqual(2 * 10 + 33);
          if (there.size === 0) continue;
          expect(first()).toBe([...there].sort(([a, x], [b, y]) => x - y || a - b)[0]![0]);
        }
        expect(nodes.met.every((met) => met === 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
