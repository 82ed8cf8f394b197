import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startsOnly } from '../../src/allocators/create.ts';
import { allocators } from '../../src/allocators/registry.ts';
import { resource } from '../../src/base/amounts.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { findRoom } from '../../src/cluster/find-room.ts';
import { JobRows } from '../../src/metrics/job-rows.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { TaskRows } from '../../src/metrics/task-rows.ts';
import { Timeline } from '../../src/metrics/timeline.ts';
import type { ObservedRun, Observer } from '../../src/simulation/observer.ts';
import { runWorkload, type TestRun } from '../support/run-workload.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 400;
const SECOND = 1_000_000;
const RESOURCES = [resource('cpus')];
const CAPACITY = 8_000;

/** Every allocator that only starts tasks, as it is by default, and with options that take other ways. */
const POLICIES: TestRun['allocator'][] = [
  ...allocators.flatMap(({ name, options }) => {
    const defaults = Object.fromEntries(Object.entries(options).map(([key, spec]) => [key, spec.default ?? '']));
    return startsOnly({ name, options: defaults }) ? [{ name }] : [];
  }),
  { name: 'fifo', queue: 'skip' },
  { name: 'fifo', placement: 'random-fit' },
  { name: 'easy', order: 'sjbf' },
  { name: 'easy', estimates: 'exact', placement: 'best-fit' },
  { name: 'easy', reservations: 3 },
  { name: 'conservative', 'on-early-end': 'replan' },
];

const job = fc.record({
  framework: fc.constantFrom('a', 'b', 'c'),
  gap: fc.constantFrom(0, 0, 1, 2, 5),
  run: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(40)),
  // NaN for none; below and above the run time.
  estimate: fc.oneof(fc.constant(Number.NaN), fc.nat(50)),
  // One in ten or so is larger than the pool.
  width: fc.constantFrom(1, 1, 2, 3, 5, 8, 9),
  priority: fc.nat(2),
  gang: fc.boolean(),
});

const world = fc.record({
  jobs: fc.array(job, { minLength: 1, maxLength: 60 }),
  allocator: fc.constantFrom(...POLICIES),
  order: fc.constantFrom('rounds', 'rounds', 'event-by-event'),
  until: fc.option(fc.nat(200), { nil: undefined }),
});

/** Writes down what shows of a run from outside: everything that waits and why, and all rows of all tables. */
class Witness implements Observer {
  readonly seen: unknown[] = [];
  readonly rows: unknown[] = [];
  readonly #running = new Set<number>();
  #run!: ObservedRun;

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onTaskStarted(_time: number, task: number): void {
    this.#running.add(task);
  }

  onTaskEnded(_time: number, task: number): void {
    this.#running.delete(task);
  }

  /** What a trial shows of the job with some of the pool kept, with the running tasks gone, and with nothing tried. */
  #try(job: number): unknown {
    const { view } = this.#run;
    const { trial } = view;
    const shown = () => [view.free(0, 0), view.totalFree(0), view.fits(job, 0), trial.depth];
    trial.hold(0, Float64Array.of(Math.min(500, view.free(0, 0))));
    const held = shown();
    for (const task of this.#running) trial.give(task);
    const given = shown();
    if (view.fits(job, 0)) trial.take(job, 0);
    const taken = shown();
    trial.rollback(1);
    const back = shown();
    trial.rollback();
    return [held, given, taken, back, shown()];
  }

  onPassed(time: number): void {
    const { view } = this.#run;
    const { runningTasks, queuedTasks, queuedJobs, releases } = view;
    this.seen.push([time, runningTasks, queuedTasks, queuedJobs, releases, view.free(0, 0), view.totalFree(0)]);
    for (let framework = 0; framework < view.frameworkCount; framework++) {
      const role = view.roleOf(framework);
      const queue = [];
      for (let job = view.firstQueuedJobOf(framework); job >= 0; job = view.nextQueuedJobOf(job)) {
        queue.push(view.submission(job));
      }
      this.seen.push([framework, view.frameworkQueuedTasks(framework), view.frameworkUsed(framework, 0), role, queue]);
      this.seen.push(view.roleUsed(role, 0));
    }
    for (let job = view.firstQueuedJob(); job >= 0; job = view.nextQueuedJob(job)) {
      const why = this.#run.whyWaiting(job);
      this.seen.push([
        view.submission(job),
        view.width(job),
        view.weight(job),
        why,
        findRoom(view, job),
        this.#try(job),
      ]);
    }
  }
}

async function witness(run: Omit<TestRun, 'observers'>) {
  const seen = new Witness();
  const metrics = createMetrics({ resources: RESOURCES });
  const timeline = new Timeline(RESOURCES, metrics.intervals);
  let cluster: Cluster | undefined;
  const finished = await runWorkload({
    ...run,
    observers: (its) => {
      cluster = its;
      const note = (row: readonly unknown[]) => seen.rows.push([...row]);
      return [seen, ...metrics.observers, timeline, new JobRows(note), new TaskRows(note)];
    },
  });
  const names = Array.from({ length: cluster!.frameworkCount }, (_, f) => cluster!.frameworkName(f));
  const running = names.map((_, f) => [cluster!.runningTasksOf(f), cluster!.frameworkUsed(f, 0)]);
  const values = [metrics.values(), metrics.windows(), names.map((_, f) => metrics.framework(f))];
  return { finished, seen: seen.seen, rows: seen.rows, running, values, timeline: [...timeline.rows()] };
}

describe('a pool', () => {
  it('is seen to be what a cluster of one node is, and gives the same run', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ jobs, allocator, order, until }) => {
        let submit = 0;
        const run: TestRun = {
          resources: RESOURCES,
          groups: [{ name: 'pool', count: 1, capacity: [CAPACITY], attributes: {} }],
          jobs: jobs.map(({ gap, width, run, estimate, ...traits }) => {
            submit += gap * SECOND;
            return {
              ...traits,
              submit,
              estimate: estimate * SECOND,
              tasks: [{ demand: [width * 1_000], run: run * SECOND }],
            };
          }),
          allocator,
          order: order as 'rounds' | 'event-by-event',
          roles: [{ path: 'top/a', weight: 2 }],
          roleOf: { a: 'top/a', b: 'top' },
          ...(until !== undefined && { until: until * SECOND }),
        };
        expect(await witness({ ...run, asPool: true })).toEqual(await witness(run));
      }),
      { numRuns: RUNS },
    );
  });
});
