import type { Allocator, Decisions } from '../allocators/allocator.ts';
import { AllocatorError, SimulationError } from '../base/errors.ts';
import type { FrameworkId, JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Feasibility, type JobDemand } from '../cluster/feasibility.ts';
import { POOL_MARKS, POOL_NUMBERS, type Pool, PoolMark, PoolNumber } from '../cluster/pool.ts';
import type { EventKind } from '../kernel/kernel.ts';
import { Phase } from '../kernel/phase.ts';
import { type JobBatch, JobFlag } from '../workload/job-batch.ts';
import type { WorkloadSource } from '../workload/workload-source.ts';
import { blankOutcome, type JobStatus, type OutcomeSlate } from './job-outcome.ts';
import { Observers } from './observers.ts';
import { RunLoop } from './run-loop.ts';
import type { RunCounts, SimulationParts } from './simulation-parts.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Says whether a run needs no more than a {@link PoolSimulation} has, given that its allocator does nothing but start. */
export function fitsPool(
  { nodeCount, resources }: Cluster,
  sources: readonly WorkloadSource[],
  events: readonly unknown[],
): boolean {
  const isPool = nodeCount === 1 && resources.length === 1 && resources.every(({ devices }) => !devices);
  return isPool && events.length === 0 && sources.every(({ isOfSingleTasks }) => isOfSingleTasks);
}

/**
 * Runs jobs of one task each on one node of one resource, under an allocator that only starts them.
 *
 * It tells the same facts in the same order as a {@link Simulation} would, which a test holds, from a {@link Pool}
 * instead of a cluster's tables: most of what a general run keeps for a job is for what cannot happen here.
 */
export class PoolSimulation {
  readonly #pool: Pool;
  readonly #allocator: Allocator;
  readonly #observers: Observers;
  readonly #loop: RunLoop;
  readonly #completion: EventKind;
  readonly #feasibility: Feasibility;
  readonly #decisions: Decisions;
  readonly #asked: Mutable<JobDemand>;
  readonly #outcome: OutcomeSlate;
  #submitted = 0;
  #started = 0;
  #completed = 0;
  #unfinished = 0;
  #lastEnd: Time = Number.NaN;

  /** @param pool what the allocator was made with, over the cluster of the parts. */
  constructor(parts: SimulationParts, pool: Pool) {
    const { cluster, allocator } = parts;
    this.#pool = pool;
    this.#allocator = allocator;
    this.#observers = new Observers(parts.observers ?? [], 1);
    this.#feasibility = new Feasibility(cluster.resources, cluster.nodes.groups, cluster.constraints);
    this.#loop = new RunLoop(parts, this.#observers, {
      setNow: (now) => {
        pool.now = now;
      },
      decide: () => this.#allocator.allocate(pool, this.#decisions),
      refusal: (batch, row) => this.#refusal(batch, row),
      enter: (batch, row, index, framework) => this.#enter(batch, row, index, framework),
      hasJobs: () => pool.runningTasks + pool.queuedTasks > 0,
      leaveUnfinished: (time) => this.#leaveUnfinished(time),
      tasksEnded: () => this.#completed,
      lastEnd: () => this.#lastEnd,
      countTasks: () => ({
        submitted: this.#submitted,
        started: this.#started,
        completed: this.#completed,
        failed: 0,
        preempted: 0,
        unfinished: this.#unfinished,
      }),
    });
    this.#completion = this.#loop.kernel.event(
      Phase.complete,
      (row) => this.#complete(row),
      (row) => this.#leaveOnTime(row),
    );
    this.#decisions = this.#openDesk();
    this.#asked = { demand: new Float64Array(0), from: 0, end: 0, gang: false, constraint: 0 };
    this.#outcome = blankOutcome();
  }

  /**
   * Runs to the end.
   *
   * @throws AllocatorError if the allocator breaks its contract; ScenarioError if a source finds its input wrong.
   */
  run(): Promise<RunCounts> {
    const pool = this.#pool;
    return this.#loop.run({
      view: pool,
      frameworkName: (framework) => pool.frameworkName(framework),
      nodeName: (node) => pool.nodeName(node),
      jobName: (job) => pool.names[job]!,
      taskPosition: () => 0,
      taskCountOf: () => 1,
      firstTaskOf: (job) => job as number,
      stagesOf: () => undefined,
      startTime: (task) => pool.startTime(task),
      runTimeOf: (task) => pool.runTime(task),
      isTwoLevel: false,
      speedOf: () => 1,
      preemption: { kind: 'resume' },
      whyWaiting: (job) => this.#allocator.whyWaiting?.(job) ?? null,
    });
  }

  #refusal(batch: JobBatch, row: number): string | null {
    const from = batch.taskStart[row]!;
    const end = batch.taskStart[row + 1]!;
    if (end !== from + 1 || batch.constraint[row] !== 0 || batch.stages[row] !== undefined) {
      throw new SimulationError(`job ${batch.name[row]} is not a single task for any node, as its source said it was`);
    }
    const asked = this.#asked;
    asked.demand = batch.demand;
    asked.from = from;
    asked.end = end;
    asked.gang = (batch.flags[row]! & JobFlag.gang) !== 0;
    return this.#feasibility.reason(asked);
  }

  #enter(batch: JobBatch, from: number, index: number, framework: FrameworkId): void {
    const pool = this.#pool;
    const row = pool.enter(batch.name[from]!, framework);
    const { numbers, marks } = pool;
    const task = batch.taskStart[from]!;
    const submit = batch.submit[from]!;
    const run = batch.run[task]!;
    const estimate = batch.estimate[from]!;
    const at = row * POOL_NUMBERS;
    numbers[at + PoolNumber.index] = index;
    numbers[at + PoolNumber.submit] = submit;
    numbers[at + PoolNumber.run] = run;
    numbers[at + PoolNumber.estimate] = estimate >= 0 ? estimate : run;
    numbers[at + PoolNumber.demand] = batch.demand[task]!;
    numbers[at + PoolNumber.start] = Number.NaN;
    numbers[at + PoolNumber.priority] = batch.priority[from]!;
    marks[row * POOL_MARKS + PoolMark.flags] = batch.flags[from]!;
    marks[row * POOL_MARKS + PoolMark.source] = batch.source[from]!;
    marks[row * POOL_MARKS + PoolMark.weight] = batch.weight[from]!;
    this.#submitted++;
    this.#observers.jobSubmitted(submit, row);
    this.#allocator.onJobQueued?.(row);
  }

  /** Checks what the allocator decides and has it done at once. */
  #openDesk(): Decisions {
    const cannot = (what: string) => (): never => {
      throw new SimulationError(`\`${this.#allocator.name}\` ${what}, though it is said only to start tasks`);
    };
    return {
      launch: (task, node, share, speed) => {
        if (share !== undefined || speed !== undefined) cannot('sets shares or speeds')();
        this.#start(task, node);
      },
      launchGang: (job, nodes) => {
        if (nodes.length !== 1) this.#refuse(`a gang of 1 tasks was launched on ${nodes.length} nodes`);
        this.#start(job as number, nodes[0]!);
      },
      launchOnDevice: cannot('names devices'),
      preempt: cannot('preempts'),
      setRate: cannot('sets shares'),
      fail: cannot('gives jobs up'),
      record: cannot('tells facts of its own'),
      wakeAt: cannot('wakes'),
    };
  }

  #start(task: TaskId, node: NodeId): void {
    const pool = this.#pool;
    if (!pool.isQueued(task)) this.#refuse(`${this.#name(task)} is not queued`);
    if (node !== 0) this.#refuse(`${this.#name(task)} was launched on node ${node}, which does not exist`);
    if (!pool.fits(task)) {
      const { name } = pool.resources[0]!;
      const short = `${name}: needs ${pool.demand(task)}, free ${pool.free()}`;
      this.#refuse(`${this.#name(task)} does not fit on node ${pool.nodeName(0)} (${short})`);
    }
    pool.start(task);
    this.#completion.at(pool.now + pool.runTime(task), task);
    this.#started++;
    this.#observers.taskStarted(pool.now, task, 0, true);
    this.#allocator.onTaskStarted?.(task, task as number, 0);
  }

  /** Where events go one by one, a task whose estimated end is now is gone before the arrivals of this instant. */
  #leaveOnTime(row: number): void {
    const pool = this.#pool;
    const expected = this.#allocator.expectedEnd?.(row) ?? pool.startTime(row) + pool.estimate(row);
    if (expected <= pool.now) this.#end(row);
  }

  #complete(row: number): void {
    const pool = this.#pool;
    if (pool.isRunning(row)) this.#end(row);
    this.#loop.jobs.completed++;
    const isKilled = (pool.marks[row * POOL_MARKS + PoolMark.flags]! & JobFlag.killed) !== 0;
    this.#report(row, isKilled ? 'killed' : 'completed', pool.now);
    this.#allocator.onJobEnded?.(row);
    pool.remove(row);
  }

  #end(row: number): void {
    const { now } = this.#pool;
    this.#pool.end(row);
    this.#completed++;
    this.#lastEnd = now;
    this.#observers.taskEnded(now, row, 0, false);
    this.#allocator.onTaskEnded?.(row, row, 0);
  }

  #report(row: JobId, status: JobStatus, time: Time): void {
    const { numbers, marks, names } = this.#pool;
    const at = row * POOL_NUMBERS;
    const outcome = this.#outcome;
    const run = numbers[at + PoolNumber.run]!;
    const width = this.#pool.width(row);
    outcome.index = numbers[at + PoolNumber.index]!;
    outcome.name = names[row]!;
    outcome.framework = marks[row * POOL_MARKS + PoolMark.framework]!;
    outcome.submit = numbers[at + PoolNumber.submit]!;
    outcome.start = numbers[at + PoolNumber.start]!;
    outcome.end = status === 'unfinished' ? Number.NaN : time;
    outcome.run = run;
    outcome.width = width;
    outcome.area = width * run;
    outcome.status = status;
    outcome.source = marks[row * POOL_MARKS + PoolMark.source]!;
    this.#observers.jobEnded(time, outcome);
  }

  #leaveUnfinished(time: Time): void {
    for (const row of this.#pool.liveJobs()) {
      this.#loop.jobs.unfinished++;
      this.#unfinished++;
      this.#report(row, 'unfinished', time);
    }
  }

  #name(task: number): string {
    return `task 0 of job ${this.#pool.names[task] ?? `in row ${task}`}`;
  }

  #refuse(problem: string): never {
    throw new AllocatorError(this.#allocator.name, problem);
  }
}
