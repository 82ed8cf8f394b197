import { expect, it } from 'vitest';
import { worstFit } from '../../../../src/allocators/placement/worst-fit.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

it('takes the node with the largest sum of free / capacity, the lowest number among equals', () => {
  const world = new PlacementWorld([{ count: 4, capacity: [10, 100] }]);
  const placement = worstFit.create(world.cluster, () => 0);
  world.run([5, 10], 0); // 0.5 + 0.9 = 1.4 free
  world.run([4, 40], 1); // 0.6 + 0.6 = 1.2 free
  world.run([1, 50], 2); // 0.9 + 0.5 = 1.4 free
  world.run([9, 0], 3); // 0.1 + 1.0 = 1.1 free
  expect(placement.find(world.task([1, 1]))).toBe(0);
  expect(placement.find(world.task([6, 20]))).toBe(2);
  expect(placement.find(world.task([1, 95]))).toBe(3);
});

it('compares nodes of different capacities by what the task leaves', () => {
  // Both are empty (1 free each): the task leaves 0.5 of the small node and 0.9 of the large one.
  const world = new PlacementWorld([
    { count: 1, capacity: [10] },
    { count: 1, capacity: [50] },
  ]);
  expect(worstFit.create(world.cluster, () => 0).find(world.task([5]))).toBe(1);
});
