import { describe, expect, it } from 'vitest';
import { chooseDevices, devicesFit } from '../../../src/cluster/devices.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

/** Devices of 1000 steps each. */
const choose = (free: readonly number[], demand: number, first = 0, end = free.length) =>
  chooseDevices(Float64Array.from(free), first, end, demand, 1000);

describe('choosing devices', () => {
  it('gives a share to the device with the least left that still has it', () => {
    expect(choose([1000, 500, 300, 600], 400)).toEqual([1]);
  });

  it('gives a share to the first of equals', () => {
    expect(choose([1000, 500, 500], 400)).toEqual([1]);
  });

  it('gives a share that is exactly what a device has left', () => {
    expect(choose([500, 400], 400)).toEqual([1]);
  });

  it('does not put a share together from two devices', () => {
    expect(choose([300, 300], 400)).toBeNull();
  });

  it('gives the first idle devices to a demand for whole ones', () => {
    expect(choose([999, 1000, 1000, 1000], 2000)).toEqual([1, 2]);
  });

  it('gives a whole device only where one is idle', () => {
    expect(choose([999, 999], 1000)).toBeNull();
    expect(choose([999, 1000], 1000)).toEqual([1]);
  });

  it('gives nothing when there are fewer idle devices than asked for', () => {
    expect(choose([1000, 1000, 1], 3000)).toBeNull();
  });

  it('looks at the devices of one node alone', () => {
    expect(choose([1000, 1000, 200, 700, 1000], 300, 2, 4)).toEqual([3]);
    expect(choose([1000, 1000, 200, 700, 1000], 1000, 2, 4)).toBeNull();
  });

  it('says that devices fit exactly when some can be chosen', () => {
    const levels = [0, 300, 500, 1000];
    for (const a of levels) {
      for (const b of levels) {
        for (const demand of [100, 300, 400, 500, 999, 1000, 2000, 3000]) {
          const free = Float64Array.of(a, b);
          const chosen = chooseDevices(free, 0, 2, demand, 1000);
          expect([a, b, demand, devicesFit(free, 0, 2, demand, 1000)]).toEqual([a, b, demand, chosen !== null]);
        }
      }
    }
  });
});

describe('a node with two devices', () => {
  it('has 0.8 of a gpu free and yet no room for 0.5 when 0.6 is taken of each', () => {
    const small = new SmallCluster([[8, 2]]);
    small.run([1, 0.6], 0);
    small.run([1, 0.6], 0);
    expect(small.cluster.free(0, 1)).toBe(800);
    expect(small.cluster.fits(small.task([1, 0.5]), 0)).toBe(false);
    expect(small.cluster.fits(small.task([1, 0.4]), 0)).toBe(true);
  });

  it('keeps a device whole by packing shares', () => {
    const small = new SmallCluster([[8, 2]]);
    small.run([1, 0.5], 0);
    small.run([1, 0.5], 0);
    expect(small.cluster.fits(small.task([1, 1]), 0)).toBe(true);
  });

  it('gives each task back the device that it held, not another', () => {
    const small = new SmallCluster([[8, 2]]);
    const first = small.run([1, 0.6], 0);
    small.run([1, 0.7], 0);
    const third = small.run([1, 0.4], 0);
    // Device 0 has 0.6 and 0.4, device 1 has 0.7. Without the first, 0.6 is free on device 0.
    small.end(first);
    expect(small.cluster.fits(small.task([1, 0.6]), 0)).toBe(true);
    expect(small.cluster.fits(small.task([1, 1]), 0)).toBe(false);
    small.end(third);
    expect(small.cluster.fits(small.task([1, 1]), 0)).toBe(true);
    expect(small.cluster.fits(small.task([1, 2]), 0)).toBe(false);
  });

  it('still needs its other resources', () => {
    const small = new SmallCluster([[1, 2]]);
    expect(small.cluster.fits(small.task([2, 1]), 0)).toBe(false);
    expect(small.cluster.fits(small.task([1, 1]), 0)).toBe(true);
  });
});

describe('nodes with devices beside nodes without', () => {
  it('do not share devices', () => {
    const small = new SmallCluster([
      [4, 1],
      [4, 0],
      [4, 2],
    ]);
    const two = small.task([1, 2]);
    expect([0, 1, 2].map((node) => small.cluster.fits(two, node))).toEqual([false, false, true]);
    small.run([1, 1], 2);
    expect([0, 1, 2].map((node) => small.cluster.fits(two, node))).toEqual([false, false, false]);
    const one = small.task([1, 1]);
    expect([0, 1, 2].map((node) => small.cluster.fits(one, node))).toEqual([true, false, true]);
  });

  it('take tasks without a demand for devices anywhere', () => {
    const small = new SmallCluster([[4, 0]]);
    expect(small.cluster.fits(small.task([4, 0]), 0)).toBe(true);
  });
});
