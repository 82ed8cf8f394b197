import { describe, expect, it } from 'vitest';
import { decline } from '../../../../../src/allocators/mesos/schedulers/decline.ts';
import { fair } from '../../../../../src/allocators/mesos/schedulers/fair.ts';
import { fifoScheduler } from '../../../../../src/allocators/mesos/schedulers/fifo.ts';
import { greedy } from '../../../../../src/allocators/mesos/schedulers/greedy.ts';
import { FakeDriver } from '../../../../support/fake-driver.ts';

describe('a greedy framework', () => {
  it('launches in order of submission, then of position', () => {
    const master = new FakeDriver(greedy);
    master.job(2);
    master.job(2);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 1.0 on n0']);
  });

  it('passes over a job whose next task does not fit', () => {
    const master = new FakeDriver(greedy);
    master.job([[4, 1]]);
    master.job(1);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['run 1.0 on n0']);
  });

  it('declines what it has no task for', () => {
    const master = new FakeDriver(greedy);
    master.offer([0, 3], [1, 3]);
    expect(master.said()).toEqual(['decline n0', 'decline n1']);
  });

  it('fills the offers in the order in which they come', () => {
    const master = new FakeDriver(greedy);
    master.job(3);
    master.offer([2, 2], [1, 2]);
    expect(master.said()).toEqual(['run 0.0 on n2', 'run 0.1 on n2', 'run 0.2 on n1']);
  });

  it('starts gangs first, on offers that nothing else then uses', () => {
    const master = new FakeDriver(greedy);
    master.job(3);
    master.job(3, { gang: true });
    master.offer([0, 2], [1, 2], [2, 2]);
    expect(master.said()).toEqual([
      'run 1.0 on n0',
      'run 1.1 on n0',
      'run 1.2 on n1',
      'run 0.0 on n2',
      'run 0.1 on n2',
    ]);
  });

  it('passes over a gang that finds no room for one of its tasks', () => {
    const master = new FakeDriver(greedy);
    master.job(4, { gang: true });
    master.job(2, { gang: true });
    master.offer([0, 1], [1, 2]);
    expect(master.said()).toEqual(['run 1.0 on n0', 'run 1.1 on n1']);
  });

  it('seats a gang of unlike tasks by going back to the first offer for each other demand', () => {
    const master = new FakeDriver(greedy);
    master.job(
      [
        [3, 1],
        [1, 1],
      ],
      { gang: true },
    );
    master.offer([0, 1], [1, 3]);
    expect(master.said()).toEqual(['run 0.0 on n1', 'run 0.1 on n0']);
  });

  it('launches only on nodes that the task may run on', () => {
    const master = new FakeDriver(greedy, {}, { attributes: [{ rack: 'r0' }, { rack: 'r1' }] });
    master.job(1, { constraint: { rack: ['r1'] } });
    master.offer([0, 4], [1, 4]);
    expect(master.said()).toEqual(['decline n0', 'run 0.0 on n1']);
  });
});

describe('a framework that goes strictly by submission', () => {
  it('lets nothing pass the first task that does not fit', () => {
    const master = new FakeDriver(fifoScheduler);
    master.job([
      [1, 1],
      [4, 1],
      [1, 1],
    ]);
    master.job(1);
    master.offer([0, 3], [1, 3]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'decline n1']);
  });

  it('lets nothing pass a gang that finds no room, and keeps what it is offered until there is enough', () => {
    const master = new FakeDriver(fifoScheduler);
    master.job(3, { gang: true });
    master.job(1);
    master.offer([0, 2]);
    expect(master.said()).toEqual([]);
    master.offer([1, 2]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 0.2 on n1']);
  });
});

describe('a fair framework', () => {
  it('gives each task to the job with the fewest running, of equals the one submitted first', () => {
    const master = new FakeDriver(fair);
    master.job(3);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0']);
    master.job(4);
    master.offer([1, 4]);
    expect(master.said()).toEqual(['run 1.0 on n1', 'run 1.1 on n1', 'run 0.2 on n1', 'run 1.2 on n1']);
  });

  it('counts what has ended no more', () => {
    const master = new FakeDriver(fair);
    master.job(4);
    master.job(4);
    master.offer([0, 4]);
    master.end(1, 0);
    master.said();
    master.offer([0, 1]);
    expect(master.said()).toEqual(['run 1.2 on n0']);
  });

  it('goes on with the others where the next task of one does not fit', () => {
    const master = new FakeDriver(fair);
    master.job([[9, 1]]);
    master.job(2);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['run 1.0 on n0', 'run 1.1 on n0']);
  });
});

describe('a framework that wants nothing', () => {
  it('declines each offer', () => {
    const master = new FakeDriver(decline);
    master.job(1);
    master.offer([0, 2], [3, 2]);
    expect(master.said()).toEqual(['decline n0', 'decline n3']);
  });

  it('keeps them without an answer when told to', () => {
    const master = new FakeDriver(decline, { 'keep-offers': true });
    master.job(1);
    master.offer([0, 2]);
    expect(master.said()).toEqual([]);
  });
});
