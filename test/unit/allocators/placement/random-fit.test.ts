import { describe, expect, it } from 'vitest';
import { randomFit } from '../../../../src/allocators/placement/random-fit.ts';
import { NONE } from '../../../../src/base/ids.ts';
import { openStream } from '../../../../src/base/random.ts';
import { PlacementWorld } from '../../../support/placement-world.ts';

/** Ten nodes of 10; those listed have all of it free, the others nothing. */
function withFree(...nodes: number[]): PlacementWorld {
  const world = new PlacementWorld([{ count: 10, capacity: [10] }]);
  for (let node = 0; node < 10; node++) if (!nodes.includes(node)) world.run([10], node);
  return world;
}

/** Gives these numbers one after the other and counts them. */
function scripted(numbers: readonly number[]) {
  let drawn = 0;
  return { draw: () => numbers[drawn++]!, drawn: () => drawn };
}

describe('random-fit', () => {
  it('takes the first node drawn where the task fits', () => {
    const world = withFree(4, 7);
    const random = scripted([0.15, 0.99, 0.71, 0.42]);
    expect(randomFit.create(world.cluster, random.draw).find(world.task([5]))).toBe(7);
    expect(random.drawn()).toBe(3);
  });

  it('draws a ninth number among the nodes that fit when eight nodes did not', () => {
    const world = withFree(2, 5, 8);
    const random = scripted([0, 0, 0, 0, 0, 0, 0, 0, 0.7]);
    // floor(0.7 x 3) = 2: the third of nodes 2, 5 and 8.
    expect(randomFit.create(world.cluster, random.draw).find(world.task([5]))).toBe(8);
    expect(random.drawn()).toBe(9);
  });

  it('uses no number up in a search that finds nothing', () => {
    const world = withFree(4, 7);
    const placement = randomFit.create(world.cluster, scripted([0.71, 0, 0, 0, 0, 0, 0, 0, 0.45]).draw);
    for (let i = 0; i < 3; i++) expect(placement.find(world.task([11]))).toBe(NONE);
    expect(placement.find(world.task([5]))).toBe(7);
    expect(placement.find(world.task([5]))).toBe(4);
  });

  it('takes each node that fits equally often', () => {
    const world = withFree(1, 2, 6, 9);
    const placement = randomFit.create(world.cluster, openStream('1', 'uniform'));
    const task = world.task([5]);
    const times = new Map<number, number>();
    for (let i = 0; i < 40_000; i++) {
      const node = placement.find(task);
      times.set(node, (times.get(node) ?? 0) + 1);
    }
    // 10,000 each, give or take five standard deviations of sqrt(40,000 x 1/4 x 3/4) = 87.
    expect([...times.keys()].sort()).toEqual([1, 2, 6, 9]);
    for (const count of times.values()) expect(Math.abs(count - 10_000)).toBeLessThan(433);
  });
});
