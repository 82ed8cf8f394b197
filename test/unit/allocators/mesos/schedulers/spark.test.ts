import { describe, expect, it } from 'vitest';
import { spark } from '../../../../../src/allocators/mesos/schedulers/spark.ts';
import { FakeDriver } from '../../../../support/fake-driver.ts';

/** A master whose spark framework holds executors of these cpus, one on each of the nodes 0, 1, … */
function holding(cpus: readonly number[], options: Record<string, unknown> = {}): FakeDriver {
  const master = new FakeDriver(spark, options);
  // Whole-node tasks, so that each offer becomes an executor; job 0 keeps it and ends at once.
  master.job(cpus.map((each) => [each, 1]));
  for (const [node, each] of cpus.entries()) master.offer([node, each]);
  for (const position of cpus.keys()) master.tell(0, position);
  master.until(0);
  master.said();
  return master;
}

describe('a Spark framework', () => {
  it('holds the whole offer as an executor and runs what fits on it', () => {
    const master = new FakeDriver(spark);
    master.job(3);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['hold 2 cpus of n0', 'run 0.0 on n0', 'run 0.1 on n0']);
  });

  it('runs the next task on the executor as soon as one has ended, without a new offer', () => {
    const master = new FakeDriver(spark);
    master.job(3);
    master.offer([0, 2]);
    master.said();
    master.end(0, 1);
    expect(master.said()).toEqual(['run 0.2 on n0']);
  });

  it('declines what it has no task for', () => {
    const master = new FakeDriver(spark);
    master.job(2);
    master.offer([0, 2], [1, 2]);
    expect(master.said().slice(3)).toEqual(['decline n1']);
  });

  it('takes an executor of the size asked for, and wants the rest of the node at once', () => {
    const master = new FakeDriver(spark, { 'executor-cpus': 2, 'executor-mem': 100 });
    master.job(3);
    master.offer([0, 5]);
    expect(master.said()).toEqual(['hold 2 cpus of n0', 'refuse rest of n0 for 0 s', 'run 0.0 on n0', 'run 0.1 on n0']);
    expect([...master.held()[0]!.amounts]).toEqual([2000, 100_000]);
    master.offer([0, 3, 900]);
    expect(master.said().at(-1)).toBe('run 0.2 on n0');
    expect(master.held().length).toBe(2);
  });

  it('declines an offer that is smaller than an executor', () => {
    const master = new FakeDriver(spark, { 'executor-cpus': 4 });
    master.job(3);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['decline n0']);
  });

  it('takes a larger executor for a task that needs one, lest it never run', () => {
    const master = new FakeDriver(spark, { 'executor-cpus': 2 });
    master.job([[3, 1]]);
    master.offer([0, 4]);
    expect(master.said()).toEqual(['hold 3 cpus of n0', 'refuse rest of n0 for 0 s', 'run 0.0 on n0']);
  });

  it('holds no more executors than it may', () => {
    const master = new FakeDriver(spark, { 'max-executors': 1 });
    master.job(4);
    master.offer([0, 1], [1, 1]);
    expect(master.said()).toEqual(['hold 1 cpus of n0', 'run 0.0 on n0', 'decline n1']);
  });

  it('runs a new job on the executors that it has, in the order in which it took them', () => {
    const master = holding([2, 2]);
    master.job(3);
    master.until(0);
    expect(master.said()).toEqual(['run 1.0 on n0', 'run 1.1 on n0', 'run 1.2 on n1']);
  });

  it('serves its jobs in order of submission, and passes over one that has no room', () => {
    const master = holding([2]);
    master.job([[3, 1]]);
    master.job(1);
    master.job(2);
    master.until(0);
    expect(master.said()).toEqual(['run 2.0 on n0', 'run 3.0 on n0']);
  });

  it('refuses the rest of a node as usual when it may hold no more', () => {
    const master = new FakeDriver(spark, { 'executor-cpus': 1, 'max-executors': 1 });
    master.job(2);
    master.offer([0, 3]);
    expect(master.said()).toEqual(['hold 1 cpus of n0', 'run 0.0 on n0']);
  });

  it('goes back to the first executor for a task that demands something else', () => {
    const master = holding([1, 3]);
    master.job([
      [3, 1],
      [1, 1],
    ]);
    master.until(0);
    expect(master.said()).toEqual(['run 1.0 on n1', 'run 1.1 on n0']);
  });

  it('gives an executor back that has been idle for 60 s, and no sooner', () => {
    const master = holding([2]);
    master.until(59.999999);
    expect(master.said()).toEqual([]);
    master.until(60);
    expect(master.said()).toEqual(['release n0']);
  });

  it('counts the idle time anew after each task', () => {
    const master = holding([2], { 'idle-timeout': '10s' });
    master.until(9);
    master.job(1);
    master.until(15);
    master.end(1, 0);
    master.until(24);
    expect(master.said()).toEqual(['run 1.0 on n0']);
    master.until(25);
    expect(master.said()).toEqual(['release n0']);
  });

  it('gives the longest idle back first, each at its own time', () => {
    const master = new FakeDriver(spark, { 'idle-timeout': '10s' });
    master.job(2);
    master.offer([0, 1], [1, 1]);
    master.end(0, 1);
    master.until(4);
    master.end(0, 0);
    master.said();
    master.until(10);
    expect(master.said()).toEqual(['release n1']);
    master.until(14);
    expect(master.said()).toEqual(['release n0']);
  });

  it('keeps executors until no job is left where no timeout is set', () => {
    const master = new FakeDriver(spark, { 'idle-timeout': 'none' });
    master.job(2);
    master.offer([0, 1], [1, 1]);
    master.end(0, 0);
    master.until(10_000);
    master.said();
    expect(master.held().length).toBe(2);
    master.end(0, 1);
    expect(master.said()).toEqual(['release n0', 'release n1']);
  });

  it('gives idle executors back, even without a timeout, that have no room for any task that waits', () => {
    const master = new FakeDriver(spark, { 'idle-timeout': 'none' });
    master.job([
      [1, 1],
      [1, 1],
      [4, 1],
    ]);
    master.offer([0, 1], [1, 1]);
    master.said();
    master.end(0, 0);
    expect(master.said()).toEqual(['release n0']);
  });

  it('runs a task faster where another of its job has finished', () => {
    const master = new FakeDriver(spark, { 'cached-speed': 20 });
    master.job(3);
    master.job(1);
    master.offer([0, 1]);
    master.end(0, 0);
    master.end(0, 1);
    master.end(0, 2);
    expect(master.said()).toEqual([
      'hold 1 cpus of n0',
      'run 0.0 on n0',
      'run 0.1 on n0 at 20',
      'run 0.2 on n0 at 20',
      'run 1.0 on n0',
    ]);
  });

  it('does not take what still runs for cached', () => {
    const master = new FakeDriver(spark, { 'cached-speed': 20 });
    master.job(2);
    master.offer([0, 2]);
    expect(master.said()).toEqual(['hold 2 cpus of n0', 'run 0.0 on n0', 'run 0.1 on n0']);
  });

  it('prefers the executor with cached data among those that have room at the same time', () => {
    const master = new FakeDriver(spark, { 'cached-speed': 20 });
    master.job([[2, 1]]);
    master.job([
      [2, 1],
      [2, 1],
    ]);
    master.offer([0, 2], [1, 2]);
    master.said();
    // The executor of n0 has run job 0 alone, that of n1 job 1.
    master.tell(0, 0);
    master.tell(1, 0);
    master.until(0);
    expect(master.said()).toEqual(['run 1.1 on n1 at 20']);
  });

  it('has no executor any more on a node that is lost, and runs the lost tasks elsewhere', () => {
    const master = new FakeDriver(spark);
    master.job(2);
    master.offer([0, 2]);
    const [held] = master.held();
    master.tell(0, 0, 'lost');
    master.tell(0, 1, 'lost');
    master.rescind(held!);
    master.said();
    master.until(100);
    expect(master.said()).toEqual([]);
    master.offer([1, 2]);
    expect(master.said()).toEqual(['hold 2 cpus of n1', 'run 0.0 on n1', 'run 0.1 on n1']);
  });

  it('starts a gang on offers, as executors serve one task at a time', () => {
    const master = new FakeDriver(spark);
    master.job(2, { gang: true });
    master.offer([0, 1], [1, 1]);
    expect(master.said()).toEqual(['run 0.0 on n0', 'run 0.1 on n1']);
    expect(master.held()).toEqual([]);
  });
});
