import type { Allocator } from '../allocators/allocator.ts';
import { type PreemptionRule, timeToRun, workDone, workKept } from '../allocators/preemption.ts';
import { grown } from '../base/grow.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import { NEVER, type Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { JobNumber } from '../cluster/job-table.ts';
import { TaskNumber } from '../cluster/task-table.ts';
import type { Ticket } from '../kernel/event-queue.ts';
import type { EventKind, Kernel } from '../kernel/kernel.ts';
import { Phase } from '../kernel/phase.ts';
import { FluidTasks } from './fluid-tasks.ts';
import type { Observers } from './observers.ts';
import { TaskSpeeds } from './task-speeds.ts';

/** What the life of tasks is made with. */
export interface TaskLifeParts {
  readonly cluster: Cluster;
  readonly kernel: Kernel;
  readonly allocator: Allocator;
  readonly observers: Observers;
  /** The last task of the job has ended. */
  readonly endJob: (job: JobId) => void;
}

/** Starts, preempts and ends tasks: moves them in the cluster, keeps their events, and tells observers and allocator. */
export class TaskLife {
  started = 0;
  completed = 0;
  preempted = 0;
  lost = 0;
  /** When a task ended last. */
  lastEnd: Time = Number.NaN;
  readonly #parts: TaskLifeParts;
  readonly #cluster: Cluster;
  readonly #allocator: Allocator;
  readonly #observers: Observers;
  readonly #rule: PreemptionRule;
  readonly #completion: EventKind;
  readonly #fluidEnd: EventKind;
  readonly #fluid: FluidTasks;
  readonly #speeds = new TaskSpeeds();
  /** By task: when the event of its end is due, and its ticket. */
  #due = new Float64Array(0);
  #ticket = new Float64Array(0);
  #fluidDue: Time = NEVER;
  #fluidTicket: Ticket = 0;

  constructor(parts: TaskLifeParts) {
    const { kernel, allocator, cluster } = parts;
    this.#parts = parts;
    this.#cluster = cluster;
    this.#allocator = allocator;
    this.#observers = parts.observers;
    this.#rule = allocator.preemption ?? { kind: 'resume' };
    this.#completion = kernel.event(
      Phase.complete,
      (task) => this.#complete(task),
      (task) => this.#leaveOnTime(task),
    );
    this.#fluidEnd = kernel.event(Phase.complete, () => {
      this.#fluidDue = NEVER;
      this.#fluid.finish();
    });
    this.#fluid = new FluidTasks(allocator.name, cluster, {
      rated: (task, share) => this.#observers.taskRated(cluster.now, task, share),
      held: (task, r, more) => this.#observers.taskHeld(cluster.now, task, r, more),
      end: (task) => this.#complete(task),
      wakeAt: (time) => this.#expectFluidEnd(time),
    });
  }

  /**
   * @param speed microseconds of work in one.
   * @param device which of the node's devices gives it its share.
   */
  start(task: TaskId, node: NodeId, speed = 1, device?: number): void {
    const cluster = this.#cluster;
    const { now } = cluster;
    this.#speeds.set(task, speed);
    // Checkpoints come by the clock, however fast the work goes.
    const lasts = timeToRun(this.#rule, this.#speeds.timeFor(task, cluster.tasks.number(task, TaskNumber.left)));
    if (cluster.hasSpeeds) this.#beginSpell(task);
    const due = now + lasts;
    const isFirst = Number.isNaN(cluster.jobs.number(cluster.jobOf(task), JobNumber.firstStart));
    cluster.start(task, node, device);
    if (task >= this.#due.length) this.#grow(task + 1);
    this.#due[task] = due;
    this.#ticket[task] = this.#completion.at(due, task);
    this.#tellStart(task, node, isFirst);
  }

  /** @param speed microseconds of work in one, at full share. */
  startFluid(task: TaskId, node: NodeId, share: number, speed = 1): void {
    const cluster = this.#cluster;
    this.#speeds.set(task, speed);
    if (cluster.hasSpeeds) this.#beginSpell(task);
    const isFirst = Number.isNaN(cluster.jobs.number(cluster.jobOf(task), JobNumber.firstStart));
    cluster.startFluid(task, node);
    this.#tellStart(task, node, isFirst);
    this.#fluid.add(task, cluster.tasks.number(task, TaskNumber.left) / speed, share);
  }

  setShare(task: TaskId, share: number): void {
    this.#fluid.setShare(task, share);
  }

  preempt(task: TaskId): void {
    const cluster = this.#cluster;
    const { now, tasks } = cluster;
    const node = cluster.nodeOf(task);
    const elapsed = now - cluster.startTime(task);
    const kept = this.#speeds.workIn(task, workKept(this.#rule, elapsed));
    const left =
      this.#rule.kind === 'restart' ? tasks.number(task, TaskNumber.run) : tasks.number(task, TaskNumber.left) - kept;
    this.#parts.kernel.cancel(this.#due[task]!, this.#ticket[task]!);
    if (cluster.hasSpeeds) this.#speeds.ran(task, kept);
    cluster.requeue(task, left);
    this.preempted++;
    this.#observers.taskPreempted(now, task, node, this.#speeds.workIn(task, workDone(this.#rule, elapsed)) - kept);
    this.#allocator.onTaskPreempted?.(task, cluster.jobOf(task), node);
  }

  /** Puts a running task back into the queue with nothing done, as its node is gone. */
  lose(task: TaskId): void {
    const cluster = this.#cluster;
    const node = this.#stop(task);
    cluster.requeue(task, cluster.tasks.number(task, TaskNumber.run));
    this.#allocator.onTaskPreempted?.(task, cluster.jobOf(task), node);
  }

  /** Ends every task of a job that is given up. */
  giveUp(job: JobId): void {
    const cluster = this.#cluster;
    const { now } = cluster;
    const neverStarted = Number.isNaN(cluster.jobs.number(job, JobNumber.firstStart));
    const first = cluster.firstTask(job);
    let isFirst = neverStarted;
    for (let task = first; task < first + cluster.taskCount(job); task++) {
      if (cluster.isRunning(task)) {
        const node = this.#stop(task);
        cluster.end(task);
        // What is lost is queued again, and then leaves the queue with the rest of its job.
        this.#observers.taskWithdrawn(now, task, false);
        this.lastEnd = now;
        this.#allocator.onTaskEnded?.(task, job, node);
      } else if (cluster.isQueued(task)) {
        cluster.withdraw(task);
        this.#observers.taskWithdrawn(now, task, isFirst);
        isFirst = false;
      } else if (cluster.isWaiting(task)) {
        cluster.withdraw(task);
      }
    }
  }

  /** Takes back the end of a running task and tells of its loss; gives its node. */
  #stop(task: TaskId): NodeId {
    const cluster = this.#cluster;
    const { now } = cluster;
    const node = cluster.nodeOf(task);
    const elapsed = now - cluster.startTime(task);
    const done = cluster.workKept(task) + this.#speeds.workIn(task, workDone(this.#rule, elapsed));
    this.#parts.kernel.cancel(this.#due[task]!, this.#ticket[task]!);
    this.lost++;
    this.#observers.taskLost(now, task, node, done);
    return node;
  }

  /** Microseconds of work in one, of a running task. */
  speedOf(task: TaskId): number {
    return this.#speeds.of(task);
  }

  /** How long a task that has ended held nodes for work that was kept. */
  runTimeOf(task: TaskId): Time {
    return this.#speeds.runTimeOf(task);
  }

  /** Puts the shares that a pass has set into force. */
  settle(): void {
    this.#fluid.settle();
  }

  #tellStart(task: TaskId, node: NodeId, isFirst: boolean): void {
    this.started++;
    this.#observers.taskStarted(this.#cluster.now, task, node, isFirst);
    this.#allocator.onTaskStarted?.(task, this.#cluster.jobOf(task), node);
  }

  /** Where events go one by one, a task whose estimated end is now is gone before the arrivals of this instant. */
  #leaveOnTime(task: TaskId): void {
    if (this.#expectedEnd(task) <= this.#cluster.now) this.#end(task);
  }

  #expectedEnd(task: TaskId): Time {
    const cluster = this.#cluster;
    if (this.#allocator.expectedEnd) return this.#allocator.expectedEnd(task);
    const left = cluster.estimate(cluster.jobOf(task)) - cluster.workKept(task);
    return cluster.startTime(task) + this.#speeds.timeFor(task, left);
  }

  #complete(task: TaskId): void {
    const cluster = this.#cluster;
    if (cluster.isRunning(task)) this.#end(task);
    const job = cluster.jobOf(task);
    if (cluster.finish(task)) this.#parts.endJob(job);
    else if (cluster.hasStages(job)) this.#readyBehind(task, job);
  }

  /** Queues the tasks that waited for the one that has ended, and for nothing else any more. */
  #readyBehind(task: TaskId, job: JobId): void {
    const cluster = this.#cluster;
    const origin = cluster.firstTask(job);
    for (const stage of cluster.stages.ended(job, task - origin)) {
      const { firstTask } = cluster.stages.graphOf(job)!;
      const first = origin + firstTask[stage]!;
      const count = firstTask[stage + 1]! - firstTask[stage]!;
      cluster.ready(first, count);
      this.#observers.tasksReady(cluster.now, job, first, count);
      this.#allocator.onTasksReady?.(job, first, count);
    }
  }

  #end(task: TaskId): void {
    const cluster = this.#cluster;
    const { now } = cluster;
    const node = cluster.nodeOf(task);
    const isFluid = cluster.isFluid(task);
    if (cluster.hasSpeeds) this.#speeds.ran(task, cluster.tasks.number(task, TaskNumber.left));
    cluster.end(task);
    this.completed++;
    this.lastEnd = now;
    this.#observers.taskEnded(now, task, node, isFluid);
    this.#allocator.onTaskEnded?.(task, cluster.jobOf(task), node);
  }

  /** A task without any work kept begins to run as if it had never run. */
  #beginSpell(task: TaskId): void {
    if (this.#cluster.workKept(task) === 0) this.#speeds.forget(task);
  }

  #expectFluidEnd(time: Time): void {
    if (time === this.#fluidDue) return;
    if (this.#fluidDue !== NEVER) this.#parts.kernel.cancel(this.#fluidDue, this.#fluidTicket);
    this.#fluidDue = time;
    if (time !== NEVER) this.#fluidTicket = this.#fluidEnd.at(time, 0);
  }

  #grow(length: number): void {
    this.#due = grown(this.#due, length);
    this.#ticket = grown(this.#ticket, length);
  }
}
