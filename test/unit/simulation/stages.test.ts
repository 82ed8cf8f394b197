import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { ScenarioError } from '../../../src/base/errors.ts';
import { SECOND } from '../../../src/base/time.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { runWorkload, type TestJob, type TestRun } from '../../support/run-workload.ts';

/** Two maps of 1 cpu and 2 s, then one reduce of 2 cpus and 3 s. */
const mapReduce: TestJob = {
  framework: 'a',
  submit: 0,
  tasks: [
    { demand: [1000], run: 2 * SECOND },
    { demand: [1000], run: 2 * SECOND },
    { demand: [2000], run: 3 * SECOND },
  ],
  stages: [
    { tasks: 2, parents: [] },
    { tasks: 1, parents: [0] },
  ],
};

/** One task of 1 cpu and so many seconds. */
function single(submit: number, seconds: number): TestJob {
  return { framework: 'b', submit: submit * SECOND, tasks: [{ demand: [1000], run: seconds * SECOND }] };
}

/** On one node of 2 cpus. */
function world(jobs: readonly TestJob[], more: Partial<TestRun> = {}): TestRun {
  const groups = [{ name: 'n', count: 1, capacity: [2000], attributes: {} }];
  return { resources: [resource('cpus')], groups, jobs, allocator: { name: 'fifo' }, ...more };
}

async function times(run: TestRun): Promise<[number, number][]> {
  return (await runWorkload(run)).tasks.map(({ start, end }) => [start! / SECOND, end! / SECOND]);
}

describe('a task of a stage', () => {
  it('starts when the last task of the stage before it has ended', async () => {
    expect(await times(world([mapReduce]))).toEqual([
      [0, 2],
      [0, 2],
      [2, 5],
    ]);
  });

  it('is not in the queue before: those behind its job go first, and then it is back at its place', async () => {
    // The first single task starts at 2 s beside nothing; the job's reduce is then the head, before the second single one.
    const jobs = [mapReduce, { ...single(1, 10) }, { ...single(1, 1) }];
    expect(await times(world(jobs))).toEqual([
      [0, 2],
      [0, 2],
      [2, 5],
      [5, 15],
      [5, 6],
    ]);
  });

  it('is counted neither as queued nor as running while it waits', async () => {
    const seen: number[][] = [];
    const observers = (cluster: Cluster) => [
      {
        onPassed: () => {
          seen.push([cluster.queuedTasks, cluster.queuedJobs, cluster.runningTasks, cluster.frameworkQueuedTasks(0)]);
        },
      },
    ];
    await runWorkload(world([mapReduce], { observers }));
    expect(seen).toEqual([
      [0, 0, 2, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });
});

describe('a job with stages', () => {
  it('runs as long as its longest chain of tasks, which is its estimate where it has none', async () => {
    const seen: unknown[] = [];
    const observers = (cluster: Cluster) => [
      {
        onJobSubmitted: (_: number, job: number) =>
          seen.push(cluster.runTime(job), cluster.estimate(job), cluster.width(job)),
        onJobEnded: (_: number, { run, area }: { run: number; area: number }) => seen.push(run, area / SECOND),
      },
    ];
    await runWorkload(world([mapReduce], { observers }));
    expect(seen).toEqual([5 * SECOND, 5 * SECOND, 4, 5 * SECOND, 10]);
  });

  it('is left unfinished with all its tasks that have not ended', async () => {
    const { counts } = await runWorkload(world([mapReduce], { until: SECOND }));
    expect(counts.jobs).toMatchObject({ completed: 0, unfinished: 1 });
    expect(counts.tasks).toMatchObject({ submitted: 3, started: 2, completed: 0, unfinished: 3 });
  });

  it('that is given up ends with those that wait', async () => {
    const { counts, tasks } = await runWorkload(
      world([mapReduce, single(0, 1)], {
        allocator: (cluster) => ({
          name: 'impatient',
          allocate(view, decide) {
            if (view.now > 0) return;
            decide.launch(view.firstQueuedTask(view.firstQueuedJob()), 0);
            const given = cluster.jobOf(0);
            decide.fail(given, 'enough');
            decide.launch(view.firstQueuedTask(view.firstQueuedJob()), 0);
          },
        }),
      }),
    );
    expect(counts.jobs).toMatchObject({ completed: 1, failed: 1, unfinished: 0 });
    expect(tasks.map(({ end }) => end)).toEqual([null, null, null, SECOND]);
  });

  it('is refused as a gang, and by an allocator that cannot follow it', async () => {
    const gang = runWorkload(world([{ ...mapReduce, gang: true }]));
    await expect(gang).rejects.toThrow(ScenarioError);
    await expect(gang).rejects.toThrow('job 0 has stages, of which some wait for others; a gang starts all its tasks');
    const refusing = () => ({ name: 'blind', refusesStages: 'it plans once', allocate: () => {} });
    await expect(runWorkload(world([mapReduce], { allocator: refusing }))).rejects.toThrow(
      '`blind` cannot follow them: it plans once',
    );
  });
});
