import { describe, expect, it } from 'vitest';
import { FgdPlacement } from '../../../../src/allocators/fgd/fgd-placement.ts';
import { NONE } from '../../../../src/base/ids.ts';
import { fragmentOf } from '../../../../src/cluster/fragmentation.ts';
import { TaskMix } from '../../../../src/cluster/task-mix.ts';
import { TaskTally } from '../../../../src/cluster/task-tally.ts';
import { SmallCluster } from '../../../support/small-cluster.ts';

const exact = (less: number) => less;
const kind = (count: number, cpus: number, each: number, devices = 1) => ({
  count,
  each,
  devices,
  rest: [cpus],
  constraint: 0,
});

describe('the fragment of a node', () => {
  const mix = new TaskMix([kind(50, 4000, 300), kind(30, 4000, 1000, 2), kind(15, 16_000, 500), kind(5, 1000, 0, 0)]);
  const room = { devices: Float64Array.of(200, 1000, 1000, 500), rest: Float64Array.of(8000) };

  it('is the mean of what each kind cannot use: 0.5 x 200 + 0.3 x 700 + 0.15 x 2700 + 0.05 x 2700 = 850', () => {
    expect(fragmentOf(mix, room, [1, 1, 1, 1]) / mix.of).toBe(850);
  });

  it('is all that is idle to a kind that may not run there: 1000 - 0.5 x 200 more', () => {
    expect(fragmentOf(mix, room, [0, 1, 1, 1]) / mix.of).toBe(850 + 0.5 * (2700 - 200));
  });

  it('is nothing where nothing is idle', () => {
    expect(fragmentOf(mix, { devices: Float64Array.of(0, 0), rest: room.rest }, [0, 0, 0, 0])).toBe(0);
  });
});

describe('typical tasks', () => {
  it('are the most frequent that make up the part asked for, of equals the first', () => {
    const tally = new TaskTally(new SmallCluster([[1, 1]]).cluster.resources);
    for (const cpus of [1, 2, 2, 3, 3, 3, 4]) tally.add([cpus, 0], 0, 0);
    expect([...tally.typical(0.7).count]).toEqual([3, 2]);
    expect([...tally.typical(0.8).rest]).toEqual([3, 2, 1]);
    expect(tally.typical(1).kinds).toBe(4);
    expect(tally.typical(1, 2).kinds).toBe(2);
  });
});

describe('fgd', () => {
  it('takes a share where it hurts least: beside another share, not from a GPU that whole-GPU tasks want', () => {
    const small = new SmallCluster([[8, 2]]);
    const placement = new FgdPlacement(small.cluster, new TaskMix([kind(1, 1000, 1000)]), exact);
    small.cluster.start(small.task([1, 0.5]), 0, 1);
    const task = small.task([1, 0.5]);
    expect(placement.find(task)).toBe(0);
    expect(placement.device(task, 0)).toBe(1);
  });

  it('leaves the device with the least left alone where typical tasks can use just that', () => {
    // 0.3 and 0.6 are free. Where all tasks take 0.3, taking 0.3 of the 0.6 wastes nothing and so does taking the 0.3: the first.
    // Where all take 0.6, the 0.3 is lost already, and taking it wastes nothing more.
    const small = new SmallCluster([[8, 2]]);
    small.cluster.start(small.task([1, 0.4]), 0, 0);
    small.cluster.start(small.task([1, 0.7]), 0, 1);
    const device = (each: number) => {
      const placement = new FgdPlacement(small.cluster, new TaskMix([kind(1, 1000, each)]), exact);
      const task = small.task([1, 0.3]);
      return placement.device(task, placement.find(task));
    };
    expect(device(300)).toBe(0);
    expect(device(600)).toBe(1);
  });

  it('goes by the name of nodes among equals, as text', () => {
    const nodes = Array.from({ length: 11 }, () => [8, 1]);
    const small = new SmallCluster(nodes);
    const placement = new FgdPlacement(small.cluster, new TaskMix([kind(1, 1000, 1000)]), exact);
    const order: number[] = [];
    for (let i = 0; i < 4; i++) {
      const task = small.task([1, 1]);
      order.push(placement.find(task));
      small.cluster.start(task, order.at(-1)!);
    }
    expect(order).toEqual([0, 1, 10, 2]);
  });

  it('finds nothing where nothing fits', () => {
    const small = new SmallCluster([[8, 1]]);
    const placement = new FgdPlacement(small.cluster, new TaskMix([kind(1, 1000, 1000)]), exact);
    expect(placement.find(small.task([1, 2]))).toBe(NONE);
  });
});
