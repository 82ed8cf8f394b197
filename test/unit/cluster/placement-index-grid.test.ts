import { describe, expect, it } from 'vitest';
import { PlacementIndexGrid } from '../../../src/cluster/placement-index-grid.ts';
import { PlacementIndexThresholds } from '../../../src/cluster/placement-index-thresholds.ts';

/** A grid over two resources cut at 2 and 4, and at 10: three times two cells. */
function grid(fullestFirst: boolean): PlacementIndexGrid {
  const thresholds = new PlacementIndexThresholds(2, { each: 31, combinations: 1024 });
  thresholds.record(Float64Array.of(2, 10));
  thresholds.record(Float64Array.of(4, 0));
  thresholds.revise(Float64Array.of(0, 0));
  return new PlacementIndexGrid(thresholds, fullestFirst);
}

const bits = (word: number) =>
  Array.from({ length: 6 }, (_, cell) => cell).filter((cell) => (word & (1 << cell)) !== 0);

describe('PlacementIndexGrid', () => {
  it('numbers cells by their levels, the first resource fastest', () => {
    const cells = [
      [0, 0],
      [2, 9],
      [5, 0],
      [1, 10],
      [3, 99],
      [4, 10],
    ].map((free) => grid(true).cell(Float64Array.from(free), 0));
    expect(cells).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('numbers them the other way round where much free comes first', () => {
    expect(grid(false).cell(Float64Array.of(0, 0), 0)).toBe(5);
    expect(grid(false).cell(Float64Array.of(4, 10), 0)).toBe(0);
  });

  it('is sure of every cell that reaches a demand made of thresholds', () => {
    const two = grid(true);
    two.prepare(Float64Array.of(2, 10));
    expect(bits(two.sure[0]!)).toEqual([4, 5]);
    expect(two.anyUnsure).toBe(false);
  });

  it('is unsure of the cells in which a demand between thresholds lies', () => {
    const two = grid(true);
    two.prepare(Float64Array.of(3, 10));
    expect(bits(two.sure[0]!)).toEqual([5]);
    expect(two.anyUnsure).toBe(true);
    expect(bits(two.unsure[0]!)).toEqual([4]);
  });

  it('is sure of no cell when a demand is beyond all thresholds', () => {
    const two = grid(true);
    two.prepare(Float64Array.of(0, 11));
    expect(bits(two.sure[0]!)).toEqual([]);
    expect(bits(two.unsure[0]!)).toEqual([3, 4, 5]);
  });
});
