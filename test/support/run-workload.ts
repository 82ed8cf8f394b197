import type { Allocator } from '../../src/allocators/allocator.ts';
import { createAllocator } from '../../src/allocators/create.ts';
import type { OutsideEvent } from '../../src/allocators/outside-event.ts';
import { noParties } from '../../src/allocators/parties.ts';
import type { ResourceCatalog } from '../../src/base/amounts.ts';
import { Interner } from '../../src/base/interner.ts';
import { openStream } from '../../src/base/random.ts';
import type { Time } from '../../src/base/time.ts';
import { Cluster } from '../../src/cluster/cluster.ts';
import type { Constraint, Speeds } from '../../src/cluster/constraints.ts';
import type { NodeGroup } from '../../src/cluster/node-table.ts';
import { Pool } from '../../src/cluster/pool.ts';
import { TaskTally } from '../../src/cluster/task-tally.ts';
import type { ClusterView } from '../../src/cluster/view.ts';
import type { InstantOrder } from '../../src/kernel/kernel.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import { Auditor } from '../../src/simulation/auditor.ts';
import { RunDigest } from '../../src/simulation/digest.ts';
import type { Observer } from '../../src/simulation/observer.ts';
import { PoolSimulation } from '../../src/simulation/pool-simulation.ts';
import { Simulation } from '../../src/simulation/simulation.ts';
import type { RunCounts, SimulationParts } from '../../src/simulation/simulation-parts.ts';
import { JobBatch, JobFlag } from '../../src/workload/job-batch.ts';
import { jobStages } from '../../src/workload/job-stages.ts';
import { openAccount, type WorkloadSource } from '../../src/workload/workload-source.ts';

/** One job of a test; times in microseconds, demands in whole steps. */
export interface TestJob {
  readonly framework: string;
  readonly submit: Time;
  readonly estimate?: Time;
  readonly priority?: number;
  readonly gang?: boolean;
  readonly constraint?: Constraint;
  readonly speeds?: Speeds;
  readonly tasks: readonly { readonly demand: readonly number[]; readonly run: Time }[];
  /** Stages in order of their tasks: how many tasks each has, and the stages that it waits for. */
  readonly stages?: readonly { readonly tasks: number; readonly parents: readonly number[] }[] | undefined;
}

/** Everything that one run of a test is made of. */
export interface TestRun {
  readonly resources: ResourceCatalog;
  readonly groups: readonly NodeGroup[];
  /** In order of submission. */
  readonly jobs: readonly TestJob[];
  /** A registered allocator with its options, or one made for the test. */
  readonly allocator:
    | { readonly name: string; readonly [option: string]: string | number }
    | ((cluster: Cluster) => Allocator);
  readonly roles?: readonly { readonly path: string; readonly weight: number }[];
  readonly roleOf?: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly until?: Time;
  /** The order inside one instant; rounds where left out. */
  readonly order?: InstantOrder;
  /** What happens to nodes, in order of time. */
  readonly events?: readonly OutsideEvent[];
  readonly observers?: (cluster: Cluster) => readonly Observer[];
  /** Has the books of a pool kept instead of a cluster's; for jobs of one task on one node of one resource. */
  readonly asPool?: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One task of a schedule; nulls where it never started or ended. */
export interface ScheduledTask {
  readonly job: number;
  readonly position: number;
  readonly start: Time | null;
  readonly end: Time | null;
  readonly node: number | null;
}

/** One stretch of time for which a task ran, from a start to its end or preemption. */
export interface Segment {
  readonly job: number;
  readonly position: number;
  readonly start: Time;
  readonly end: Time;
  readonly node: number;
  /** Work lost with it; null where the task ended. */
  readonly lost: Time | null;
}

export interface FinishedTestRun {
  readonly rejected: readonly number[];
  /** The last start of each task, and its end. */
  readonly tasks: readonly ScheduledTask[];
  /** In order of their ends. */
  readonly segments: readonly Segment[];
  /** How often a share was told. */
  readonly rated: number;
  readonly counts: RunCounts;
  readonly digest: string;
  readonly scheduleDigest: string;
  /** Facts that the auditor found true. */
  readonly audited: number;
}

/** Runs the engine with auditor and digest attached. */
export async function runWorkload(setup: TestRun): Promise<FinishedTestRun> {
  const cluster = new Cluster(setup.resources, setup.groups);
  for (const { path, weight } of setup.roles ?? []) cluster.roles.add(path, weight);
  const frameworks = new Interner();
  const seed = setup.seed ?? '1';
  const pool = setup.asPool ? new Pool(cluster) : null;
  const allocator = await makeAllocator(setup.allocator, setup.jobs, cluster, seed, pool ?? cluster);
  const schedule = new ScheduleRecorder(setup.jobs);
  const named = typeof setup.allocator === 'function' ? allocator.name : setup.allocator;
  const digest = new RunDigest(JSON.stringify([seed, named]), sha256);
  const auditor = new Auditor();
  const parts: SimulationParts = {
    cluster,
    frameworks,
    roleOf: (framework) => setup.roleOf?.[framework] ?? framework,
    sources: [sourceOf(setup.jobs, cluster, frameworks)],
    allocator,
    observers: [auditor, digest, schedule, ...(setup.observers?.(cluster) ?? [])],
    ...(setup.until !== undefined && { until: setup.until }),
    ...(setup.events !== undefined && { events: setup.events }),
    ...(setup.order !== undefined && { order: setup.order }),
  };
  const counts = await (pool === null ? new Simulation(parts) : new PoolSimulation(parts, pool)).run();
  return {
    rejected: schedule.rejected,
    tasks: schedule.tasks.flat(),
    segments: schedule.segments,
    rated: schedule.rated,
    counts,
    digest: digest.digest,
    scheduleDigest: digest.scheduleDigest,
    audited: auditor.facts,
  };
}

async function makeAllocator(
  wanted: TestRun['allocator'],
  jobs: readonly TestJob[],
  cluster: Cluster,
  seed: string,
  view: ClusterView,
): Promise<Allocator> {
  if (typeof wanted === 'function') return wanted(cluster);
  const { name, ...options } = wanted;
  const survey = async () => {
    const tally = new TaskTally(cluster.resources);
    for (const { tasks, constraint = {}, speeds } of jobs) {
      for (const { demand } of tasks) tally.add(demand, 0, cluster.constraints.add(constraint, speeds));
    }
    return tally;
  };
  const stream = (purpose: string) => openStream(seed, `allocator/${purpose}`);
  return createAllocator(name, options, view, stream, noParties, undefined, undefined, survey);
}

/** Gives jobs as a source of one batch. */
export function sourceOf(jobs: readonly TestJob[], cluster: Cluster, frameworks: Interner): WorkloadSource {
  const batch = new JobBatch(cluster.resources.length);
  for (const [index, job] of jobs.entries()) {
    const row = batch.addJob(index, frameworks.id(job.framework), job.submit);
    batch.estimate[row] = job.estimate ?? Number.NaN;
    batch.priority[row] = job.priority ?? 0;
    batch.flags[row] = job.gang ? JobFlag.gang : JobFlag.none;
    batch.constraint[row] = cluster.constraints.add(job.constraint ?? {}, job.speeds);
    for (const { demand, run } of job.tasks) {
      const task = batch.addTask(run);
      batch.demand.set(demand, task * batch.resources);
    }
    if (job.stages !== undefined) {
      batch.stages[row] = jobStages(
        job.stages.map(({ tasks }) => tasks),
        job.stages.map(({ parents }) => parents),
      );
    }
  }
  return {
    name: 'test',
    account: openAccount('test', 'inline'),
    async *batches() {
      yield batch;
    },
  };
}

/** Writes down when and where each task ran. */
class ScheduleRecorder implements Observer {
  readonly rejected: number[] = [];
  readonly tasks: Writable<ScheduledTask>[][];
  readonly segments: Segment[] = [];
  rated = 0;
  #run!: Parameters<NonNullable<Observer['onStart']>>[0];

  constructor(jobs: readonly TestJob[]) {
    this.tasks = jobs.map(({ tasks }, job) =>
      tasks.map((_, position) => ({ job, position, start: null, end: null, node: null })),
    );
  }

  onStart(run: Parameters<NonNullable<Observer['onStart']>>[0]): void {
    this.#run = run;
  }

  onTaskStarted(time: Time, task: number, node: number): void {
    Object.assign(this.#entry(task), { start: time, node });
  }

  onTaskPreempted(time: Time, task: number, node: number, lost: Time): void {
    this.#segment(time, task, node, lost);
  }

  onTaskRated(): void {
    this.rated++;
  }

  onTaskEnded(time: Time, task: number, node: number): void {
    this.#entry(task).end = time;
    this.#segment(time, task, node, null);
  }

  onJobEnded(_time: Time, job: { readonly index: number; readonly status: string }): void {
    if (job.status === 'rejected') this.rejected.push(job.index);
  }

  #segment(end: Time, task: number, node: number, lost: Time | null): void {
    const { job, position, start } = this.#entry(task);
    this.segments.push({ job, position, start: start!, end, node, lost });
  }

  #entry(task: number): Writable<ScheduledTask> {
    const { view } = this.#run;
    return this.tasks[view.submission(view.jobOf(task))]![this.#run.taskPosition(task)]!;
  }
}
