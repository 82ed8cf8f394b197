import type { PolicyFact } from '../allocators/policy-fact.ts';
import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { NODE_STATES } from '../cluster/node-states.ts';
import { FactKind, FactLog, FactMark } from './fact-log.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { ObservedRun, Observer, RunEnd } from './observer.ts';

/**
 * Tells each fact to those observers that listen to it, in the order in which they were given; and writes facts down
 * for those that read them in blocks.
 */
export class Observers {
  readonly #all: readonly Observer[];
  readonly #time: readonly Observer[];
  readonly #passed: readonly Observer[];
  readonly #submitted: readonly Observer[];
  readonly #ready: readonly Observer[];
  readonly #started: readonly Observer[];
  readonly #preempted: readonly Observer[];
  readonly #lost: readonly Observer[];
  readonly #withdrawn: readonly Observer[];
  readonly #node: readonly Observer[];
  readonly #rated: readonly Observer[];
  readonly #ended: readonly Observer[];
  readonly #rejected: readonly Observer[];
  readonly #jobEnded: readonly Observer[];
  readonly #readers: readonly Observer[];
  readonly #log: FactLog;
  #run!: ObservedRun;

  constructor(observers: readonly Observer[], resources: number) {
    this.#all = observers;
    this.#time = observers.filter((o) => o.onTime);
    this.#passed = observers.filter((o) => o.onPassed);
    this.#submitted = observers.filter((o) => o.onJobSubmitted);
    this.#ready = observers.filter((o) => o.onTasksReady);
    this.#started = observers.filter((o) => o.onTaskStarted);
    this.#preempted = observers.filter((o) => o.onTaskPreempted);
    this.#lost = observers.filter((o) => o.onTaskLost);
    this.#withdrawn = observers.filter((o) => o.onTaskWithdrawn);
    this.#node = observers.filter((o) => o.onNodeChanged);
    this.#rated = observers.filter((o) => o.onTaskRated);
    this.#ended = observers.filter((o) => o.onTaskEnded);
    this.#rejected = observers.filter((o) => o.onJobRejected);
    this.#jobEnded = observers.filter((o) => o.onJobEnded);
    this.#readers = observers.filter((o) => o.readFacts);
    this.#log = new FactLog(resources);
  }

  start(run: ObservedRun): void {
    this.#run = run;
    for (const observer of this.#all) observer.onStart?.(run);
  }

  time(before: Time, now: Time): void {
    for (const observer of this.#time) observer.onTime!(before, now);
  }

  passed(time: Time): void {
    for (const observer of this.#passed) observer.onPassed!(time);
  }

  jobSubmitted(time: Time, job: JobId): void {
    for (const observer of this.#submitted) observer.onJobSubmitted!(time, job);
    if (this.#readers.length === 0) return;
    const log = this.#room();
    const { view } = this.#run;
    const row = log.open(FactKind.submitted, time, view.submission(job), view.frameworkOf(job));
    log.name[row] = this.#run.jobName(job);
    if (view.hasStages(job)) this.#sumQueued(row, job);
    else this.#sum(row, view.firstTask(job), view.taskCount(job));
  }

  /** So many tasks of a job, from `first` on, have nothing left to wait for and are queued. */
  tasksReady(time: Time, job: JobId, first: TaskId, count: number): void {
    for (const observer of this.#ready) observer.onTasksReady!(time, job, first, count);
    if (this.#readers.length === 0) return;
    const log = this.#room();
    const { view } = this.#run;
    this.#sum(log.open(FactKind.ready, time, view.submission(job), view.frameworkOf(job)), first, count);
  }

  /** Writes down how many tasks those are, and what they demand. */
  #sum(row: number, first: TaskId, count: number): void {
    const { view } = this.#run;
    const { resources, amount, position } = this.#log;
    position[row] = count;
    for (let r = 0; r < resources; r++) {
      let sum = 0;
      for (let task = first; task < first + count; task++) sum += view.demand(task, r);
      amount[row * resources + r] = sum;
    }
  }

  /** The same for the queued tasks of a job. */
  #sumQueued(row: number, job: JobId): void {
    const { view } = this.#run;
    const { resources, amount, position } = this.#log;
    position[row] = view.queuedTaskCount(job);
    amount.fill(0, row * resources, (row + 1) * resources);
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
      for (let r = 0; r < resources; r++) amount[row * resources + r]! += view.demand(task, r);
    }
  }

  /** `isFirst` says that no task of the job had started before. */
  taskStarted(time: Time, task: TaskId, node: NodeId, isFirst: boolean): void {
    for (const observer of this.#started) observer.onTaskStarted!(time, task, node);
    if (this.#readers.length > 0) this.#addTask(FactKind.started, time, task, node, isFirst ? FactMark.firstOfJob : 0);
  }

  taskPreempted(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    for (const observer of this.#preempted) observer.onTaskPreempted!(time, task, node, lost);
    if (this.#readers.length === 0) return;
    const row = this.#addTask(FactKind.preempted, time, task, node, 0);
    this.#log.lost[row] = lost;
  }

  taskLost(time: Time, task: TaskId, node: NodeId, lost: Time): void {
    for (const observer of this.#lost) observer.onTaskLost!(time, task, node, lost);
    if (this.#readers.length === 0) return;
    const row = this.#addTask(FactKind.lost, time, task, node, 0);
    this.#log.lost[row] = lost;
  }

  /** The job was given up before it started where `neverStarted`. */
  taskWithdrawn(time: Time, task: TaskId, neverStarted: boolean): void {
    for (const observer of this.#withdrawn) observer.onTaskWithdrawn!(time, task);
    if (this.#readers.length > 0)
      this.#addTask(FactKind.withdrawn, time, task, NONE, neverStarted ? FactMark.firstOfJob : 0);
  }

  nodeChanged(time: Time, node: NodeId): void {
    for (const observer of this.#node) observer.onNodeChanged!(time, node);
    if (this.#readers.length === 0) return;
    const log = this.#room();
    const row = log.open(FactKind.node, time, 0, 0);
    log.node[row] = node;
    log.position[row] = NODE_STATES.indexOf(this.#run.view.nodeState(node));
    this.capacityChanged(time);
  }

  /** What an allocator tells of itself. */
  policy(time: Time, fact: PolicyFact): void {
    if (this.#readers.length === 0) return;
    const log = this.#room();
    log.policies++;
    const row = log.open(FactKind.policy, time, fact.count ?? 1, fact.framework);
    log.position[row] = fact.kind;
    log.node[row] = fact.node;
    log.lost[row] = fact.length;
    const { resources, amount } = log;
    for (let r = 0; r < resources; r++) amount[row * resources + r] = fact.amounts?.[r] ?? 0;
  }

  taskRated(time: Time, task: TaskId, share: number): void {
    for (const observer of this.#rated) observer.onTaskRated!(time, task, share);
  }

  /** A fluid task holds so much more of one resource. */
  taskHeld(time: Time, task: TaskId, resource: number, more: number): void {
    if (this.#readers.length === 0) return;
    const log = this.#room();
    const { view } = this.#run;
    const job = view.jobOf(task);
    const row = log.open(FactKind.held, time, view.submission(job), view.frameworkOf(job));
    log.amount.fill(0, row * log.resources, (row + 1) * log.resources);
    log.amount[row * log.resources + resource] = more;
  }

  /** The cluster has another capacity, as the view shows. */
  capacityChanged(time: Time): void {
    if (this.#readers.length === 0) return;
    const log = this.#room();
    const row = log.open(FactKind.capacity, time, 0, 0);
    for (let r = 0; r < log.resources; r++) log.amount[row * log.resources + r] = this.#run.view.totalCapacity(r);
  }

  /** `isFluid` says that it held nothing of its own in the end. */
  taskEnded(time: Time, task: TaskId, node: NodeId, isFluid: boolean): void {
    for (const observer of this.#ended) observer.onTaskEnded!(time, task, node);
    if (this.#readers.length > 0) this.#addTask(FactKind.ended, time, task, node, isFluid ? FactMark.fluid : 0);
  }

  jobRejected(time: Time, outcome: JobOutcome): void {
    for (const observer of this.#rejected) observer.onJobRejected!(outcome);
    this.jobEnded(time, outcome);
  }

  jobEnded(time: Time, outcome: JobOutcome): void {
    for (const observer of this.#jobEnded) observer.onJobEnded!(time, outcome);
    if (this.#readers.length > 0) this.#room().addJobEnd(time, outcome);
  }

  end(end: RunEnd): void {
    this.flush();
    for (const observer of this.#all) observer.onEnd?.(end);
  }

  /** Lets the facts so far be read. */
  flush(): void {
    for (const observer of this.#readers) observer.readFacts!(this.#log);
    this.#log.count = 0;
    this.#log.policies = 0;
  }

  #addTask(kind: number, time: Time, task: TaskId, node: NodeId, marks: number): number {
    const log = this.#room();
    const { view } = this.#run;
    const job = view.jobOf(task);
    const position = task - view.firstTask(job);
    const fluid = marks === FactMark.fluid || !view.isFluid(task) ? 0 : FactMark.fluid;
    const row = log.openTask(kind, time, view.submission(job), view.frameworkOf(job), position, node, marks | fluid);
    const { resources, amount } = log;
    for (let r = 0; r < resources; r++) amount[row * resources + r] = view.demand(task, r);
    return row;
  }

  #room(): FactLog {
    if (this.#log.isFull) this.flush();
    return this.#log;
  }
}
