import type { Allocator } from '../allocators/allocator.ts';
import type { OutsideEvent } from '../allocators/outside-event.ts';
import { widthColumn } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import type { FrameworkId, JobId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster, JobEntry } from '../cluster/cluster.ts';
import { Feasibility, type JobDemand } from '../cluster/feasibility.ts';
import { JobMark, JobNumber } from '../cluster/job-table.ts';
import { TaskNumber } from '../cluster/task-table.ts';
import { Phase } from '../kernel/phase.ts';
import { type JobBatch, JobFlag } from '../workload/job-batch.ts';
import { type JobSize, measure } from '../workload/job-size.ts';
import { criticalPath } from '../workload/job-stages.ts';
import { DecisionDesk } from './decision-desk.ts';
import { blankOutcome, type JobStatus, type OutcomeSlate } from './job-outcome.ts';
import { Observers } from './observers.ts';
import { OutsideEvents } from './outside-events.ts';
import { RunLoop } from './run-loop.ts';
import type { RunCounts, SimulationParts } from './simulation-parts.ts';
import { TaskLife } from './task-life.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Wires kernel, cluster, workload and allocator, and runs them once. */
export class Simulation {
  readonly #cluster: Cluster;
  readonly #allocator: Allocator;
  readonly #observers: Observers;
  readonly #loop: RunLoop;
  readonly #desk: DecisionDesk;
  readonly #feasibility: Feasibility;
  readonly #life: TaskLife;
  readonly #events: OutsideEvents;
  readonly #tasks = { submitted: 0, unfinished: 0 };
  // One object each for all jobs: new ones would leave three hundred bytes behind for every job.
  readonly #outcome: OutcomeSlate;
  readonly #entry: Mutable<JobEntry>;
  readonly #asked: Mutable<JobDemand>;
  readonly #widthColumn: number;
  readonly #size: JobSize = { run: Number.NaN, width: Number.NaN, area: Number.NaN };

  constructor(parts: SimulationParts) {
    const { cluster, allocator } = parts;
    this.#cluster = cluster;
    this.#widthColumn = widthColumn(cluster.resources);
    this.#allocator = allocator;
    this.#observers = new Observers(parts.observers ?? [], cluster.resources.length);
    this.#feasibility = new Feasibility(cluster.resources, cluster.nodes.groups, cluster.constraints);
    this.#loop = new RunLoop(parts, this.#observers, {
      setNow: (now) => {
        cluster.now = now;
      },
      decide: () => this.#decide(),
      refusal: (batch, row) => this.#refusal(batch, row),
      enter: (batch, row, index, framework) => this.#enter(batch, row, index, framework),
      hasJobs: () => cluster.runningTasks + cluster.queuedTasks > 0,
      leaveUnfinished: (time) => this.#leaveUnfinished(time),
      tasksEnded: () => this.#life.completed,
      lastEnd: () => this.#life.lastEnd,
      countTasks: () => this.#countTasks(),
    });
    const { kernel } = this.#loop;
    this.#life = new TaskLife({
      cluster,
      kernel,
      allocator,
      observers: this.#observers,
      endJob: (job) => this.#endJob(job),
    });
    this.#events = new OutsideEvents({
      events: parts.events ?? [],
      cluster,
      kernel,
      allocator,
      life: this.#life,
      observers: this.#observers,
    });
    const wake = kernel.event(Phase.timer, () => kernel.askForPass());
    this.#desk = new DecisionDesk({
      allocator: allocator.name,
      cluster,
      life: this.#life,
      wakeAt: (time) => {
        wake.at(time, 0);
      },
      giveUp: (job, reason) => this.#giveUp(job, reason),
      tell: (fact) => this.#observers.policy(cluster.now, fact),
    });
    this.#asked = { demand: new Float64Array(0), from: 0, end: 0, gang: false, constraint: 0 };
    this.#entry = {
      index: 0,
      name: '',
      framework: 0,
      submit: Number.NaN,
      estimate: Number.NaN,
      runTime: Number.NaN,
      width: Number.NaN,
      area: Number.NaN,
      priority: Number.NaN,
      weight: 0,
      flags: 0,
      constraint: 0,
      source: 0,
      taskCount: 0,
      stages: undefined,
    };
    this.#outcome = blankOutcome();
  }

  /**
   * Runs to the end.
   *
   * @throws AllocatorError if the allocator breaks its contract; ScenarioError if a source finds its input wrong.
   */
  run(): Promise<RunCounts> {
    return this.#loop.run({
      view: this.#cluster,
      frameworkName: (framework) => this.#cluster.frameworkName(framework),
      nodeName: (node) => this.#cluster.nodes.name(node),
      jobName: (job) => this.#cluster.jobs.name[job]!,
      taskPosition: (task) => task - this.#cluster.firstTask(this.#cluster.jobOf(task)),
      taskCountOf: (job) => this.#cluster.taskCount(job),
      firstTaskOf: (job) => this.#cluster.firstTask(job),
      stagesOf: (job) => this.#cluster.stages.graphOf(job),
      startTime: (task) => this.#cluster.startTime(task),
      runTimeOf: (task) => this.#cluster.tasks.number(task, TaskNumber.run),
      isTwoLevel: this.#allocator.isTwoLevel ?? false,
      speedOf: (task) => this.#life.speedOf(task),
      preemption: this.#allocator.preemption ?? { kind: 'resume' },
      whyWaiting: (job) => this.#allocator.whyWaiting?.(job) ?? null,
    });
  }

  /**
   * Has something more happen than was planned, now or later; for a pacer, between two rounds.
   *
   * @throws ScenarioError if the allocator cannot follow such an event.
   */
  happen(event: OutsideEvent): void {
    this.#events.add(event);
  }

  #decide(): void {
    this.#allocator.allocate(this.#cluster, this.#desk);
    this.#life.settle();
  }

  /** @throws ScenarioError if it has stages that cannot be followed. */
  #refusal(batch: JobBatch, row: number): string | null {
    if (batch.stages[row] !== undefined) this.#refuseStages(batch, row);
    const asked = this.#asked;
    asked.demand = batch.demand;
    asked.from = batch.taskStart[row]!;
    asked.end = batch.taskStart[row + 1]!;
    asked.gang = (batch.flags[row]! & JobFlag.gang) !== 0;
    asked.constraint = batch.constraint[row]!;
    return this.#feasibility.reason(asked, this.#events.changeNodes);
  }

  #enter(batch: JobBatch, row: number, index: number, framework: FrameworkId): void {
    const stages = batch.stages[row];
    const from = batch.taskStart[row]!;
    const end = batch.taskStart[row + 1]!;
    const size = measure(batch, from, end, this.#cluster.resources, this.#widthColumn, this.#size);
    if (stages !== undefined) size.run = criticalPath(stages, batch.run, from);
    const submit = batch.submit[row]!;
    this.#tasks.submitted += end - from;
    const entry = this.#entry;
    entry.index = index;
    entry.name = batch.name[row]!;
    entry.framework = framework;
    entry.submit = submit;
    entry.estimate = batch.estimate[row]!;
    entry.runTime = size.run;
    entry.width = size.width;
    entry.area = size.area;
    entry.priority = batch.priority[row]!;
    entry.weight = batch.weight[row]!;
    entry.flags = batch.flags[row]!;
    entry.constraint = batch.constraint[row]!;
    entry.source = batch.source[row]!;
    entry.taskCount = end - from;
    entry.stages = stages;
    const job = this.#cluster.submit(entry, batch.run, batch.demand, from);
    this.#observers.jobSubmitted(submit, job);
    this.#allocator.onJobQueued?.(job);
  }

  /** @throws ScenarioError if the allocator cannot follow stages, or the job is a gang, whose tasks wait for none. */
  #refuseStages(batch: JobBatch, row: number): void {
    const { name, refusesStages } = this.#allocator;
    const isGang = (batch.flags[row]! & JobFlag.gang) !== 0;
    if (refusesStages === undefined && !isGang) return;
    const why = isGang ? 'a gang starts all its tasks together' : `\`${name}\` cannot follow them: ${refusesStages}`;
    const message = `job ${batch.name[row]} has stages, of which some wait for others; ${why}`;
    throw new ScenarioError([{ path: isGang ? 'workload' : 'allocator', message }]);
  }

  #endJob(job: JobId): void {
    const { jobs, now } = this.#cluster;
    this.#loop.jobs.completed++;
    this.#report(job, (jobs.mark(job, JobMark.flags) & JobFlag.killed) !== 0 ? 'killed' : 'completed', now);
    this.#allocator.onJobEnded?.(job);
    this.#cluster.remove(job);
  }

  #giveUp(job: JobId, reason: string): void {
    this.#life.giveUp(job);
    this.#loop.jobs.failed++;
    this.#report(job, 'failed', this.#cluster.now, reason);
    this.#allocator.onJobEnded?.(job);
    this.#cluster.remove(job);
  }

  #report(job: JobId, status: JobStatus, time: Time, reason = ''): void {
    const { jobs } = this.#cluster;
    const outcome = this.#outcome;
    outcome.index = jobs.number(job, JobNumber.index);
    outcome.name = jobs.name[job]!;
    outcome.framework = jobs.mark(job, JobMark.framework);
    outcome.submit = jobs.number(job, JobNumber.submit);
    outcome.start = jobs.number(job, JobNumber.firstStart);
    outcome.end = status === 'unfinished' ? Number.NaN : time;
    outcome.run = jobs.number(job, JobNumber.runTime);
    outcome.width = jobs.number(job, JobNumber.width);
    outcome.area = jobs.number(job, JobNumber.area);
    outcome.work = this.#cluster.hasStages(job) ? this.#workOf(job) : Number.NaN;
    if (this.#cluster.hasSpeeds && (status === 'completed' || status === 'killed')) this.#measureRun(job, outcome);
    outcome.tasks = jobs.mark(job, JobMark.taskCount);
    outcome.status = status;
    outcome.reason = reason;
    outcome.source = jobs.mark(job, JobMark.source);
    this.#observers.jobEnded(time, outcome);
  }

  #workOf(job: JobId): Time {
    const cluster = this.#cluster;
    const first = cluster.firstTask(job);
    let work = 0;
    for (let i = 0; i < cluster.taskCount(job); i++) work += cluster.tasks.number(first + i, TaskNumber.run);
    return work;
  }

  /** Where speeds depend on nodes, how long a job ran shows when it has. */
  #measureRun(job: JobId, outcome: OutcomeSlate): void {
    const cluster = this.#cluster;
    const { scale } = cluster.resources[this.#widthColumn]!;
    outcome.run = 0;
    outcome.area = 0;
    outcome.work = cluster.hasStages(job) ? 0 : Number.NaN;
    const first = cluster.firstTask(job);
    const runs = new Float64Array(cluster.taskCount(job));
    for (const i of runs.keys()) {
      const ran = this.#life.runTimeOf(first + i);
      runs[i] = ran;
      outcome.work += ran;
      outcome.run = Math.max(outcome.run, ran);
      outcome.area += (ran * cluster.demand(first + i, this.#widthColumn)) / scale;
    }
    const stages = cluster.stages.graphOf(job);
    if (stages !== undefined) outcome.run = criticalPath(stages, runs, 0);
  }

  #countTasks(): RunCounts['tasks'] {
    const { started, completed, lost, preempted } = this.#life;
    const { submitted, unfinished } = this.#tasks;
    return { submitted, started, completed, failed: lost, preempted, unfinished };
  }

  /** Tells of every job that is still there, in order of submission. */
  #leaveUnfinished(time: Time): void {
    const { jobs } = this.#cluster;
    const left = this.#cluster
      .liveJobs()
      .sort((a, b) => jobs.number(a, JobNumber.index) - jobs.number(b, JobNumber.index));
    for (const job of left) {
      this.#loop.jobs.unfinished++;
      this.#tasks.unfinished += jobs.mark(job, JobMark.taskCount) - jobs.mark(job, JobMark.endedCount);
      this.#report(job, 'unfinished', time);
    }
  }
}
