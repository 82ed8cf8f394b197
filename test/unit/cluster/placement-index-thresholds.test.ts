import { describe, expect, it } from 'vitest';
import { PlacementIndexThresholds } from '../../../src/cluster/placement-index-thresholds.ts';

/** Thresholds learned from these demands, on nodes that have nothing free: every resource that is demanded is scarce. */
function learned(demands: readonly (readonly number[])[], limits = { each: 31, combinations: 1024 }) {
  const resources = demands[0]!.length;
  const thresholds = new PlacementIndexThresholds(resources, limits);
  for (const demand of demands) thresholds.record(Float64Array.from(demand));
  thresholds.revise(new Float64Array(resources));
  return thresholds;
}

describe('PlacementIndexThresholds', () => {
  it('puts every amount on level 0 before it has seen a demand', () => {
    const thresholds = new PlacementIndexThresholds(1, { each: 4, combinations: 8 });
    expect(thresholds.level(0, 1e12)).toBe(0);
    expect(thresholds.isSure(0, 5, 0)).toBe(false);
    expect(thresholds.isSure(0, 0, 0)).toBe(true);
  });

  it('cuts at each size demanded: a level is the number of sizes reached', () => {
    const thresholds = learned([[4], [1], [2]]);
    expect([0, 1, 1.5, 2, 3, 4, 100].map((amount) => thresholds.level(0, amount))).toEqual([0, 1, 1, 2, 2, 3, 3]);
  });

  it('is sure of a demand that is a threshold, and of none between two', () => {
    const thresholds = learned([[1], [2], [4]]);
    expect(thresholds.isSure(0, 2, thresholds.level(0, 2))).toBe(true);
    expect(thresholds.isSure(0, 3, thresholds.level(0, 3))).toBe(false);
  });

  it('takes quantiles when there are more sizes than thresholds', () => {
    const thresholds = learned(
      Array.from({ length: 100 }, (_, i) => [i + 1]),
      { each: 4, combinations: 1024 },
    );
    expect(thresholds.count(0)).toBe(4);
    expect([12, 13, 38, 63, 88].map((amount) => thresholds.level(0, amount))).toEqual([0, 1, 2, 3, 4]);
  });

  it('counts a size that follows itself once, however often', () => {
    const demands = [...Array.from({ length: 400 }, () => [5]), [1], [2], [3]];
    const thresholds = learned(demands, { each: 2, combinations: 1024 });
    expect(thresholds.count(0)).toBe(2);
    expect(thresholds.isSure(0, 2, thresholds.level(0, 2))).toBe(true);
  });

  it('keeps the number of combinations', () => {
    const demands = Array.from({ length: 60 }, (_, i) => [i + 1, i + 1, i + 1]);
    const thresholds = learned(demands, { each: 31, combinations: 64 });
    expect([0, 1, 2].map((r) => thresholds.count(r) + 1)).toEqual([4, 4, 4]);
  });

  it('cuts nothing where nothing is scarce', () => {
    const thresholds = new PlacementIndexThresholds(2, { each: 31, combinations: 1024 });
    for (let i = 1; i <= 9; i++) thresholds.record(Float64Array.of(i, i));
    thresholds.revise(Float64Array.of(0, 9));
    expect(thresholds.count(0)).toBe(9);
    expect(thresholds.count(1)).toBe(0);
  });

  it('says whether a revision changed anything', () => {
    const thresholds = learned([[1], [2]]);
    expect(thresholds.revise(Float64Array.of(0))).toBe(false);
    thresholds.record(Float64Array.of(3));
    expect(thresholds.revise(Float64Array.of(0))).toBe(true);
  });
});
