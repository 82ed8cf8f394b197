import type { Allocator } from '../allocators/allocator.ts';
import type { OutsideEvent } from '../allocators/outside-event.ts';
import { widthColumn } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import type { FrameworkId, JobId } from '../base/ids.ts';
import type { Interner } from '../base/interner.ts';
import { NEVER, type Time } from '../base/time.ts';
import type { Cluster, JobEntry } from '../cluster/cluster.ts';
import { Feasibility, type JobDemand } from '../cluster/feasibility.ts';
import { JobMark, JobNumber } from '../cluster/job-table.ts';
import { TaskNumber } from '../cluster/task-table.ts';
import { type InstantOrder, Kernel, type Pause } from '../kernel/kernel.ts';
import { Phase } from '../kernel/phase.ts';
import { type JobBatch, JobFlag } from '../workload/job-batch.ts';
import { type JobSize, measure } from '../workload/job-size.ts';
import { criticalPath } from '../workload/job-stages.ts';
import { mergeSources } from '../workload/merge.ts';
import type { WorkloadSource } from '../workload/workload-source.ts';
import { ArrivalBuffer } from './arrival-buffer.ts';
import { DecisionDesk } from './decision-desk.ts';
import type { JobOutcome, JobStatus } from './job-outcome.ts';
import type { Observer } from './observer.ts';
import { Observers } from './observers.ts';
import { OutsideEvents } from './outside-events.ts';
import type { Pacer } from './pacer.ts';
import { TaskLife } from './task-life.ts';

/** What one run is made of. */
export interface SimulationParts {
  readonly cluster: Cluster;
  /** Names that the sources' framework columns refer to. */
  readonly frameworks: Interner;
  /** Gives the role path that a framework submits under. */
  readonly roleOf: (framework: string) => string;
  /** Those that are there from the start; others come with their first job. */
  readonly initialFrameworks?: readonly string[];
  readonly sources: readonly WorkloadSource[];
  readonly allocator: Allocator;
  readonly observers?: readonly Observer[];
  /** The run is cut after the last round at this time. */
  readonly until?: Time;
  /** Metrics count from this long after the first submit on. */
  readonly warmup?: Time;
  /** The order inside one instant; rounds where left out. */
  readonly order?: InstantOrder;
  /** What happens to nodes, the master, frameworks and roles, in order of time. */
  readonly events?: readonly OutsideEvent[];
  readonly pacer?: Pacer;
}

/** What happened, in numbers; submitted = completed + failed + rejected + unfinished. */
export interface RunCounts {
  readonly jobs: { submitted: number; completed: number; failed: number; rejected: number; unfinished: number };
  readonly tasks: {
    submitted: number;
    started: number;
    completed: number;
    failed: number;
    preempted: number;
    unfinished: number;
  };
  /** First submit of a job that was replayed, last end (or `until`), microseconds. */
  readonly start: Time;
  readonly end: Time;
  /** True if `until` came before everything had ended. */
  readonly cut: boolean;
  /** True if the pacer ended the run before that. */
  readonly interrupted: boolean;
  readonly events: number;
  readonly passes: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Wires kernel, cluster, workload and allocator, and runs them once. */
export class Simulation {
  readonly #cluster: Cluster;
  readonly #allocator: Allocator;
  readonly #observers: Observers;
  readonly #parts: SimulationParts;
  readonly #kernel: Kernel;
  readonly #desk: DecisionDesk;
  readonly #feasibility: Feasibility;
  readonly #life: TaskLife;
  readonly #buffer: ArrivalBuffer;
  readonly #events: OutsideEvents;
  readonly #frameworkIds: FrameworkId[] = [];
  readonly #jobs = { submitted: 0, completed: 0, failed: 0, rejected: 0, unfinished: 0 };
  readonly #tasks = { submitted: 0, unfinished: 0 };
  // One object each for all jobs: new ones would leave three hundred bytes behind for every job.
  readonly #outcome: Mutable<JobOutcome>;
  readonly #entry: Mutable<JobEntry>;
  readonly #asked: Mutable<JobDemand>;
  readonly #widthColumn: number;
  readonly #size: JobSize = { run: Number.NaN, width: Number.NaN, area: Number.NaN };
  #passes = 0;
  /** The pass after which the pacer is asked; 0 for none. */
  #pauseAfter = 0;
  #start: Time = Number.NaN;

  constructor(parts: SimulationParts) {
    const { cluster, allocator } = parts;
    this.#parts = parts;
    this.#cluster = cluster;
    this.#widthColumn = widthColumn(cluster.resources);
    this.#allocator = allocator;
    this.#observers = new Observers(parts.observers ?? [], cluster.resources.length);
    this.#feasibility = new Feasibility(cluster.resources, cluster.nodes.groups, cluster.constraints);
    const rounds = {
      onTime: (before: Time, now: Time) => this.#onTime(before, now),
      decide: () => this.#decide(),
    };
    this.#kernel = new Kernel(rounds, parts.order);
    this.#life = new TaskLife({
      cluster,
      kernel: this.#kernel,
      allocator,
      observers: this.#observers,
      endJob: (job) => this.#endJob(job),
    });
    this.#events = new OutsideEvents({
      events: parts.events ?? [],
      cluster,
      kernel: this.#kernel,
      allocator,
      life: this.#life,
      observers: this.#observers,
    });
    const wake = this.#kernel.event(Phase.timer, () => this.#kernel.askForPass());
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
    this.#buffer = new ArrivalBuffer(mergeSources(parts.sources, cluster.resources.length), (batch, row) =>
      this.#arrive(batch, row),
    );
    for (const name of parts.initialFrameworks ?? []) this.#frameworkOf(parts.frameworks.id(name));
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
    this.#outcome = {
      index: 0,
      name: '',
      framework: 0,
      submit: Number.NaN,
      start: Number.NaN,
      end: Number.NaN,
      run: Number.NaN,
      width: Number.NaN,
      area: Number.NaN,
      tasks: 0,
      status: 'completed',
      reason: '',
      source: 0,
    };
  }

  /**
   * Runs to the end.
   *
   * @throws AllocatorError if the allocator breaks its contract; ScenarioError if a source finds its input wrong.
   */
  async run(): Promise<RunCounts> {
    const { pacer } = this.#parts;
    let until = this.#parts.until ?? NEVER;
    let interrupted = false;
    this.#observers.start({
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
    let pause: Pause;
    try {
      for (;;) {
        pause = this.#kernel.run(this.#buffer, until);
        if (pause === 'starved') await this.#buffer.read();
        else if (pause !== 'stopped') break;
        if (pacer === undefined || interrupted || (await this.#mayGoOn(pacer))) continue;
        interrupted = true;
        until = this.#kernel.now;
      }
    } finally {
      await this.#buffer.close();
    }
    return this.#finish(pause, until, interrupted);
  }

  /**
   * Has something more happen than was planned, now or later; for a pacer, between two rounds.
   *
   * @throws ScenarioError if the allocator cannot follow such an event.
   */
  happen(event: OutsideEvent): void {
    this.#events.add(event);
  }

  /** Asks the pacer; a run that has not begun goes on whatever it says. */
  async #mayGoOn(pacer: Pacer): Promise<boolean> {
    const { completed, failed, rejected, submitted } = this.#jobs;
    const rounds = await pacer.turn({
      now: this.#kernel.now,
      rounds: this.#passes,
      arrived: submitted,
      ended: completed + failed + rejected,
      tasksEnded: this.#life.completed,
      accounts: this.#parts.sources.map(({ account }) => account),
    });
    this.#pauseAfter = this.#passes + Math.max(1, rounds);
    return rounds > 0 || this.#passes === 0;
  }

  #finish(pause: Pause, until: Time, stopped: boolean): RunCounts {
    const left = this.#cluster.runningTasks + this.#cluster.queuedTasks > 0;
    const cut = pause === 'limit';
    const interrupted = cut && stopped;
    const end = cut ? until : this.#life.lastEnd;
    if (cut && this.#kernel.now < until && !Number.isNaN(this.#start)) this.#onTime(this.#kernel.now, until);
    if (left) this.#leaveUnfinished(cut ? until : this.#kernel.now);
    for (const { account } of this.#parts.sources) {
      let known = account.replayed + account.rejected;
      for (const count of Object.values(account.skipped)) known += count;
      const late = `after the end of the run (${interrupted ? 'interrupted' : 'until'})`;
      if (account.read > known) account.skipped[late] = account.read - known;
    }
    const start = Number.isNaN(this.#start) ? 0 : this.#start;
    const last = Number.isNaN(end) ? start : end;
    this.#observers.end({ start, end: last, warm: start + (this.#parts.warmup ?? 0), cut });
    return {
      jobs: this.#jobs,
      tasks: {
        submitted: this.#tasks.submitted,
        started: this.#life.started,
        completed: this.#life.completed,
        failed: this.#life.lost,
        preempted: this.#life.preempted,
        unfinished: this.#tasks.unfinished,
      },
      start,
      end: last,
      cut,
      interrupted,
      events: this.#kernel.events,
      passes: this.#passes,
    };
  }

  #onTime(before: Time, now: Time): void {
    this.#cluster.now = now;
    if (before !== Number.NEGATIVE_INFINITY) this.#observers.time(before, now);
  }

  #decide(): void {
    if (++this.#passes === this.#pauseAfter) this.#kernel.stop();
    this.#allocator.allocate(this.#cluster, this.#desk);
    this.#life.settle();
    this.#observers.passed(this.#cluster.now);
  }

  #arrive(batch: JobBatch, row: number): void {
    const stages = batch.stages[row];
    if (stages !== undefined) this.#refuseStages(batch, row);
    const index = this.#jobs.submitted++;
    const framework = this.#frameworkOf(batch.framework[row]!);
    const from = batch.taskStart[row]!;
    const end = batch.taskStart[row + 1]!;
    const flags = batch.flags[row]!;
    const asked = this.#asked;
    asked.demand = batch.demand;
    asked.from = from;
    asked.end = end;
    asked.gang = (flags & JobFlag.gang) !== 0;
    asked.constraint = batch.constraint[row]!;
    const reason = this.#feasibility.reason(asked, this.#events.changeNodes);
    const size = measure(batch, from, end, this.#cluster.resources, this.#widthColumn, this.#size);
    if (stages !== undefined) size.run = criticalPath(stages, batch.run, from);
    const account = this.#parts.sources[batch.source[row]!]!.account;
    if (reason !== null) {
      account.rejected += batch.records[row]!;
      this.#reject(batch, row, index, framework, size, reason);
      return;
    }
    account.replayed += batch.records[row]!;
    const submit = batch.submit[row]!;
    if (Number.isNaN(this.#start)) this.#start = submit;
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
    entry.flags = flags;
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

  #frameworkOf(code: number): FrameworkId {
    let framework = this.#frameworkIds[code];
    if (framework === undefined) {
      const name = this.#parts.frameworks.name(code);
      framework = this.#cluster.addFramework(name, this.#parts.roleOf(name));
      this.#frameworkIds[code] = framework;
    }
    return framework;
  }

  #endJob(job: JobId): void {
    const { jobs, now } = this.#cluster;
    this.#jobs.completed++;
    this.#report(job, (jobs.mark(job, JobMark.flags) & JobFlag.killed) !== 0 ? 'killed' : 'completed', now);
    this.#allocator.onJobEnded?.(job);
    this.#cluster.remove(job);
  }

  #giveUp(job: JobId, reason: string): void {
    this.#life.giveUp(job);
    this.#jobs.failed++;
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
    if (this.#cluster.hasSpeeds && (status === 'completed' || status === 'killed')) this.#measureRun(job, outcome);
    outcome.tasks = jobs.mark(job, JobMark.taskCount);
    outcome.status = status;
    outcome.reason = reason;
    outcome.source = jobs.mark(job, JobMark.source);
    this.#observers.jobEnded(time, outcome);
  }

  /** Where speeds depend on nodes, how long a job ran shows when it has. */
  #measureRun(job: JobId, outcome: Mutable<JobOutcome>): void {
    const cluster = this.#cluster;
    const { scale } = cluster.resources[this.#widthColumn]!;
    outcome.run = 0;
    outcome.area = 0;
    const first = cluster.firstTask(job);
    const runs = new Float64Array(cluster.taskCount(job));
    for (const i of runs.keys()) {
      const ran = this.#life.runTimeOf(first + i);
      runs[i] = ran;
      outcome.run = Math.max(outcome.run, ran);
      outcome.area += (ran * cluster.demand(first + i, this.#widthColumn)) / scale;
    }
    const stages = cluster.stages.graphOf(job);
    if (stages !== undefined) outcome.run = criticalPath(stages, runs, 0);
  }

  #reject(batch: JobBatch, row: number, index: number, framework: FrameworkId, size: JobSize, reason: string): void {
    this.#jobs.rejected++;
    const { now } = this.#cluster;
    this.#observers.jobRejected(now, {
      index,
      name: batch.name[row]!,
      framework,
      submit: batch.submit[row]!,
      start: Number.NaN,
      end: Number.NaN,
      ...size,
      tasks: batch.taskStart[row + 1]! - batch.taskStart[row]!,
      status: 'rejected',
      reason,
      source: batch.source[row]!,
    });
  }

  /** Tells of every job that is still there, in order of submission. */
  #leaveUnfinished(time: Time): void {
    const { jobs } = this.#cluster;
    const left = this.#cluster
      .liveJobs()
      .sort((a, b) => jobs.number(a, JobNumber.index) - jobs.number(b, JobNumber.index));
    for (const job of left) {
      this.#jobs.unfinished++;
      this.#tasks.unfinished += jobs.mark(job, JobMark.taskCount) - jobs.mark(job, JobMark.endedCount);
      this.#report(job, 'unfinished', time);
    }
  }
}
