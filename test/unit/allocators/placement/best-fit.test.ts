import { describe, expect, it } from 'vitest';
import { bestFit } from '../../../../src/allocators/placement/best-fit.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

describe('best-fit', () => {
  it('takes the node with the smallest sum of free / capacity', () => {
    const world = new PlacementWorld([{ count: 3, capacity: [10, 100] }]);
    const placement = bestFit.create(world.cluster, () => 0);
    world.run([5, 10], 0); // 0.5 + 0.9 = 1.4 free
    world.run([4, 40], 1); // 0.6 + 0.6 = 1.2 free
    world.run([1, 60], 2); // 0.9 + 0.4 = 1.3 free
    expect(placement.find(world.task([2, 20]))).toBe(1);
    expect(placement.find(world.task([7, 20]))).toBe(2);
    expect(placement.find(world.task([5, 70]))).toBe(0);
  });

  it('gives equals to the lowest node number', () => {
    const world = new PlacementWorld([{ count: 3, capacity: [10, 100] }]);
    const placement = bestFit.create(world.cluster, () => 0);
    world.run([5, 0], 1);
    world.run([5, 0], 2);
    expect(placement.find(world.task([1, 1]))).toBe(1);
  });

  it('compares nodes of different capacities by what the task leaves', () => {
    // The large node has 1 + 0.25 free, the task takes 0.1 + 0.2: 0.95 left. The small one has 1.2, 0.5 + 0.2: 0.5 left.
    const world = new PlacementWorld([
      { count: 1, capacity: [50, 100] },
      { count: 1, capacity: [10, 100] },
    ]);
    const placement = bestFit.create(world.cluster, () => 0);
    world.run([0, 75], 0);
    world.run([0, 80], 1);
    expect(placement.find(world.task([5, 20]))).toBe(1);
  });

  it('leaves resources out that a node has none of', () => {
    // Both nodes would keep 0.9 of the first resource; the second one also its only device.
    const world = new PlacementWorld([
      { count: 1, capacity: [10, 1_000] },
      { count: 1, capacity: [10, 0] },
    ]);
    const placement = bestFit.create(world.cluster, () => 0);
    expect(placement.find(world.task([1, 0]))).toBe(1);
    expect(placement.find(world.task([1, 1_000]))).toBe(0);
  });

  it('passes over a node whose devices are free in shares alone', () => {
    const world = new PlacementWorld([{ count: 2, capacity: [10, 2_000] }], [1]);
    const placement = bestFit.create(world.cluster, () => 0);
    world.run([9, 600], 0);
    world.run([0, 600], 0); // node 0: 400 left on each device, 800 in all
    expect(placement.find(world.task([1, 400]))).toBe(0);
    expect(placement.find(world.task([1, 500]))).toBe(1);
  });
});
