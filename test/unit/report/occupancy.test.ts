import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix, occupancy, rgbOf } from '../../../src/report/occupancy.ts';
import { randomBoxes } from '../../support/random-boxes.ts';

describe('what rectangles cover of a grid', () => {
  it('is the area that they share with each cell, by colour', () => {
    const view = { left: 5, right: 65, top: 0.5, bottom: 3 };
    const [columns, rows] = [13, 7];
    const shared = (a: number, b: number, c: number, d: number): number => Math.max(0, Math.min(b, d) - Math.max(a, c));
    fc.assert(
      fc.property(randomBoxes, (boxes) => {
        const grid = occupancy(boxes, view, columns, rows, 3);
        const [wide, high] = [60 / columns, 2.5 / rows];
        for (let k = 0; k < 3; k++) {
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
              const x = view.left + column * wide;
              const y = view.top + row * high;
              let area = 0;
              for (const [i, start] of boxes.start.entries()) {
                if (boxes.colour[i] !== k) continue;
                const top = boxes.node[i]! + boxes.from[i]! / 4;
                area += shared(start, boxes.end[i]!, x, x + wide) * shared(top, top + 0.25, y, y + high);
              }
              expect(grid[(k * rows + row) * columns + column]).toBeCloseTo(area / (wide * high), 4);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('mixes colours by the parts that they cover, with the ground between', () => {
    const pixels = new Uint8ClampedArray(8);
    mix(Float32Array.of(1, 0.5, 0, 0.25), 2, [rgbOf('#ff0000'), rgbOf('#0000ff')], rgbOf('#ffffff'), pixels);
    expect([...pixels]).toEqual([255, 0, 0, 255, 191, 64, 128, 255]);
  });
});
