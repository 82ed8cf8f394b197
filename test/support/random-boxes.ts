import fc from 'fast-check';
import type { Rectangles } from '../../src/report/occupancy.ts';

/** Rectangles of up to three nodes, in order of node, then start; lanes never hold two at once. */
export const randomBoxes: fc.Arbitrary<Rectangles> = fc
  .array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(60), fc.integer({ min: 1, max: 20 }), fc.nat(2)), { maxLength: 200 })
  .map((list) => {
    const free = new Map<string, number>();
    const kept = [...list]
      .sort(([nodeA, , startA], [nodeB, , startB]) => nodeA - nodeB || startA - startB)
      .filter(([node, lane, start, length]) => {
        const key = `${node}/${lane}`;
        if ((free.get(key) ?? 0) > start) return false;
        free.set(key, start + length);
        return true;
      });
    return {
      node: Int32Array.from(kept, ([node]) => node),
      from: Int32Array.from(kept, ([, lane]) => lane),
      to: Int32Array.from(kept, ([, lane]) => lane + 1),
      start: Float64Array.from(kept, ([, , start]) => start),
      end: Float64Array.from(kept, ([, , start, length]) => start + length),
      colour: Uint8Array.from(kept, ([, , , , colour]) => colour),
      lanes: Int32Array.of(4, 4, 4),
    };
  });
