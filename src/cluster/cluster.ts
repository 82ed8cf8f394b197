import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import { type FrameworkId, type JobId, NONE, type NodeId, type RoleId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { ConstraintTable } from './constraints.ts';
import { DeviceTable, type Holdings } from './device-table.ts';
import { JobQueues } from './job-queues.ts';
import { JobTable } from './job-table.ts';
import { type NodeState, NodeStates } from './node-states.ts';
import { type NodeGroup, NodeTable } from './node-table.ts';
import { openTrial } from './open-trial.ts';
import { RoleTable } from './role-table.ts';
import { TaskState, TaskTable } from './task-table.ts';
import type { ClusterView, FreeListener, Trial } from './view.ts';

/** A job as it is handed over: the facts that the tables keep. */
export interface JobEntry {
  readonly index: number;
  readonly name: string | number;
  readonly framework: FrameworkId;
  readonly submit: Time;
  /** NaN for a job without one. */
  readonly estimate: Time;
  /** The longest task, what all tasks demand together in cpus, and run time times cpus. */
  readonly runTime: Time;
  readonly width: number;
  readonly area: number;
  readonly priority: number;
  readonly flags: number;
  readonly constraint: number;
  readonly source: number;
  readonly taskCount: number;
}

/** Bits of a job's flags: its tasks start together; and their demands are not all alike. */
const GANG = 1;
const UNEVEN = 4;

/** The whole state of a simulated cluster; the only writer of its tables, and the view that allocators see. */
export class Cluster implements ClusterView {
  now: Time = 0;
  readonly resources: ResourceCatalog;
  readonly nodes: NodeTable;
  readonly nodeStates: NodeStates;
  readonly jobs = new JobTable();
  readonly tasks: TaskTable;
  readonly roles: RoleTable;
  readonly constraints: ConstraintTable;
  readonly trial: Trial;
  queuedTasks = 0;
  unevenGangs = 0;
  runningTasks = 0;
  releases = 0;
  readonly #queues = new JobQueues();
  readonly #devices: DeviceTable;
  readonly #stride: number;
  readonly #listeners: FreeListener[] = [];
  readonly #classOfGroup: number[] = [];
  readonly #classGroup: number[] = [];
  /** By constraint and class; filled when first asked. */
  readonly #satisfied: boolean[][] = [];
  readonly #held: Holdings = new Map();

  constructor(resources: ResourceCatalog, groups: readonly NodeGroup[], constraints = new ConstraintTable()) {
    this.resources = resources;
    this.#stride = resources.length;
    this.nodes = new NodeTable(resources, groups);
    this.nodeStates = new NodeStates(this.nodes);
    this.#devices = new DeviceTable(resources, groups);
    this.tasks = new TaskTable(resources.length);
    this.roles = new RoleTable(resources.length);
    this.constraints = constraints;
    this.trial = openTrial({
      nodeOf: (task) => this.nodeOf(task),
      held: this.#held,
      take: (task, node, held, devices) => this.#take(task, node, held, devices),
      release: (task, node, held) => this.#release(task, node, held),
      hold: (node, amounts, sign) => this.#hold(node, amounts, sign),
    });
    const classes = new Map<string, number>();
    for (const [g, group] of groups.entries()) {
      const attributes = Object.entries(group.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([group.capacity, attributes]);
      if (!classes.has(key)) {
        classes.set(key, classes.size);
        this.#classGroup.push(g);
      }
      this.#classOfGroup.push(classes.get(key)!);
    }
  }

  /** Adds the next framework; its role is added where it is new. */
  addFramework(name: string, rolePath: string): FrameworkId {
    this.#queues.addFramework();
    return this.roles.addFramework(name, this.roles.add(rolePath));
  }

  /**
   * Takes a job with all its tasks into the queue.
   *
   * `run` and `demand` are columns of the job's tasks, from row `from` on.
   */
  submit(entry: JobEntry, run: Float64Array, demand: Float64Array, from: number): JobId {
    const { jobs, tasks } = this;
    const stride = this.#stride;
    const job = jobs.add();
    const first = tasks.add(entry.taskCount);
    for (let i = 0; i < entry.taskCount; i++) {
      const task = first + i;
      tasks.job[task] = job;
      tasks.node[task] = NONE;
      tasks.state[task] = TaskState.queued;
      tasks.start[task] = Number.NaN;
      tasks.run[task] = run[from + i]!;
      tasks.left[task] = run[from + i]!;
      for (let r = 0; r < stride; r++) tasks.demand[task * stride + r] = demand[(from + i) * stride + r]!;
    }
    jobs.name[job] = entry.name;
    jobs.index[job] = entry.index;
    jobs.submit[job] = entry.submit;
    jobs.firstStart[job] = Number.NaN;
    jobs.estimate[job] = entry.estimate >= 0 ? entry.estimate : entry.runTime;
    jobs.runTime[job] = entry.runTime;
    jobs.priority[job] = entry.priority;
    jobs.width[job] = entry.width;
    jobs.area[job] = entry.area;
    jobs.framework[job] = entry.framework;
    jobs.constraint[job] = entry.constraint;
    jobs.source[job] = entry.source;
    jobs.flags[job] = entry.flags;
    if ((entry.flags & GANG) !== 0 && !this.#isEven(first, entry.taskCount)) {
      jobs.flags[job] = entry.flags | UNEVEN;
      this.unevenGangs++;
    }
    jobs.firstTask[job] = first;
    jobs.taskCount[job] = entry.taskCount;
    jobs.queuedCount[job] = entry.taskCount;
    jobs.endedCount[job] = 0;
    jobs.queuedFrom[job] = 0;
    this.queuedTasks += entry.taskCount;
    this.roles.frameworkQueued[entry.framework] = this.roles.frameworkQueued[entry.framework]! + entry.taskCount;
    this.#queues.enter(job, entry.framework);
    return job;
  }

  /** Starts a queued task on a node where it fits. */
  start(task: TaskId, node: NodeId): void {
    this.#take(task, node, this.#held);
    this.#count(this.tasks.job[task]!, task, 1);
    this.#leaveQueue(task, node, TaskState.running);
  }

  /** Starts a queued task that holds nothing until {@link adjust} gives it something. */
  startFluid(task: TaskId, node: NodeId): void {
    this.#leaveQueue(task, node, TaskState.fluid);
    const { frameworkRunning } = this.roles;
    const framework = this.jobs.framework[this.tasks.job[task]!]!;
    frameworkRunning[framework] = frameworkRunning[framework]! + 1;
  }

  /** Gives a fluid task so much more of a resource of its node (less where `amount` is below zero). */
  adjust(task: TaskId, r: number, amount: Amount): void {
    const { free, totalFree } = this.nodes;
    const node = this.tasks.node[task]!;
    free[node * this.#stride + r] = free[node * this.#stride + r]! - amount;
    totalFree[r] = totalFree[r]! - amount;
    this.#countAmount(this.jobs.framework[this.tasks.job[task]!]!, r, amount);
    for (const listener of this.#listeners) listener.onFreeChanged(node);
  }

  /** Takes what a running task holds back from it; a fluid task must hold nothing by now. */
  end(task: TaskId): void {
    const { tasks } = this;
    this.#vacate(task);
    tasks.state[task] = TaskState.ended;
  }

  /** Notes that a task has ended; gives true when it was the last of its job. */
  finish(task: TaskId): boolean {
    const { jobs } = this;
    const job = this.tasks.job[task]!;
    const ended = jobs.endedCount[job]! + 1;
    jobs.endedCount[job] = ended;
    return ended === jobs.taskCount[job]!;
  }

  /** Puts a running task back into the queue, with so much work left. */
  requeue(task: TaskId, left: Time): void {
    const { tasks, jobs } = this;
    const job = tasks.job[task]!;
    this.#vacate(task);
    tasks.state[task] = TaskState.queued;
    tasks.left[task] = left;
    const framework = jobs.framework[job]!;
    if (jobs.queuedCount[job] === 0) {
      this.#queues.reenter(job, framework, jobs.index);
      if ((jobs.flags[job]! & UNEVEN) !== 0) this.unevenGangs++;
    }
    jobs.queuedCount[job] = jobs.queuedCount[job]! + 1;
    jobs.queuedFrom[job] = Math.min(jobs.queuedFrom[job]!, task - jobs.firstTask[job]!);
    this.queuedTasks++;
    this.roles.frameworkQueued[framework] = this.roles.frameworkQueued[framework]! + 1;
  }

  /** Takes a queued task out of the queue for good. */
  withdraw(task: TaskId): void {
    this.tasks.state[task] = TaskState.ended;
    this.#unqueue(this.tasks.job[task]!);
  }

  #leaveQueue(task: TaskId, node: NodeId, state: number): void {
    const { tasks, jobs } = this;
    const job = tasks.job[task]!;
    tasks.state[task] = state;
    tasks.node[task] = node;
    tasks.start[task] = this.now;
    if (Number.isNaN(jobs.firstStart[job]!)) jobs.firstStart[job] = this.now;
    this.runningTasks++;
    this.#unqueue(job);
  }

  /** One task fewer of the job is queued. */
  #unqueue(job: JobId): void {
    const { jobs } = this;
    const queued = jobs.queuedCount[job]! - 1;
    jobs.queuedCount[job] = queued;
    this.queuedTasks--;
    const framework = jobs.framework[job]!;
    this.roles.frameworkQueued[framework] = this.roles.frameworkQueued[framework]! - 1;
    if (queued > 0) return;
    this.#queues.leave(job, framework);
    if ((jobs.flags[job]! & UNEVEN) !== 0) this.unevenGangs--;
  }

  #vacate(task: TaskId): void {
    const { tasks } = this;
    const job = tasks.job[task]!;
    this.runningTasks--;
    this.releases++;
    if (tasks.state[task] === TaskState.fluid) {
      const { frameworkRunning } = this.roles;
      const framework = this.jobs.framework[job]!;
      frameworkRunning[framework] = frameworkRunning[framework]! - 1;
      return;
    }
    this.#release(task, tasks.node[task]!, this.#held);
    this.#count(job, task, -1);
  }

  /**
   * Changes what a node may be used for: nothing new starts on one that drains, and one that is down counts for nothing.
   *
   * A node that goes down must have nothing running.
   */
  setNodeState(node: NodeId, state: NodeState): void {
    if (!this.nodeStates.set(node, state)) return;
    this.releases++;
    for (const listener of this.#listeners) listener.onFreeChanged(node);
  }

  /** The running tasks of a node, in order of submission, then of position. */
  tasksOn(node: NodeId): TaskId[] {
    const { tasks, jobs } = this;
    const found: TaskId[] = [];
    for (let task = 0; task < tasks.length; task++) {
      if (tasks.node[task] === node && this.isRunning(task)) found.push(task);
    }
    return found.sort((a, b) => jobs.index[tasks.job[a]!]! - jobs.index[tasks.job[b]!]! || a - b);
  }

  nodeState(node: NodeId): NodeState {
    return this.nodeStates.of(node);
  }

  /** Gives the rows of a job that has ended back. */
  remove(job: JobId): void {
    this.tasks.remove(this.jobs.firstTask[job]!, this.jobs.taskCount[job]!);
    this.jobs.remove(job);
  }

  /** Every job with a task that is queued or running. */
  liveJobs(): JobId[] {
    const live = new Set<JobId>();
    for (let job = this.#queues.first(); job !== NONE; job = this.#queues.next(job)) live.add(job);
    if (this.runningTasks > 0) {
      for (let task = 0; task < this.tasks.length; task++) {
        if (this.isRunning(task)) live.add(this.tasks.job[task]!);
      }
    }
    return [...live];
  }

  get queuedJobs(): number {
    return this.#queues.size;
  }

  firstQueuedJob(): JobId {
    return this.#queues.first();
  }

  nextQueuedJob(job: JobId): JobId {
    return this.#queues.next(job);
  }

  firstQueuedJobOf(framework: FrameworkId): JobId {
    return this.#queues.firstOf(framework);
  }

  nextQueuedJobOf(job: JobId): JobId {
    return this.#queues.nextOf(job);
  }

  firstQueuedTask(job: JobId): TaskId {
    const { jobs } = this;
    if (jobs.queuedCount[job] === 0) return NONE;
    const position = this.#queuedFrom(job, jobs.queuedFrom[job]!);
    jobs.queuedFrom[job] = position;
    return jobs.firstTask[job]! + position;
  }

  nextQueuedTask(task: TaskId): TaskId {
    const job = this.tasks.job[task]!;
    const first = this.jobs.firstTask[job]!;
    const position = this.#queuedFrom(job, task - first + 1);
    return position === this.jobs.taskCount[job] ? NONE : first + position;
  }

  nodeOf(task: TaskId): NodeId {
    return this.tasks.node[task]!;
  }

  startTime(task: TaskId): Time {
    return this.tasks.start[task]!;
  }

  submission(job: JobId): number {
    return this.jobs.index[job]!;
  }

  submitTime(job: JobId): Time {
    return this.jobs.submit[job]!;
  }

  estimate(job: JobId): Time {
    return this.jobs.estimate[job]!;
  }

  runTime(job: JobId): Time {
    return this.jobs.runTime[job]!;
  }

  priority(job: JobId): number {
    return this.jobs.priority[job]!;
  }

  isGang(job: JobId): boolean {
    return (this.jobs.flags[job]! & GANG) !== 0;
  }

  taskCount(job: JobId): number {
    return this.jobs.taskCount[job]!;
  }

  queuedTaskCount(job: JobId): number {
    return this.jobs.queuedCount[job]!;
  }

  width(job: JobId): number {
    return this.jobs.width[job]!;
  }

  frameworkOf(job: JobId): FrameworkId {
    return this.jobs.framework[job]!;
  }

  jobOf(task: TaskId): JobId {
    return this.tasks.job[task]!;
  }

  isQueued(task: TaskId): boolean {
    return this.tasks.state[task] === TaskState.queued;
  }

  isRunning(task: TaskId): boolean {
    const state = this.tasks.state[task];
    return state === TaskState.running || state === TaskState.fluid;
  }

  isFluid(task: TaskId): boolean {
    return this.tasks.state[task] === TaskState.fluid;
  }

  workKept(task: TaskId): Time {
    return this.tasks.run[task]! - this.tasks.left[task]!;
  }

  firstTask(job: JobId): TaskId {
    return this.jobs.firstTask[job]!;
  }

  demand(task: TaskId, r: number): Amount {
    return this.tasks.demand[task * this.#stride + r]!;
  }

  constraint(task: TaskId): number {
    return this.jobs.constraint[this.tasks.job[task]!]!;
  }

  get nodeCount(): number {
    return this.nodes.count;
  }

  nodeName(node: NodeId): string {
    return this.nodes.name(node);
  }

  nodeAttributes(node: NodeId): readonly (readonly [string, string])[] {
    return Object.entries(this.nodes.groups[this.nodes.group[node]!]!.attributes);
  }

  capacity(node: NodeId, r: number): Amount {
    return this.nodes.capacity[node * this.#stride + r]!;
  }

  free(node: NodeId, r: number): Amount {
    return this.nodes.free[node * this.#stride + r]!;
  }

  get nodeClassCount(): number {
    return this.#classGroup.length;
  }

  nodeClass(node: NodeId): number {
    return this.#classOfGroup[this.nodes.group[node]!]!;
  }

  classSatisfies(nodeClass: number, constraint: number): boolean {
    if (constraint === 0) return true;
    this.#satisfied[constraint] ??= this.#classGroup.map((g) =>
      this.constraints.satisfies(this.nodes.groups[g]!, constraint),
    );
    return this.#satisfied[constraint][nodeClass]!;
  }

  fits(task: TaskId, node: NodeId): boolean {
    const stride = this.#stride;
    const { free } = this.nodes;
    const { demand } = this.tasks;
    for (let r = 0; r < stride; r++) if (demand[task * stride + r]! > free[node * stride + r]!) return false;
    if (!this.#devices.isEmpty && !this.#devices.fits(node, demand, task * stride)) return false;
    const constraint = this.jobs.constraint[this.tasks.job[task]!]!;
    return constraint === 0 || this.classSatisfies(this.nodeClass(node), constraint);
  }

  totalCapacity(r: number): Amount {
    return this.nodes.totalCapacity[r]!;
  }

  totalFree(r: number): Amount {
    return this.nodes.totalFree[r]!;
  }

  watchFree(listener: FreeListener): void {
    this.#listeners.push(listener);
  }

  get frameworkCount(): number {
    return this.roles.roleOf.length;
  }

  frameworkName(framework: FrameworkId): string {
    return this.roles.frameworkName[framework]!;
  }

  roleOf(framework: FrameworkId): RoleId {
    return this.roles.roleOf[framework]!;
  }

  frameworkUsed(framework: FrameworkId, r: number): Amount {
    return this.roles.frameworkUsed[framework * this.#stride + r]!;
  }

  frameworkQueuedTasks(framework: FrameworkId): number {
    return this.roles.frameworkQueued[framework]!;
  }

  get roleCount(): number {
    return this.roles.count;
  }

  roleName(role: RoleId): string {
    return this.roles.name(role);
  }

  roleParent(role: RoleId): RoleId {
    return this.roles.parent[role]!;
  }

  roleWeight(role: RoleId): number {
    return this.roles.weight[role]!;
  }

  roleUsed(role: RoleId, r: number): Amount {
    return this.roles.used[role * this.#stride + r]!;
  }

  /** Running tasks of a framework. */
  runningTasksOf(framework: FrameworkId): number {
    return this.roles.frameworkRunning[framework]!;
  }

  #isEven(first: TaskId, count: number): boolean {
    const { demand } = this.tasks;
    for (let at = (first + 1) * this.#stride; at < (first + count) * this.#stride; at++) {
      if (demand[at] !== demand[at - this.#stride]) return false;
    }
    return true;
  }

  #queuedFrom(job: JobId, position: number): number {
    const { state } = this.tasks;
    const first = this.jobs.firstTask[job]!;
    const count = this.jobs.taskCount[job]!;
    let at = position;
    while (at < count && state[first + at] !== TaskState.queued) at++;
    return at;
  }

  /** Adds or takes away what a running task counts for its framework, its role and the roles above. */
  #count(job: JobId, task: TaskId, sign: 1 | -1): void {
    const stride = this.#stride;
    const { roles } = this;
    const { demand } = this.tasks;
    const framework = this.jobs.framework[job]!;
    roles.frameworkRunning[framework] = roles.frameworkRunning[framework]! + sign;
    for (let r = 0; r < stride; r++) {
      const amount = demand[task * stride + r]! * sign;
      if (amount !== 0) this.#countAmount(framework, r, amount);
    }
  }

  #countAmount(framework: FrameworkId, r: number, amount: Amount): void {
    const stride = this.#stride;
    const { roles } = this;
    roles.frameworkUsed[framework * stride + r] = roles.frameworkUsed[framework * stride + r]! + amount;
    for (let role = roles.roleOf[framework]!; role !== NONE; role = roles.parent[role]!) {
      roles.used[role * stride + r] = roles.used[role * stride + r]! + amount;
    }
  }

  /** Takes a task's demand from a node, on `devices` where it must be those. */
  #take(task: TaskId, node: NodeId, held: Holdings, devices?: readonly (readonly number[])[]): void {
    const stride = this.#stride;
    const { demand } = this.tasks;
    if (this.nodeStates.isClosed(node)) this.nodeStates.move(node, demand, task * stride, -1);
    else {
      const { free, totalFree } = this.nodes;
      for (let r = 0; r < stride; r++) {
        const amount = demand[task * stride + r]!;
        free[node * stride + r] = free[node * stride + r]! - amount;
        totalFree[r] = totalFree[r]! - amount;
      }
    }
    if (devices !== undefined) this.#devices.retake(task, devices, demand, task * stride, held);
    else if (!this.#devices.isEmpty) this.#devices.take(task, node, demand, task * stride, held);
    for (const listener of this.#listeners) listener.onFreeChanged(node);
  }

  #release(task: TaskId, node: NodeId, held: Holdings): void {
    const stride = this.#stride;
    const { demand } = this.tasks;
    if (this.nodeStates.isClosed(node)) this.nodeStates.move(node, demand, task * stride, 1);
    else {
      const { free, totalFree } = this.nodes;
      for (let r = 0; r < stride; r++) {
        const amount = demand[task * stride + r]!;
        free[node * stride + r] = free[node * stride + r]! + amount;
        totalFree[r] = totalFree[r]! + amount;
      }
    }
    if (!this.#devices.isEmpty) this.#devices.release(task, demand, task * stride, held);
    for (const listener of this.#listeners) listener.onFreeChanged(node);
  }

  #hold(node: NodeId, amounts: Float64Array, sign: 1 | -1): void {
    const { free, totalFree } = this.nodes;
    for (let r = 0; r < this.#stride; r++) {
      const amount = amounts[r]! * sign;
      free[node * this.#stride + r] = free[node * this.#stride + r]! - amount;
      totalFree[r] = totalFree[r]! - amount;
    }
    for (const listener of this.#listeners) listener.onFreeChanged(node);
  }
}
