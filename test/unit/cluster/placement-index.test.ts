import { describe, expect, it } from 'vitest';
import { NONE, type NodeId, type TaskId } from '../../../src/base/ids.ts';
import { below, openStream } from '../../../src/base/random.ts';
import { type NodeOrder, PlacementIndex } from '../../../src/cluster/placement-index.ts';
import type { ClusterView } from '../../../src/cluster/view.ts';
import { PlacementWorld } from '../../support/placement-world.ts';

/** Least of the first resource free comes first; between classes, least left. */
const byFirst = (view: ClusterView): NodeOrder => ({
  key: (node) => view.free(node, 0),
  after: (task, node) => view.free(node, 0) - view.demand(task, 0),
  fullestFirst: true,
});

describe('PlacementIndex', () => {
  it('gives the first node in the order where the task fits', () => {
    const world = new PlacementWorld([{ count: 3, capacity: [10, 10] }]);
    const index = new PlacementIndex(world.cluster, byFirst(world.cluster));
    world.run([4, 0], 1);
    world.run([7, 0], 2);
    expect(index.first(world.task([3, 1]))).toBe(2);
    expect(index.first(world.task([4, 1]))).toBe(1);
    expect(index.first(world.task([7, 1]))).toBe(0);
    expect(index.first(world.task([11, 1]))).toBe(NONE);
  });

  it('gives the lowest node number among equals, in one class and between classes', () => {
    const world = new PlacementWorld([
      { count: 2, capacity: [10, 5] },
      { count: 2, capacity: [10, 10] },
    ]);
    const index = new PlacementIndex(world.cluster, byFirst(world.cluster));
    expect(index.first(world.task([1, 1]))).toBe(0);
    expect(index.first(world.task([1, 6]))).toBe(2);
  });

  it('compares the first nodes of different capacities by what decides between classes', () => {
    const world = new PlacementWorld([
      { count: 1, capacity: [10] },
      { count: 1, capacity: [12] },
    ]);
    const { cluster } = world;
    const largeFirst: NodeOrder = { ...byFirst(cluster), after: (_, node) => -cluster.capacity(node, 0) };
    expect(new PlacementIndex(cluster, largeFirst).first(world.task([1]))).toBe(1);
    expect(new PlacementIndex(cluster, byFirst(cluster)).first(world.task([1]))).toBe(0);
  });

  it('finds a task again that failed, once something has ended', () => {
    const world = new PlacementWorld([{ count: 2, capacity: [10] }]);
    const index = new PlacementIndex(world.cluster, byFirst(world.cluster));
    const first = world.run([8], 0);
    world.run([8], 1);
    const task = world.task([5]);
    expect(index.first(task)).toBe(NONE);
    expect(index.first(task)).toBe(NONE);
    world.end(first);
    expect(index.first(task)).toBe(0);
  });

  it('finds a task again that failed during a trial, once that is taken back', () => {
    const world = new PlacementWorld([{ count: 1, capacity: [10] }]);
    const index = new PlacementIndex(world.cluster, byFirst(world.cluster));
    const task = world.task([5]);
    world.cluster.trial.take(world.task([8]), 0);
    expect(index.first(task)).toBe(NONE);
    world.cluster.trial.rollback();
    expect(index.first(task)).toBe(0);
  });

  it('finds a task again that failed, once devices were given back, though as much of them is taken again', () => {
    const world = new PlacementWorld([{ count: 1, capacity: [2_000] }], [0]);
    const index = new PlacementIndex(world.cluster, byFirst(world.cluster));
    const shares = [world.run([600], 0), world.run([600], 0)]; // 400 and 400 left
    const task = world.task([500]);
    expect(index.first(task)).toBe(NONE);
    for (const share of shares) world.end(share);
    world.run([1_000], 0);
    world.run([200], 0); // 0 and 800 left
    expect(index.first(task)).toBe(0);
  });

  it('keeps its heaps in order through a long history', () => {
    const world = new PlacementWorld([{ count: 300, capacity: [1_000, 1_000] }]);
    const { cluster } = world;
    const random = openStream('1', 'history');
    const index = new PlacementIndex(cluster, byFirst(cluster));
    const running: TaskId[] = [];
    const wrong: NodeId[] = [];
    for (let step = 0; step < 6_000; step++) {
      if (running.length > 1_000) world.end(running.splice(below(random, running.length), 1)[0]!);
      const task = world.task([1 + below(random, 300), 1 + below(random, 300)]);
      const node = index.first(task);
      let best = NONE;
      for (let other = 0; other < 300; other++) {
        const less = best === NONE || cluster.free(other, 0) < cluster.free(best, 0);
        if (less && cluster.fits(task, other)) best = other;
      }
      if (node !== best) wrong.push(node);
      // Every other task goes to a node of no one's choice, so that the nodes are filled in many ways.
      const elsewhere = below(random, 300);
      const target = step % 2 === 0 && cluster.fits(task, elsewhere) ? elsewhere : best;
      if (target === NONE) continue;
      cluster.start(task, target);
      running.push(task);
    }
    expect(wrong).toEqual([]);
  });

  it('asks the nodes one by one no more once it knows the sizes that are demanded', () => {
    const world = new PlacementWorld([{ count: 1_000, capacity: [64, 64] }]);
    const { cluster } = world;
    const random = openStream('1', 'looks');
    for (let node = 0; node < 1_000; node++) world.run([below(random, 64), below(random, 64)], node);
    const index = new PlacementIndex(cluster, byFirst(cluster));
    let looks = 0;
    const { fits } = cluster;
    cluster.fits = (task, node) => {
      looks++;
      return fits.call(cluster, task, node);
    };
    const sizes = [
      [8, 48],
      [16, 32],
      [48, 8],
    ];
    const search = (times: number) => {
      looks = 0;
      for (let i = 0; i < times; i++) index.first(world.task(sizes[i % 3]!));
      return looks / times;
    };
    expect(search(3)).toBeGreaterThan(100);
    search(100);
    expect(search(100)).toBeLessThan(5);
  });
});
