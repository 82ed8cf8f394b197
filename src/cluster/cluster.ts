import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import { type FrameworkId, type JobId, NONE, type NodeId, type RoleId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { ConstraintTable } from './constraints.ts';
import { type Devices, DeviceTable, type Holdings } from './device-table.ts';
import { JobQueues } from './job-queues.ts';
import { JOB_MARKS, JOB_NUMBERS, JobMark, JobNumber, JobTable } from './job-table.ts';
import { JobWeights } from './job-weights.ts';
import { type NodeState, NodeStates } from './node-states.ts';
import { type NodeGroup, NodeTable } from './node-table.ts';
import { openTrial } from './open-trial.ts';
import { RoleTable } from './role-table.ts';
import { type StageGraph, StageProgress } from './stage-progress.ts';
import { TaskMark, TaskNumber, TaskState, TaskTable } from './task-table.ts';
import type { ClusterView, FreeListener, Trial } from './view.ts';

/** A job as it is handed over: the facts that the tables keep. */
export interface JobEntry {
  readonly index: number;
  readonly name: string | number;
  readonly framework: FrameworkId;
  readonly submit: Time;
  /** NaN for a job without one. */
  readonly estimate: Time;
  /** The longest chain of tasks, what all tasks demand together in cpus, and run time times cpus. */
  readonly runTime: Time;
  readonly width: number;
  readonly area: number;
  readonly priority: number;
  /** Row of the run's weights. */
  readonly weight: number;
  readonly flags: number;
  readonly constraint: number;
  readonly source: number;
  readonly taskCount: number;
  /** Which tasks wait for which; undefined where none does. */
  readonly stages?: StageGraph | undefined;
}

/** Bits of a job's flags: its tasks start together; their demands are not all alike; some wait for others. */
const GANG = 1;
const UNEVEN = 4;
const STAGES = 8;

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
  readonly weights = new JobWeights();
  readonly stages = new StageProgress();
  readonly trial: Trial;
  queuedTasks = 0;
  unevenGangs = 0;
  runningTasks = 0;
  releases = 0;
  readonly #queues = new JobQueues(this.jobs);
  readonly #devices: DeviceTable;
  readonly #stride: number;
  readonly #listeners: FreeListener[] = [];
  readonly #classOfGroup: number[] = [];
  readonly #classGroup: number[] = [];
  /** By constraint and class; filled when first asked. */
  readonly #satisfied: boolean[][] = [];
  readonly #speeds: number[][] = [];
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
      take: (task, node, held, device) => this.#take(task, node, held, device),
      retake: (task, node, held, devices) => this.#retake(task, node, held, devices),
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
   * Takes a job into the queue with all its tasks but those that wait for others.
   *
   * `run` and `demand` are columns of the job's tasks, from row `from` on.
   */
  submit(entry: JobEntry, run: Float64Array, demand: Float64Array, from: number): JobId {
    const { jobs, tasks } = this;
    const stride = this.#stride;
    const job = jobs.add();
    const first = tasks.add(entry.taskCount);
    for (let i = 0; i < entry.taskCount; i++) {
      const numbers = (first + i) * tasks.width;
      const marks = 2 * numbers;
      tasks.marks[marks + TaskMark.job] = job;
      tasks.marks[marks + TaskMark.framework] = entry.framework;
      tasks.marks[marks + TaskMark.node] = NONE;
      tasks.marks[marks + TaskMark.state] = TaskState.queued;
      tasks.numbers[numbers + TaskNumber.start] = Number.NaN;
      tasks.numbers[numbers + TaskNumber.run] = run[from + i]!;
      tasks.numbers[numbers + TaskNumber.left] = run[from + i]!;
      const at = numbers + TaskNumber.demand;
      for (let r = 0; r < stride; r++) tasks.numbers[at + r] = demand[(from + i) * stride + r]!;
    }
    jobs.name[job] = entry.name;
    const numbers = job * JOB_NUMBERS;
    jobs.numbers[numbers + JobNumber.index] = entry.index;
    jobs.numbers[numbers + JobNumber.submit] = entry.submit;
    jobs.numbers[numbers + JobNumber.firstStart] = Number.NaN;
    jobs.numbers[numbers + JobNumber.estimate] = entry.estimate >= 0 ? entry.estimate : entry.runTime;
    jobs.numbers[numbers + JobNumber.runTime] = entry.runTime;
    jobs.numbers[numbers + JobNumber.priority] = entry.priority;
    jobs.numbers[numbers + JobNumber.width] = entry.width;
    jobs.numbers[numbers + JobNumber.area] = entry.area;
    const isUneven = (entry.flags & GANG) !== 0 && !this.#isEven(first, entry.taskCount);
    if (isUneven) this.unevenGangs++;
    const queued = entry.stages === undefined ? entry.taskCount : this.#holdBack(job, first, entry.stages);
    const staged = entry.stages === undefined ? 0 : STAGES;
    const marks = job * JOB_MARKS;
    jobs.marks[marks + JobMark.framework] = entry.framework;
    jobs.marks[marks + JobMark.constraint] = entry.constraint;
    jobs.marks[marks + JobMark.source] = entry.source;
    jobs.marks[marks + JobMark.flags] = entry.flags | (isUneven ? UNEVEN : 0) | staged;
    jobs.marks[marks + JobMark.firstTask] = first;
    jobs.marks[marks + JobMark.taskCount] = entry.taskCount;
    jobs.marks[marks + JobMark.queuedCount] = queued;
    jobs.marks[marks + JobMark.endedCount] = 0;
    jobs.marks[marks + JobMark.queuedFrom] = 0;
    jobs.marks[marks + JobMark.weight] = entry.weight;
    this.queuedTasks += queued;
    this.roles.frameworkQueued[entry.framework] = this.roles.frameworkQueued[entry.framework]! + queued;
    this.#queues.enter(job, entry.framework);
    return job;
  }

  /** Starts a queued task on a node where it fits; what it takes a share of may be a {@link fitsOnDevice | device}. */
  start(task: TaskId, node: NodeId, device?: number): void {
    this.#take(task, node, this.#held, device);
    this.#count(task, 1);
    this.#leaveQueue(task, node, TaskState.running);
  }

  /** Starts a queued task that holds nothing until {@link adjust} gives it something. */
  startFluid(task: TaskId, node: NodeId): void {
    this.#leaveQueue(task, node, TaskState.fluid);
    const { frameworkRunning } = this.roles;
    const framework = this.tasks.mark(task, TaskMark.framework);
    frameworkRunning[framework] = frameworkRunning[framework]! + 1;
  }

  /** Gives a fluid task so much more of a resource of its node (less where `amount` is below zero). */
  adjust(task: TaskId, r: number, amount: Amount): void {
    const { free, totalFree } = this.nodes;
    const node = this.tasks.mark(task, TaskMark.node);
    free[node * this.#stride + r] = free[node * this.#stride + r]! - amount;
    totalFree[r] = totalFree[r]! - amount;
    this.#countAmount(this.tasks.mark(task, TaskMark.framework), r, amount);
    this.#tellFree(node);
  }

  /** Takes what a running task holds back from it; a fluid task must hold nothing by now. */
  end(task: TaskId): void {
    const { tasks } = this;
    this.#vacate(task);
    tasks.setMark(task, TaskMark.state, TaskState.ended);
  }

  /** Notes that a task has ended; gives true when it was the last of its job. */
  finish(task: TaskId): boolean {
    const { jobs } = this;
    const job = this.tasks.mark(task, TaskMark.job);
    const ended = jobs.mark(job, JobMark.endedCount) + 1;
    jobs.setMark(job, JobMark.endedCount, ended);
    return ended === jobs.mark(job, JobMark.taskCount);
  }

  /** Puts a running task back into the queue, with so much work left. */
  requeue(task: TaskId, left: Time): void {
    this.#vacate(task);
    this.tasks.setNumber(task, TaskNumber.left, left);
    this.#enqueue(task, 1);
  }

  /** Queues `count` tasks from `first` on, which have waited for others of their job. */
  ready(first: TaskId, count: number): void {
    this.releases++;
    this.#enqueue(first, count);
  }

  /** Puts tasks of one job that stand side by side into the queue, and the job to its place where it had left it. */
  #enqueue(first: TaskId, count: number): void {
    const { tasks, jobs } = this;
    const job = tasks.mark(first, TaskMark.job);
    const framework = tasks.mark(first, TaskMark.framework);
    for (let task = first; task < first + count; task++) tasks.setMark(task, TaskMark.state, TaskState.queued);
    const queued = jobs.mark(job, JobMark.queuedCount);
    if (queued === 0) {
      this.#queues.reenter(job, framework);
      if ((jobs.mark(job, JobMark.flags) & UNEVEN) !== 0) this.unevenGangs++;
    }
    jobs.setMark(job, JobMark.queuedCount, queued + count);
    const position = first - jobs.mark(job, JobMark.firstTask);
    jobs.setMark(job, JobMark.queuedFrom, Math.min(jobs.mark(job, JobMark.queuedFrom), position));
    this.queuedTasks += count;
    this.roles.frameworkQueued[framework] = this.roles.frameworkQueued[framework]! + count;
  }

  /** Has the tasks of a new job wait that are to run behind others; gives how many do not. */
  #holdBack(job: JobId, first: TaskId, graph: StageGraph): number {
    this.stages.enter(job, graph);
    let queued = 0;
    for (let stage = 0; stage < graph.count; stage++) {
      const [from, end] = [graph.firstTask[stage]!, graph.firstTask[stage + 1]!];
      if (this.stages.isReady(job, stage)) queued += end - from;
      else for (let i = from; i < end; i++) this.tasks.setMark(first + i, TaskMark.state, TaskState.waiting);
    }
    return queued;
  }

  /** Takes a task that is queued or waits out of its job for good. */
  withdraw(task: TaskId): void {
    const wasQueued = this.isQueued(task);
    this.tasks.setMark(task, TaskMark.state, TaskState.ended);
    if (wasQueued) this.#unqueue(this.jobOf(task));
  }

  #leaveQueue(task: TaskId, node: NodeId, state: number): void {
    const { tasks, jobs } = this;
    const job = tasks.mark(task, TaskMark.job);
    tasks.setMark(task, TaskMark.state, state);
    tasks.setMark(task, TaskMark.node, node);
    tasks.setNumber(task, TaskNumber.start, this.now);
    if (Number.isNaN(jobs.number(job, JobNumber.firstStart))) jobs.setNumber(job, JobNumber.firstStart, this.now);
    this.runningTasks++;
    this.#unqueue(job);
  }

  /** One task fewer of the job is queued. */
  #unqueue(job: JobId): void {
    const { jobs } = this;
    const queued = jobs.mark(job, JobMark.queuedCount) - 1;
    jobs.setMark(job, JobMark.queuedCount, queued);
    this.queuedTasks--;
    const framework = jobs.mark(job, JobMark.framework);
    this.roles.frameworkQueued[framework] = this.roles.frameworkQueued[framework]! - 1;
    if (queued > 0) return;
    this.#queues.leave(job, framework);
    if ((jobs.mark(job, JobMark.flags) & UNEVEN) !== 0) this.unevenGangs--;
  }

  #vacate(task: TaskId): void {
    const { tasks } = this;
    this.runningTasks--;
    this.releases++;
    if (tasks.mark(task, TaskMark.state) === TaskState.fluid) {
      const { frameworkRunning } = this.roles;
      const framework = tasks.mark(task, TaskMark.framework);
      frameworkRunning[framework] = frameworkRunning[framework]! - 1;
      return;
    }
    this.#release(task, tasks.mark(task, TaskMark.node), this.#held);
    this.#count(task, -1);
  }

  /**
   * Changes what a node may be used for: nothing new starts on one that drains, and one that is down counts for nothing.
   *
   * A node that goes down must have nothing running.
   */
  setNodeState(node: NodeId, state: NodeState): void {
    if (!this.nodeStates.set(node, state)) return;
    this.releases++;
    this.#tellFree(node);
  }

  /** The running tasks of a node, in order of submission, then of position. */
  tasksOn(node: NodeId): TaskId[] {
    const found: TaskId[] = [];
    for (let task = 0; task < this.tasks.length; task++) {
      if (this.nodeOf(task) === node && this.isRunning(task)) found.push(task);
    }
    return found.sort((a, b) => this.submission(this.jobOf(a)) - this.submission(this.jobOf(b)) || a - b);
  }

  nodeState(node: NodeId): NodeState {
    return this.nodeStates.of(node);
  }

  /** Gives the rows of a job that has ended back. */
  remove(job: JobId): void {
    if (this.hasStages(job)) this.stages.remove(job);
    this.tasks.remove(this.jobs.mark(job, JobMark.firstTask), this.jobs.mark(job, JobMark.taskCount));
    this.jobs.remove(job);
  }

  /** Every job with a task that is queued or running. */
  liveJobs(): JobId[] {
    const live = new Set<JobId>();
    for (let job = this.#queues.first(); job !== NONE; job = this.#queues.next(job)) live.add(job);
    if (this.runningTasks > 0) {
      for (let task = 0; task < this.tasks.length; task++) {
        if (this.isRunning(task)) live.add(this.tasks.mark(task, TaskMark.job));
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
    if (jobs.mark(job, JobMark.queuedCount) === 0) return NONE;
    const position = this.#queuedFrom(job, jobs.mark(job, JobMark.queuedFrom));
    jobs.setMark(job, JobMark.queuedFrom, position);
    return jobs.mark(job, JobMark.firstTask) + position;
  }

  nextQueuedTask(task: TaskId): TaskId {
    const job = this.tasks.mark(task, TaskMark.job);
    const first = this.jobs.mark(job, JobMark.firstTask);
    const position = this.#queuedFrom(job, task - first + 1);
    return position === this.jobs.mark(job, JobMark.taskCount) ? NONE : first + position;
  }

  nodeOf(task: TaskId): NodeId {
    return this.tasks.mark(task, TaskMark.node);
  }

  startTime(task: TaskId): Time {
    return this.tasks.number(task, TaskNumber.start);
  }

  submission(job: JobId): number {
    return this.jobs.number(job, JobNumber.index);
  }

  submitTime(job: JobId): Time {
    return this.jobs.number(job, JobNumber.submit);
  }

  estimate(job: JobId): Time {
    return this.jobs.number(job, JobNumber.estimate);
  }

  runTime(job: JobId): Time {
    return this.jobs.number(job, JobNumber.runTime);
  }

  priority(job: JobId): number {
    return this.jobs.number(job, JobNumber.priority);
  }

  weight(job: JobId): number {
    return this.weights.of(this.jobs.mark(job, JobMark.weight), this.priority(job));
  }

  isGang(job: JobId): boolean {
    return (this.jobs.mark(job, JobMark.flags) & GANG) !== 0;
  }

  hasStages(job: JobId): boolean {
    return (this.jobs.mark(job, JobMark.flags) & STAGES) !== 0;
  }

  taskCount(job: JobId): number {
    return this.jobs.mark(job, JobMark.taskCount);
  }

  queuedTaskCount(job: JobId): number {
    return this.jobs.mark(job, JobMark.queuedCount);
  }

  width(job: JobId): number {
    return this.jobs.number(job, JobNumber.width);
  }

  frameworkOf(job: JobId): FrameworkId {
    return this.jobs.mark(job, JobMark.framework);
  }

  jobOf(task: TaskId): JobId {
    return this.tasks.mark(task, TaskMark.job);
  }

  isQueued(task: TaskId): boolean {
    return this.#stateOf(task) === TaskState.queued;
  }

  isWaiting(task: TaskId): boolean {
    return this.#stateOf(task) === TaskState.waiting;
  }

  isRunning(task: TaskId): boolean {
    const state = this.#stateOf(task);
    return state === TaskState.running || state === TaskState.fluid;
  }

  isFluid(task: TaskId): boolean {
    return this.#stateOf(task) === TaskState.fluid;
  }

  workKept(task: TaskId): Time {
    return this.tasks.number(task, TaskNumber.run) - this.tasks.number(task, TaskNumber.left);
  }

  firstTask(job: JobId): TaskId {
    return this.jobs.mark(job, JobMark.firstTask);
  }

  demand(task: TaskId, r: number): Amount {
    return this.tasks.number(task, TaskNumber.demand + r);
  }

  constraint(task: TaskId): number {
    return this.jobs.mark(this.tasks.mark(task, TaskMark.job), JobMark.constraint);
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

  nodePrice(node: NodeId): number {
    return this.nodes.groups[this.nodes.group[node]!]!.price ?? 0;
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

  get hasSpeeds(): boolean {
    return this.constraints.hasSpeeds;
  }

  classSpeed(nodeClass: number, constraint: number): number {
    if (constraint === 0 || !this.constraints.hasSpeeds) return 1;
    this.#speeds[constraint] ??= this.#classGroup.map((g) => this.constraints.speed(this.nodes.groups[g]!, constraint));
    return this.#speeds[constraint][nodeClass]!;
  }

  /** Microseconds of work that the task does in one on the node, alone. */
  speedOn(task: TaskId, node: NodeId): number {
    return this.constraints.hasSpeeds ? this.classSpeed(this.nodeClass(node), this.constraint(task)) : 1;
  }

  fits(task: TaskId, node: NodeId): boolean {
    const stride = this.#stride;
    const { free } = this.nodes;
    const { numbers } = this.tasks;
    const at = this.#demandAt(task);
    for (let r = 0; r < stride; r++) if (numbers[at + r]! > free[node * stride + r]!) return false;
    if (!this.#devices.isEmpty && !this.#devices.fits(node, numbers, at)) return false;
    const constraint = this.jobs.mark(this.tasks.mark(task, TaskMark.job), JobMark.constraint);
    return constraint === 0 || this.classSatisfies(this.nodeClass(node), constraint);
  }

  fitsOnDevice(task: TaskId, node: NodeId, device: number): boolean {
    return this.fits(task, node) && this.#devices.canShare(node, this.tasks.numbers, this.#demandAt(task), device);
  }

  deviceCount(node: NodeId, r: number): number {
    return this.#devices.count(node, r);
  }

  deviceFree(node: NodeId, r: number, device: number): Amount {
    return this.#devices.free(node, r, device);
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
    for (let task = first + 1; task < first + count; task++) {
      for (let r = 0; r < this.#stride; r++) if (this.demand(task, r) !== this.demand(first, r)) return false;
    }
    return true;
  }

  /** What is no row of the table counts as ended; half a row would be another's. */
  #stateOf(task: TaskId): number {
    return Number.isInteger(task) ? this.tasks.mark(task, TaskMark.state) : TaskState.ended;
  }

  #queuedFrom(job: JobId, position: number): number {
    const { tasks } = this;
    const first = this.jobs.mark(job, JobMark.firstTask);
    const count = this.jobs.mark(job, JobMark.taskCount);
    let at = position;
    while (at < count && tasks.mark(first + at, TaskMark.state) !== TaskState.queued) at++;
    return at;
  }

  /** Adds or takes away what a running task counts for its framework, its role and the roles above. */
  #count(task: TaskId, sign: 1 | -1): void {
    const stride = this.#stride;
    const { frameworkRunning, frameworkUsed, roleOf, used, parent } = this.roles;
    const { numbers } = this.tasks;
    const at = this.#demandAt(task);
    const framework = this.tasks.mark(task, TaskMark.framework);
    frameworkRunning[framework] = frameworkRunning[framework]! + sign;
    const own = framework * stride;
    for (let r = 0; r < stride; r++) frameworkUsed[own + r] = frameworkUsed[own + r]! + numbers[at + r]! * sign;
    for (let role = roleOf[framework]!; role !== NONE; role = parent[role]!) {
      const all = role * stride;
      for (let r = 0; r < stride; r++) used[all + r] = used[all + r]! + numbers[at + r]! * sign;
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

  /** Takes a task's demand from a node, its share on the device where one is named. */
  #take(task: TaskId, node: NodeId, held: Holdings, device?: number): void {
    const { numbers } = this.tasks;
    const at = this.#demandAt(task);
    this.#move(node, numbers, at, -1);
    if (!this.#devices.isEmpty) this.#devices.take(task, node, numbers, at, held, device);
    this.#tellFree(node);
  }

  /** Takes a task's demand from a node again, on the devices that it had. */
  #retake(task: TaskId, node: NodeId, held: Holdings, devices: Devices | undefined): void {
    const { numbers } = this.tasks;
    const at = this.#demandAt(task);
    this.#move(node, numbers, at, -1);
    if (devices !== undefined) this.#devices.retake(task, devices, numbers, at, held);
    this.#tellFree(node);
  }

  #release(task: TaskId, node: NodeId, held: Holdings): void {
    const { numbers } = this.tasks;
    const at = this.#demandAt(task);
    this.#move(node, numbers, at, 1);
    if (!this.#devices.isEmpty) this.#devices.release(task, numbers, at, held);
    this.#tellFree(node);
  }

  #hold(node: NodeId, amounts: Float64Array, sign: 1 | -1): void {
    this.#free(node, amounts, 0, sign === 1 ? -1 : 1);
    this.#tellFree(node);
  }

  #move(node: NodeId, amounts: Float64Array, at: number, sign: 1 | -1): void {
    if (this.nodeStates.isClosed(node)) this.nodeStates.move(node, amounts, at, sign);
    else this.#free(node, amounts, at, sign);
  }

  /** Gives amounts, which stand at `at`, to what a node has free, or takes them from it. */
  #free(node: NodeId, amounts: Float64Array, at: number, sign: 1 | -1): void {
    const stride = this.#stride;
    const { free, totalFree } = this.nodes;
    const first = node * stride;
    for (let r = 0; r < stride; r++) {
      const amount = amounts[at + r]! * sign;
      free[first + r] = free[first + r]! + amount;
      totalFree[r] = totalFree[r]! + amount;
    }
  }

  #tellFree(node: NodeId): void {
    const listeners = this.#listeners;
    for (let i = 0; i < listeners.length; i++) listeners[i]!.onFreeChanged(node);
  }

  /** Where the demand of a task stands among its numbers. */
  #demandAt(task: TaskId): number {
    return task * this.tasks.width + TaskNumber.demand;
  }
}
