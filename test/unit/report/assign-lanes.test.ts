import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLanes, mostAtOnce, type Stretches } from '../../../src/report/assign-lanes.ts';
import { FreeLanes, type LaneRange } from '../../../src/report/free-lanes.ts';

/** Makes stretches of `[start, length, width]`. */
function stretches(list: readonly (readonly [number, number, number])[]): Stretches {
  const sorted = [...list].sort(([a], [b]) => a - b);
  return {
    rows: Int32Array.from(sorted.keys()),
    starts: Float64Array.from(sorted, ([start]) => start),
    ends: Float64Array.from(sorted, ([start, length]) => start + length),
    widths: Float64Array.from(sorted, ([, , width]) => width),
  };
}

function lanesOf(own: Stretches, lanes: number): { fits: boolean; taken: [number, ...LaneRange][] } {
  const taken: [number, ...LaneRange][] = [];
  const fits = assignLanes(own, lanes, (row, range) => taken.push([row, ...range]));
  return { fits, taken };
}

describe('free lanes', () => {
  it('are taken in one range if there is one, else in pieces, and joined again when given back', () => {
    const free = new FreeLanes(6);
    const [a] = free.take(2)!;
    const [b] = free.take(2)!;
    expect([a, b]).toEqual([
      [0, 2],
      [2, 4],
    ]);
    free.give(a!);
    expect(free.take(4)).toEqual([
      [0, 2],
      [4, 6],
    ]);
    expect(free.take(1)).toBeNull();
    for (const range of [
      [4, 6],
      [0, 2],
      [2, 4],
    ] as const)
      free.give(range);
    expect(free.take(6)).toEqual([[0, 6]]);
  });
});

describe('lanes of stretches', () => {
  it('go from one that ends to one that starts in the same instant', () => {
    const own = stretches([
      [0, 5, 1],
      [5, 1, 1],
      [2, 9, 1],
      [3, 0, 1],
    ]);
    expect(lanesOf(own, 2)).toEqual({
      fits: true,
      taken: [
        [0, 0, 1],
        [1, 1, 2],
        [3, 0, 1],
      ],
    });
    expect(mostAtOnce(own)).toBe(2);
  });

  it('do not overlap, hold the whole width, and suffice exactly where as much is held at once', () => {
    const one = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (list) => {
        const own = stretches(list);
        const held = (time: number): number =>
          own.widths.reduce((sum, width, i) => sum + (own.starts[i]! <= time && time < own.ends[i]! ? width : 0), 0);
        const most = Math.max(...own.starts.map(held));
        expect(lanesOf(own, most - 1).fits).toBe(false);
        const { fits, taken } = lanesOf(own, most);
        expect(fits).toBe(true);
        for (const row of own.rows) {
          const width = taken.filter(([other]) => other === row).reduce((sum, [, from, to]) => sum + to - from, 0);
          expect(width).toBe(own.widths[row]);
        }
        for (const [i, [a, from, to]] of taken.entries()) {
          for (const [b, otherFrom, otherTo] of taken.slice(i + 1)) {
            const together = own.starts[a]! < own.ends[b]! && own.starts[b]! < own.ends[a]!;
            expect(together && from < otherTo && otherFrom < to).toBe(false);
          }
        }
      }),
    );
  });
});
