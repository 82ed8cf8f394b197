import { describe, expect, it } from 'vitest';
import { AllocatorError } from '../../../src/base/errors.ts';
import { NEVER, type Time } from '../../../src/base/time.ts';
import { FluidTasks } from '../../../src/simulation/fluid-tasks.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

/** Fluid tasks on one node of so many cpus; `ends` and `rates` are what they told. */
class Pool {
  readonly small: SmallCluster;
  readonly fluid: FluidTasks;
  readonly rates: [task: number, share: number][] = [];
  readonly ends: [time: Time, task: number][] = [];
  due: Time = NEVER;

  constructor(cpus: number) {
    this.small = new SmallCluster([[cpus, 0]]);
    this.fluid = new FluidTasks('test', this.cluster, {
      rated: (task, share) => this.rates.push([task, share]),
      held: () => {},
      end: (task) => {
        this.cluster.end(task);
        this.ends.push([this.cluster.now, task]);
      },
      wakeAt: (time) => {
        this.due = time;
      },
    });
  }

  get cluster() {
    return this.small.cluster;
  }

  /** Starts a task of so many cpus and microseconds at a share. */
  start(cpus: number, work: Time, share: number): number {
    const task = this.small.task([cpus, 0]);
    this.cluster.startFluid(task, 0);
    this.fluid.add(task, work, share);
    return task;
  }

  /** Moves the clock to when the next end is due. */
  goOn(): void {
    this.cluster.now = this.due;
    this.fluid.finish();
    this.fluid.settle();
  }
}

describe('fluid tasks', () => {
  it('hold nothing until the end of the pass, then the whole steps that are theirs: thirds of a cpu are all of it', () => {
    const pool = new Pool(1);
    for (let n = 0; n < 3; n++) pool.start(1, 300, 1 / 3);
    expect(pool.cluster.free(0, 0)).toBe(1000);
    pool.fluid.settle();
    expect(pool.cluster.free(0, 0)).toBe(0);
    expect(pool.cluster.totalFree(0)).toBe(0);
    expect(pool.cluster.frameworkUsed(0, 0)).toBe(1000);
    expect(pool.rates).toEqual([0, 1, 2].map((task) => [task, 1 / 3]));
  });

  it.each([1, 2, 3, 7, 11, 13, 1000, 1024, 3000])(
    '%d at equal shares hold exactly what there is, and end at once',
    (n) => {
      const pool = new Pool(1);
      for (let i = 0; i < n; i++) pool.start(1, 700, 1 / n);
      pool.fluid.settle();
      expect(pool.cluster.free(0, 0)).toBe(0);
      expect(pool.due).toBe(700 * n);
      pool.goOn();
      expect(pool.ends).toHaveLength(n);
      expect(pool.cluster.free(0, 0)).toBe(1000);
      expect(pool.cluster.frameworkUsed(0, 0)).toBe(0);
      expect(pool.due).toBe(NEVER);
    },
  );

  it('end in the microsecond after their work is done', () => {
    const pool = new Pool(1);
    pool.start(1, 10, 0.75);
    pool.fluid.settle();
    // 10 / 0.75 = 13.33.
    expect(pool.due).toBe(14);
  });

  it('keep what was done before their share changed', () => {
    const pool = new Pool(2);
    const task = pool.start(1, 100, 1);
    pool.fluid.settle();
    pool.cluster.now = 40;
    pool.fluid.setShare(task, 0.25);
    pool.fluid.settle();
    expect(pool.cluster.free(0, 0)).toBe(1750);
    // 60 us of work are left.
    expect(pool.due).toBe(40 + 240);
    pool.goOn();
    expect(pool.ends).toEqual([[280, task]]);
  });

  it('with a share of nothing hold nothing and stand still', () => {
    const pool = new Pool(1);
    const task = pool.start(1, 50, 0);
    pool.fluid.settle();
    expect(pool.due).toBe(NEVER);
    expect(pool.cluster.free(0, 0)).toBe(1000);
    expect(pool.rates).toEqual([[task, 0]]);
    pool.cluster.now = 1000;
    pool.fluid.setShare(task, 1);
    pool.fluid.settle();
    expect(pool.due).toBe(1050);
  });

  it('without work end at the instant of their start, even with a share of nothing', () => {
    const pool = new Pool(1);
    const task = pool.start(1, 0, 0);
    pool.fluid.settle();
    expect(pool.due).toBe(0);
    pool.goOn();
    expect(pool.ends).toEqual([[0, task]]);
  });

  it('end in the right microsecond though their shares are no exact numbers', () => {
    const pool = new Pool(1);
    const tasks = [1, 2, 3].map((n) => pool.start(1, n * 1_000_000_007, 1 / 3));
    pool.fluid.settle();
    pool.goOn();
    for (const task of tasks.slice(1)) pool.fluid.setShare(task, 0.5);
    pool.fluid.settle();
    pool.goOn();
    pool.fluid.setShare(tasks[2]!, 1);
    pool.fluid.settle();
    pool.goOn();
    expect(pool.ends.map(([time]) => time)).toEqual([3, 5, 6].map((n) => n * 1_000_000_007));
  });

  it('at very small shares end neither early nor never', () => {
    const pool = new Pool(1);
    for (const parts of [1_024, 2_048, 4_096, 1_000_000]) {
      const from = pool.cluster.now;
      pool.start(1, 3, 1 / parts);
      pool.fluid.settle();
      expect(pool.due).toBe(from + 3 * parts);
      pool.goOn();
      expect(pool.ends.at(-1)![0]).toBe(from + 3 * parts);
    }
  });

  it('are refused when their shares come to more than there is, by less than a step', () => {
    const pool = new Pool(1);
    pool.start(1, 50, 0.5);
    pool.start(1, 50, 0.5001);
    expect(() => pool.fluid.settle()).toThrow(AllocatorError);
  });

  it('are refused what a whole task holds', () => {
    const pool = new Pool(2);
    pool.small.run([1, 0], 0);
    const task = pool.start(2, 50, 0.5);
    pool.fluid.settle();
    expect(pool.cluster.free(0, 0)).toBe(0);
    pool.fluid.setShare(task, 0.6);
    expect(() => pool.fluid.settle()).toThrow('the shares of the tasks on node n0 come to 1200 of 1000 cpus');
  });

  it('change places without holding too much in between', () => {
    const pool = new Pool(1);
    const [first, second] = [pool.start(1, 500, 1), pool.start(1, 500, 0)];
    pool.fluid.settle();
    let least = Number.POSITIVE_INFINITY;
    pool.cluster.watchFree({
      onFreeChanged: (node) => {
        least = Math.min(least, pool.cluster.free(node, 0));
      },
    });
    for (const [one, other] of [
      [0, 1],
      [1, 0],
      [0.3, 0.7],
    ] as const) {
      pool.fluid.setShare(first, one);
      pool.fluid.setShare(second, other);
      pool.fluid.settle();
      expect(pool.cluster.free(0, 0)).toBe(0);
    }
    expect(least).toBe(0);
  });

  it('are not told a share that is what it was', () => {
    const pool = new Pool(1);
    const task = pool.start(1, 500, 0.5);
    pool.fluid.settle();
    pool.fluid.setShare(task, 0.25);
    pool.fluid.setShare(task, 0.5);
    pool.fluid.settle();
    expect(pool.rates).toEqual([[task, 0.5]]);
  });
});
