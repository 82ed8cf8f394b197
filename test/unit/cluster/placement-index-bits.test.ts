import { describe, expect, it } from 'vitest';
import { NONE } from '../../../src/base/ids.ts';
import { PlacementIndexBits } from '../../../src/cluster/placement-index-bits.ts';
import { PlacementWorld } from '../../support/placement-world.ts';

/** A cluster in which nodes 40, 41 and 170 have 6 free and all others 2. */
function crowded(count: number) {
  const world = new PlacementWorld([{ count, capacity: [8] }]);
  const index = new PlacementIndexBits(world.cluster);
  for (let node = 0; node < count; node++) world.run([[40, 41, 170].includes(node) ? 2 : 6], node);
  return { world, index };
}

describe('PlacementIndexBits', () => {
  it('gives the first node from a number on where the task fits, going round at the end', () => {
    const { world, index } = crowded(300);
    const task = world.task([5]);
    expect([0, 40, 41, 42, 170, 171, 299].map((from) => index.next(task, from))).toEqual([
      40, 40, 41, 170, 170, 40, 40,
    ]);
  });

  it('gives all nodes where the task fits in order of number', () => {
    const { world, index } = crowded(300);
    const into = new Int32Array(300);
    expect(index.all(world.task([5]), into)).toBe(3);
    expect([...into.slice(0, 3)]).toEqual([40, 41, 170]);
    expect(index.all(world.task([2]), into)).toBe(300);
    expect(index.all(world.task([7]), into)).toBe(0);
  });

  it('follows what starts, ends and is tried', () => {
    const { world, index } = crowded(300);
    const task = world.task([5]);
    world.cluster.trial.take(world.task([6]), 40);
    expect(index.next(task, 0)).toBe(41);
    world.cluster.trial.rollback();
    expect(index.next(task, 0)).toBe(40);
    const running = world.run([6], 40);
    expect(index.next(task, 0)).toBe(41);
    world.end(running);
    expect(index.next(task, 0)).toBe(40);
  });

  it('keeps to nodes that satisfy the constraint', () => {
    const world = new PlacementWorld([
      { count: 150, capacity: [8], attributes: { rack: 'a' } },
      { count: 150, capacity: [8], attributes: { rack: 'b' } },
    ]);
    const index = new PlacementIndexBits(world.cluster);
    expect(index.next(world.task([1], { rack: ['b'] }), 0)).toBe(150);
    expect(index.next(world.task([1], { rack: ['a'] }), 200)).toBe(0);
    expect(index.next(world.task([1], { rack: ['c'] }), 0)).toBe(NONE);
  });

  it('gives the same in a cluster so small that it looks at every node', () => {
    const { world, index } = crowded(42);
    const task = world.task([5]);
    expect([0, 41].map((from) => index.next(task, from))).toEqual([40, 41]);
    expect(index.next(world.task([7]), 0)).toBe(NONE);
  });
});
