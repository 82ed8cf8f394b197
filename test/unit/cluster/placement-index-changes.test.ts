import { describe, expect, it } from 'vitest';
import { PlacementIndexChanges } from '../../../src/cluster/placement-index-changes.ts';
import { PlacementWorld } from '../../support/placement-world.ts';

function watched() {
  const world = new PlacementWorld([{ count: 4, capacity: [8, 8] }]);
  const changes = new PlacementIndexChanges(world.cluster);
  world.cluster.watchFree(changes);
  return { world, changes };
}

describe('PlacementIndexChanges', () => {
  it('gives each node that changed once, and its new amounts', () => {
    const { world, changes } = watched();
    world.run([1, 2], 3);
    world.run([1, 2], 1);
    world.run([1, 2], 3);
    expect(changes.take()).toBe(2);
    expect([...changes.nodes.slice(0, 2)]).toEqual([3, 1]);
    expect([...changes.rows]).toEqual([8, 8, 7, 6, 8, 8, 6, 4]);
    expect(changes.take()).toBe(0);
  });

  it('leaves out a node that is again as it was', () => {
    const { world, changes } = watched();
    world.end(world.run([1, 2], 2));
    expect(changes.take()).toBe(0);
  });

  it('notices that something came back, though it was only tried', () => {
    const { world, changes } = watched();
    world.cluster.trial.take(world.task([1, 2]), 0);
    changes.take();
    expect(changes.returns).toBe(0);
    world.cluster.trial.rollback();
    changes.take();
    expect(changes.returns).toBe(1);
  });
});
