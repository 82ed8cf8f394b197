import { expect, it } from 'vitest';
import { roundRobin } from '../../../../src/allocators/placement/round-robin.ts';
import { NONE } from '../../../../src/base/ids.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

it('goes round the nodes from the one after the last placement', () => {
  const world = new PlacementWorld([{ count: 3, capacity: [10] }]);
  const placement = roundRobin.create(world.cluster, () => 0);
  const visited = [4, 4, 4, 4, 7, 6].map((demand) => {
    const task = world.task([demand]);
    const node = placement.find(task);
    if (node === NONE) return node;
    world.cluster.start(task, node);
    placement.placed!(node);
    return node;
  });
  // After four tasks of 4 there are 2, 6 and 6 left: 7 fits nowhere and leaves the turn at node 1.
  expect(visited).toEqual([0, 1, 2, 0, NONE, 1]);
});

it('stays where it is while nothing is placed', () => {
  const world = new PlacementWorld([{ count: 3, capacity: [10] }]);
  const placement = roundRobin.create(world.cluster, () => 0);
  expect([1, 1, 1].map((demand) => placement.find(world.task([demand])))).toEqual([0, 0, 0]);
});
