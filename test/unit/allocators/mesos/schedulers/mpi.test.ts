import { describe, expect, it } from 'vitest';
import { mpi } from '../../../../../src/allocators/mesos/schedulers/mpi.ts';
import { FakeDriver } from '../../../../support/fake-driver.ts';

const gang = { gang: true };

describe('an MPI framework that hoards', () => {
  it('keeps offers until all tasks of the head fit, then starts them at once', () => {
    const master = new FakeDriver(mpi);
    master.job(3, gang);
    master.offer([0, 1]);
    master.offer([1, 1]);
    expect(master.said()).toEqual([]);
    master.offer([2, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n1', 'run 0.2 on n2']);
  });

  it('declines what is left when no job waits', () => {
    const master = new FakeDriver(mpi);
    master.job(2, gang);
    master.offer([0, 2], [1, 2]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'decline n1']);
    master.offer([2, 1]);
    expect(master.said()).toEqual(['decline n2']);
  });

  it('starts no job before the one submitted first, though it would fit', () => {
    const master = new FakeDriver(mpi);
    master.job(3, gang);
    master.job(1);
    master.offer([0, 2]);
    expect(master.said()).toEqual([]);
  });

  it('keeps for the next job what the head has not used', () => {
    const master = new FakeDriver(mpi);
    master.job(2, gang);
    master.job(2, gang);
    master.offer([0, 1], [1, 1], [2, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n1']);
    master.offer([3, 1]);
    expect(master.said()).toEqual(['run 1.0 on n2', 'run 1.1 on n3']);
  });

  it('starts the tasks of a job that is no gang together too', () => {
    const master = new FakeDriver(mpi);
    master.job(3);
    master.offer([0, 2]);
    expect(master.said()).toEqual([]);
    master.offer([1, 2]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 0.2 on n1']);
  });

  it('declines an offer that has room for no task of the head', () => {
    const master = new FakeDriver(mpi);
    master.job(
      [
        [4, 1],
        [2, 1],
      ],
      gang,
    );
    master.offer([0, 1], [1, 2]);
    expect(master.said()).toEqual(['decline n0']);
    master.offer([2, 4]);
    expect(master.said()).toEqual(['run 0.0 on n2', 'run 0.1 on n1']);
  });

  it('gives such an offer to the next job where it is of use to that one', () => {
    const master = new FakeDriver(mpi);
    master.job(
      [
        [4, 1],
        [4, 1],
      ],
      gang,
    );
    master.job(1);
    master.offer([0, 8], [1, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'run 1.0 on n1']);
  });

  it('gives two pieces of a node back at once where they hold a task only in one', () => {
    const master = new FakeDriver(mpi);
    master.job(
      [
        [4, 1],
        [4, 1],
      ],
      gang,
    );
    // 5 cpus of n0 hold one task and leave 1; with 3 more the second would fit.
    master.offer([0, 5]);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['decline n0']);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['decline n0 for 0 s', 'decline n0 for 0 s']);
    master.offer([0, 8]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0']);
  });

  it('has no patience unless asked: it keeps for ever', () => {
    const master = new FakeDriver(mpi);
    master.job(2, gang);
    master.offer([0, 1]);
    master.until(1_000_000);
    expect(master.said()).toEqual([]);
  });

  it('gives all back once its patience has run out, counted from the first it kept, and begins anew', () => {
    const master = new FakeDriver(mpi, { patience: '30s' });
    master.job(3, gang);
    master.offer([0, 1]);
    master.until(20);
    master.offer([1, 1]);
    master.until(29);
    expect(master.said()).toEqual([]);
    master.until(30);
    expect(master.said()).toEqual(['decline n0', 'decline n1']);
    master.until(40);
    master.offer([0, 1]);
    master.until(69);
    expect(master.said()).toEqual([]);
    master.until(70);
    expect(master.said()).toEqual(['decline n0']);
  });

  it('counts its patience anew when a job has started', () => {
    const master = new FakeDriver(mpi, { patience: '30s' });
    master.job(2, gang);
    master.job(3, gang);
    master.offer([0, 1]);
    master.until(10);
    master.offer([1, 1], [2, 1]);
    master.said();
    master.until(39);
    expect(master.said()).toEqual([]);
    master.until(40);
    expect(master.said()).toEqual(['decline n2']);
  });

  it('seats nobody on an offer that was taken back', () => {
    const master = new FakeDriver(mpi);
    master.job(2, gang);
    const [gone] = master.offer([0, 1]);
    master.rescind(gone!);
    master.offer([1, 1]);
    expect(master.said()).toEqual([]);
    master.offer([2, 1]);
    expect(master.said()).toEqual(['run 0.0 on n1', 'run 0.1 on n2']);
  });

  it('goes on with the next job when the one it gathers for is given up', () => {
    const master = new FakeDriver(mpi);
    const head = master.job(3, gang);
    master.job(1);
    master.offer([0, 1], [1, 1]);
    master.fail(head);
    expect(master.said()).toEqual(['run 1.0 on n0', 'decline n1']);
  });

  it('starts a lost task again before it gathers on', () => {
    const master = new FakeDriver(mpi);
    master.job(1);
    master.offer([3, 1]);
    master.job(3, gang);
    master.offer([0, 1], [1, 1]);
    master.said();
    master.end(0, 0, 'lost');
    expect(master.said()).toEqual(['run 0.0 on n0']);
  });
});

describe('an MPI framework that declines', () => {
  const together = { gather: 'decline' };

  it('starts a job on offers that come together, and gives back the others', () => {
    const master = new FakeDriver(mpi, together);
    master.job(2, gang);
    master.offer([0, 1]);
    master.offer([1, 1]);
    // It refuses neither, so that the next time they come together.
    expect(master.said()).toEqual(['decline n0 for 0 s', 'decline n1 for 0 s']);
    master.offer([0, 1], [1, 1], [2, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n1', 'decline n2']);
  });

  it('starts several jobs on one set of offers, strictly in order', () => {
    const master = new FakeDriver(mpi, together);
    master.job(2, gang);
    master.job(3, gang);
    master.job(1);
    master.offer([0, 2], [1, 2]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n0', 'decline n1 for 0 s']);
  });
});
