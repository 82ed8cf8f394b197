import { expect, it } from 'vitest';
import { firstFit } from '../../../../src/allocators/placement/first-fit.ts';
import { NONE } from '../../../../src/base/ids.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

it('gives the lowest node number where the task fits', () => {
  const world = new PlacementWorld([{ count: 3, capacity: [10, 10] }]);
  const placement = firstFit.create(world.cluster, () => 0);
  world.run([6, 1], 0);
  world.run([1, 6], 1);
  expect(placement.find(world.task([4, 9]))).toBe(0);
  expect(placement.find(world.task([9, 4]))).toBe(1);
  expect(placement.find(world.task([5, 5]))).toBe(2);
  expect(placement.find(world.task([11, 0]))).toBe(NONE);
});
