import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import { grown } from '../base/grow.ts';
import { type FrameworkId, type JobId, NONE, type NodeId, type RoleId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from './cluster.ts';
import type { Holdings } from './device-table.ts';
import type { NodeState } from './node-states.ts';
import { openTrial } from './open-trial.ts';
import type { ClusterView, FreeListener, Trial } from './view.ts';

/** Columns of a job's numbers: with them, 64 bytes. */
export const PoolNumber = {
  /** Position in the sequence of all submissions. */
  index: 0,
  submit: 1,
  run: 2,
  /** The user's guess, or the run time. */
  estimate: 3,
  /** Whole steps of the one resource. */
  demand: 4,
  /** NaN until it has started. */
  start: 5,
  priority: 6,
} as const;

/** Columns of a job's marks. */
export const PoolMark = {
  framework: 0,
  /** Bits of JobFlag. */
  flags: 1,
  source: 2,
  weight: 3,
  /** Neighbours in the queue. */
  previous: 4,
  next: 5,
  state: 6,
} as const;

export const POOL_NUMBERS = 8;
export const POOL_MARKS = 8;
const GANG = 1;

const QUEUED = 1;
const RUNNING = 2;

/**
 * A cluster of one node and one divisible resource, with jobs of one task each: a job and its task are one row.
 *
 * It shows allocators the same as a {@link Cluster} would that holds the same jobs, with a fraction of the books. What
 * stands still (nodes, names, roles) is that of the cluster it is made over, whose sums by framework and role it keeps.
 * A row is used again once its job has ended.
 */
export class Pool implements ClusterView {
  now: Time = 0;
  readonly resources: ResourceCatalog;
  readonly trial: Trial;
  queuedTasks = 0;
  runningTasks = 0;
  releases = 0;
  readonly unevenGangs = 0;
  readonly hasSpeeds = false;
  readonly nodeCount = 1;
  /** Stride 8, by {@link PoolNumber}. */
  numbers = new Float64Array(0);
  /** Stride 8, by {@link PoolMark}. */
  marks = new Int32Array(0);
  readonly names: (string | number)[] = [];
  readonly #cluster: Cluster;
  #free: Amount;
  #rows = 0;
  readonly #freeRows: number[] = [];
  #head: number = NONE;
  #tail: number = NONE;
  readonly #listeners: FreeListener[] = [];

  /** @param cluster of one node and one resource that is no device, with nothing in it. */
  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.resources = cluster.resources;
    this.#free = cluster.free(0, 0);
    const nothingHeld: Holdings = new Map();
    this.trial = openTrial({
      nodeOf: () => 0,
      held: nothingHeld,
      take: (task) => this.#move(-this.demand(task)),
      retake: (task) => this.#move(-this.demand(task)),
      release: (task) => this.#move(this.demand(task)),
      hold: (_node, amounts, sign) => this.#move(-sign * amounts[0]!),
    });
  }

  /** Takes a job into the queue; gives its row, of which the caller fills `numbers` and `marks` but state and neighbours. */
  enter(name: string | number, framework: FrameworkId): JobId {
    const row = this.#freeRows.length > 0 ? this.#freeRows.pop()! : this.#add();
    this.names[row] = name;
    const { marks } = this;
    const at = row * POOL_MARKS;
    marks[at + PoolMark.framework] = framework;
    marks[at + PoolMark.state] = QUEUED;
    marks[at + PoolMark.previous] = this.#tail;
    marks[at + PoolMark.next] = NONE;
    if (this.#tail === NONE) this.#head = row;
    else marks[this.#tail * POOL_MARKS + PoolMark.next] = row;
    this.#tail = row;
    this.queuedTasks++;
    const { frameworkQueued } = this.#cluster.roles;
    frameworkQueued[framework] = frameworkQueued[framework]! + 1;
    return row;
  }

  /** Starts a queued job that fits. */
  start(row: number): void {
    const { marks } = this;
    const at = row * POOL_MARKS;
    const before = marks[at + PoolMark.previous]!;
    const after = marks[at + PoolMark.next]!;
    if (before === NONE) this.#head = after;
    else marks[before * POOL_MARKS + PoolMark.next] = after;
    if (after === NONE) this.#tail = before;
    else marks[after * POOL_MARKS + PoolMark.previous] = before;
    marks[at + PoolMark.state] = RUNNING;
    this.numbers[row * POOL_NUMBERS + PoolNumber.start] = this.now;
    this.queuedTasks--;
    this.runningTasks++;
    const framework = marks[at + PoolMark.framework]!;
    const { frameworkQueued } = this.#cluster.roles;
    frameworkQueued[framework] = frameworkQueued[framework]! - 1;
    const demand = this.demand(row);
    this.#count(framework, demand, 1);
    this.#move(-demand);
  }

  /** Ends a running job; its row stays until it is {@link remove}d. */
  end(row: number): void {
    this.marks[row * POOL_MARKS + PoolMark.state] = 0;
    this.runningTasks--;
    this.releases++;
    const demand = this.demand(row);
    this.#count(this.frameworkOf(row), demand, -1);
    this.#move(demand);
  }

  remove(row: number): void {
    this.names[row] = '';
    this.#freeRows.push(row);
  }

  /** Every job that is queued or runs, in order of submission. */
  liveJobs(): JobId[] {
    const live: JobId[] = [];
    for (let row = 0; row < this.#rows; row++) if (this.marks[row * POOL_MARKS + PoolMark.state] !== 0) live.push(row);
    return live.sort((a, b) => this.submission(a) - this.submission(b));
  }

  get queuedJobs(): number {
    return this.queuedTasks;
  }

  firstQueuedJob(): JobId {
    return this.#head;
  }

  nextQueuedJob(job: number): JobId {
    return this.marks[job * POOL_MARKS + PoolMark.next]!;
  }

  /** O(queue): who asks for queues of frameworks is better off with a {@link Cluster}. */
  firstQueuedJobOf(framework: FrameworkId): JobId {
    return this.#ofFramework(this.#head, framework);
  }

  nextQueuedJobOf(job: number): JobId {
    return this.#ofFramework(this.nextQueuedJob(job), this.frameworkOf(job));
  }

  #ofFramework(from: number, framework: FrameworkId): JobId {
    let job: number = from;
    while (job !== NONE && this.frameworkOf(job) !== framework) job = this.nextQueuedJob(job);
    return job;
  }

  firstQueuedTask(job: number): TaskId {
    return this.isQueued(job) ? job : NONE;
  }

  nextQueuedTask(): TaskId {
    return NONE;
  }

  nodeOf(task: number): NodeId {
    return this.isRunning(task) ? 0 : NONE;
  }

  startTime(task: number): Time {
    return this.numbers[task * POOL_NUMBERS + PoolNumber.start]!;
  }

  isQueued(task: number): boolean {
    return this.marks[task * POOL_MARKS + PoolMark.state] === QUEUED;
  }

  isWaiting(): boolean {
    return false;
  }

  isRunning(task: number): boolean {
    return this.marks[task * POOL_MARKS + PoolMark.state] === RUNNING;
  }

  isFluid(): boolean {
    return false;
  }

  firstTask(job: number): TaskId {
    return job;
  }

  workKept(): Time {
    return 0;
  }

  submission(job: number): number {
    return this.numbers[job * POOL_NUMBERS + PoolNumber.index]!;
  }

  submitTime(job: number): Time {
    return this.numbers[job * POOL_NUMBERS + PoolNumber.submit]!;
  }

  estimate(job: number): Time {
    return this.numbers[job * POOL_NUMBERS + PoolNumber.estimate]!;
  }

  runTime(job: number): Time {
    return this.numbers[job * POOL_NUMBERS + PoolNumber.run]!;
  }

  priority(job: number): number {
    return this.numbers[job * POOL_NUMBERS + PoolNumber.priority]!;
  }

  weight(job: number): number {
    return this.#cluster.weights.of(this.marks[job * POOL_MARKS + PoolMark.weight]!, this.priority(job));
  }

  isGang(job: number): boolean {
    return (this.marks[job * POOL_MARKS + PoolMark.flags]! & GANG) !== 0;
  }

  hasStages(): boolean {
    return false;
  }

  taskCount(): number {
    return 1;
  }

  queuedTaskCount(job: number): number {
    return this.isQueued(job) ? 1 : 0;
  }

  width(job: number): number {
    return this.demand(job) / this.resources[0]!.scale;
  }

  frameworkOf(job: number): FrameworkId {
    return this.marks[job * POOL_MARKS + PoolMark.framework]!;
  }

  jobOf(task: number): JobId {
    return task;
  }

  /** Of the only resource. */
  demand(task: number): Amount {
    return this.numbers[task * POOL_NUMBERS + PoolNumber.demand]!;
  }

  constraint(): number {
    return 0;
  }

  nodeName(node: NodeId): string {
    return this.#cluster.nodeName(node);
  }

  nodeAttributes(node: NodeId): readonly (readonly [string, string])[] {
    return this.#cluster.nodeAttributes(node);
  }

  nodePrice(node: NodeId): number {
    return this.#cluster.nodePrice(node);
  }

  capacity(): Amount {
    return this.#cluster.capacity(0, 0);
  }

  free(): Amount {
    return this.#free;
  }

  nodeState(): NodeState {
    return 'up';
  }

  get nodeClassCount(): number {
    return this.#cluster.nodeClassCount;
  }

  nodeClass(node: NodeId): number {
    return this.#cluster.nodeClass(node);
  }

  classSatisfies(): boolean {
    return true;
  }

  classSpeed(): number {
    return 1;
  }

  fits(task: number): boolean {
    return this.demand(task) <= this.#free;
  }

  fitsOnDevice(): boolean {
    return false;
  }

  deviceCount(): number {
    return 0;
  }

  deviceFree(): Amount {
    return 0;
  }

  totalCapacity(r: number): Amount {
    return this.#cluster.totalCapacity(r);
  }

  totalFree(): Amount {
    return this.#free;
  }

  watchFree(listener: FreeListener): void {
    this.#listeners.push(listener);
  }

  get frameworkCount(): number {
    return this.#cluster.frameworkCount;
  }

  frameworkName(framework: FrameworkId): string {
    return this.#cluster.frameworkName(framework);
  }

  roleOf(framework: FrameworkId): RoleId {
    return this.#cluster.roleOf(framework);
  }

  frameworkUsed(framework: FrameworkId, r: number): Amount {
    return this.#cluster.frameworkUsed(framework, r);
  }

  frameworkQueuedTasks(framework: FrameworkId): number {
    return this.#cluster.frameworkQueuedTasks(framework);
  }

  get roleCount(): number {
    return this.#cluster.roleCount;
  }

  roleName(role: RoleId): string {
    return this.#cluster.roleName(role);
  }

  roleParent(role: RoleId): RoleId {
    return this.#cluster.roleParent(role);
  }

  roleWeight(role: RoleId): number {
    return this.#cluster.roleWeight(role);
  }

  roleUsed(role: RoleId, r: number): Amount {
    return this.#cluster.roleUsed(role, r);
  }

  #add(): JobId {
    const row = this.#rows++;
    this.numbers = grown(this.numbers, this.#rows * POOL_NUMBERS);
    this.marks = grown(this.marks, this.#rows * POOL_MARKS);
    return row;
  }

  #move(amount: Amount): void {
    this.#free += amount;
    const listeners = this.#listeners;
    for (let i = 0; i < listeners.length; i++) listeners[i]!.onFreeChanged(0);
  }

  /** Adds what a running job counts for its framework, its role and the roles above, or takes it away. */
  #count(framework: FrameworkId, demand: Amount, sign: 1 | -1): void {
    const { frameworkRunning, frameworkUsed, roleOf, used, parent } = this.#cluster.roles;
    frameworkRunning[framework] = frameworkRunning[framework]! + sign;
    frameworkUsed[framework] = frameworkUsed[framework]! + sign * demand;
    for (let role = roleOf[framework]!; role !== NONE; role = parent[role]!) used[role] = used[role]! + sign * demand;
  }
}
