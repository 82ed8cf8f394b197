import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GanttIndex } from '../../../src/report/gantt-index.ts';
import { randomBoxes } from '../../support/random-boxes.ts';

it('finds the rectangle at a point as looking through all of them does', () => {
  const point = fc.tuple(fc.double({ min: -1, max: 90, noNaN: true }), fc.double({ min: -0.5, max: 3.5, noNaN: true }));
  fc.assert(
    fc.property(randomBoxes, fc.array(point, { minLength: 20 }), (boxes, points) => {
      const index = new GanttIndex(boxes);
      for (const [time, height] of points) {
        const plain = boxes.start.findIndex((start, i) => {
          const lane = (height - boxes.node[i]!) * boxes.lanes[boxes.node[i]!]!;
          const isThere = Math.floor(height) === boxes.node[i] && boxes.from[i]! <= lane && lane < boxes.to[i]!;
          return isThere && start <= time && time < boxes.end[i]!;
        });
        expect(index.find(time, height)).toBe(plain);
      }
    }),
  );
});
