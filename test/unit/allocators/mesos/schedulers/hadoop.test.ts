import { describe, expect, it } from 'vitest';
import { drawDistinct } from '../../../../../src/allocators/mesos/schedulers/draw-distinct.ts';
import { hadoop } from '../../../../../src/allocators/mesos/schedulers/hadoop.ts';
import { openStream } from '../../../../../src/base/random.ts';
import { FakeDriver } from '../../../../support/fake-driver.ts';

/** A Hadoop framework on four nodes; the data of its maps, in order of submission, lie on one of these nodes each. */
function located(nodes: readonly number[], options: Record<string, unknown> = {}): FakeDriver {
  let drawn = 0;
  const chance = () => nodes[drawn++]! / 4;
  return new FakeDriver(hadoop, { replicas: 1, 'map-slots': 0, ...options }, { chance });
}

describe('the order of a Hadoop framework', () => {
  it('gives each slot to the job with the fewest running maps, of equals the one submitted first', () => {
    const master = new FakeDriver(hadoop, { 'map-slots': 0 });
    master.job(3);
    master.offer([0, 2]);
    master.job(4);
    master.said();
    master.offer([1, 4]);
    expect(master.said()).toEqual(['run 1.0 on n1', 'run 1.1 on n1', 'run 0.2 on n1', 'run 1.2 on n1']);
  });

  it('keeps count over several offers of one call', () => {
    const master = new FakeDriver(hadoop, { 'map-slots': 1 });
    for (let job = 0; job < 3; job++) master.job(2);
    master.offer([0, 9], [1, 9], [2, 9], [3, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 1.0 on n1', 'run 2.0 on n2', 'run 0.1 on n3']);
  });

  it('is that of submission where asked for', () => {
    const master = new FakeDriver(hadoop, { order: 'fifo', 'map-slots': 0 });
    master.job(2);
    master.job(2);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 1.0 on n0']);
    master.end(0, 0, 'lost');
    master.offer([0, 1]);
    // It has one running, and so has the other.
    master.end(0, 0, 'lost');
    master.end(1, 0);
    master.said();
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0']);
  });

  it('passes over a job whose next map does not fit', () => {
    const master = new FakeDriver(hadoop, { order: 'fifo' });
    master.job([[8, 1]]);
    master.job(1);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['run 1.0 on n0']);
  });

  it('starts a gang before all maps, and outside of their slots', () => {
    const master = new FakeDriver(hadoop, { 'map-slots': 1 });
    master.job(1);
    master.job(2, { gang: true });
    master.offer([0, 2], [1, 2]);
    expect(master.said()).toEqual(['run 1.0 on n0', 'run 1.1 on n0', 'run 0.0 on n1']);
    master.end(1, 0);
    master.end(1, 1);
    master.job(2);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 2.0 on n0']);
  });
});

describe('the slots of a Hadoop framework', () => {
  it('are two maps a node, whatever is offered, until one has ended', () => {
    const master = new FakeDriver(hadoop);
    master.job(4);
    master.offer([0, 9]);
    master.offer([0, 7]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'decline n0']);
    master.end(0, 0);
    master.offer([0, 8]);
    expect(master.said()).toEqual(['run 0.2 on n0']);
  });

  it('are others for reduces, which take theirs after the maps', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.5, slowstart: 0 });
    master.job(6);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 0.3 on n0']);
  });

  it('are free again when a task was lost, which is next before those behind it', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.4, slowstart: 0 });
    master.job(5);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 0.3 on n0']);
    master.end(0, 0, 'lost');
    master.end(0, 3, 'killed');
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.3 on n0']);
  });
});

describe('the reduces of a Hadoop job', () => {
  it('are its last tasks, and start when all maps have finished', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.25 });
    master.job(4);
    master.offer([0, 9], [1, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 0.2 on n1']);
    master.end(0, 0);
    master.end(0, 1);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['decline n0']);
    master.end(0, 2);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.3 on n0']);
  });

  it('start once the part of the maps that is asked for has finished', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.2, slowstart: 0.25, 'map-slots': 0 });
    // 8 maps, 2 reduces; a quarter of 8 is 2.
    master.job(10);
    master.offer([0, 8]);
    master.end(0, 5);
    master.said();
    master.offer([0, 1]);
    expect(master.said()).toEqual(['decline n0']);
    master.end(0, 6);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 0.8 on n0']);
  });

  it('go to the job with the fewest running reduces, whatever its maps', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.5, slowstart: 0, 'reduce-slots': 2, 'map-slots': 1 });
    master.job(2);
    master.job(4);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 1.2 on n0']);
  });

  it('are rounded to whole tasks: none of one, one of two, where the share is a quarter', () => {
    const master = new FakeDriver(hadoop, { 'reduce-share': 0.25, 'reduce-slots': 0, 'map-slots': 0 });
    master.job(1);
    master.job(2);
    master.offer([0, 9]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 1.0 on n0']);
  });
});

describe('delay scheduling', () => {
  it('starts the maps that have their data on the node before those that come first', () => {
    const master = located([3, 2, 3, 2]);
    master.job(4);
    master.offer([2, 9]);
    expect(master.said()).toEqual(['run 0.1 on n2', 'run 0.3 on n2', 'run 0.0 on n2', 'run 0.2 on n2']);
    expect(master.counted).toEqual({ local: 2, remote: 2 });
  });

  it('passes over a job without data on the node, and lets the next start there', () => {
    const master = located([3, 1], { delay: '10s' });
    master.job(1);
    master.job(1);
    master.offer([1, 9]);
    expect(master.said().slice(0, 1)).toEqual(['run 1.0 on n1']);
  });

  it('lets a job start anywhere when it has waited long enough, and no sooner', () => {
    const master = located([3], { delay: '4s' });
    master.job(1);
    master.until(2);
    master.offer([0, 1]);
    master.until(5.999999);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['decline n0 for 4 s', 'decline n0 for 0.000001 s']);
    master.until(6);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0']);
    expect(master.counted).toEqual({ local: 0, remote: 1 });
  });

  it('refuses a node no longer than a job still waits, nor longer than it is used to', () => {
    const master = located([3, 3], { delay: '8s' });
    master.job(1);
    master.offer([0, 1]);
    master.until(6);
    master.job(1);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['decline n0', 'decline n0 for 2 s']);
  });

  it('refuses the rest of a node that it uses likewise', () => {
    const master = located([3, 0], { delay: '2s' });
    master.job(2);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['run 0.1 on n0', 'refuse rest of n0 for 2 s']);
  });

  it('does not wait again after a start far from the data', () => {
    const master = located([3, 3, 3], { delay: '4s' });
    master.job(3);
    master.offer([0, 1]);
    master.until(4);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['decline n0 for 4 s', 'run 0.0 on n0', 'run 0.1 on n0']);
  });

  it('waits anew after a start beside the data', () => {
    const master = located([3, 3, 3], { delay: '4s' });
    master.job(3);
    master.offer([0, 1]);
    master.until(4);
    master.offer([3, 1], [0, 1]);
    expect(master.said()).toEqual(['decline n0 for 4 s', 'run 0.0 on n3', 'decline n0 for 4 s']);
    master.until(8);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 0.1 on n0']);
  });

  it('does not begin a wait with an offer that has no room for the map', () => {
    const master = located([3], { delay: '4s' });
    master.job([[2, 1]]);
    master.offer([0, 1]);
    master.until(4);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['decline n0', 'decline n0 for 4 s']);
  });

  it('runs a map far from its data slower, and one beside it not', () => {
    const master = located([3, 0], { 'remote-speed': 0.5 });
    master.job(2);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['run 0.1 on n0', 'run 0.0 on n0 at 0.5']);
  });

  it('finds the data of a lost map again', () => {
    const master = located([3, 2, 2], { delay: '9s' });
    master.job(3);
    master.offer([2, 2]);
    master.end(0, 1, 'lost');
    master.said();
    master.offer([2, 1]);
    expect(master.said()).toEqual(['run 0.1 on n2']);
    expect(master.counted).toEqual({ local: 3, remote: 0 });
  });

  it('counts nothing and waits for nothing where data lie nowhere in particular', () => {
    const master = new FakeDriver(hadoop, { delay: '9s', 'remote-speed': 0.5 });
    master.job(1);
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0']);
    expect(master.counted).toEqual({ local: 0, remote: 0 });
  });

  it('has the data of each map on so many distinct nodes, each set equally often', () => {
    const random = openStream('1', 'test');
    const times = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const key = drawDistinct(random, 3, 5).sort().join();
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    // Ten sets, a thousand each: the standard deviation is 30.
    expect(times.size).toBe(10);
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    expect([...times.keys()].every((key) => new Set(key.split(',')).size === 3)).toBe(true);
    expect(drawDistinct(random, 3, 2).sort()).toEqual([0, 1]);
  });
});
