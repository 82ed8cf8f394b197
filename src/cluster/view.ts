import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import type { FrameworkId, JobId, NodeId, RoleId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { NodeState } from './node-states.ts';

/** Is told when what a node has free changes; how an index over the nodes keeps up. */
export interface FreeListener {
  onFreeChanged(node: NodeId): void;
}

/**
 * Tries changes that are all taken back: how room is searched, now or at a later time, without starting anything.
 *
 * Until {@link rollback} the view and every index over it show the cluster as it would be.
 */
export interface Trial {
  /** Takes the task's demand from the node, its share on the device where one is named; the node must have it. */
  take(task: TaskId, node: NodeId, device?: number): void;
  /** Frees what a running task holds, as if it had ended. */
  give(task: TaskId): void;
  /** Keeps whole steps of a node, one amount a resource, from being used; devices are kept by their total alone. */
  hold(node: NodeId, amounts: Float64Array): void;
  /** How many changes stand. */
  readonly depth: number;
  /** Takes changes back, last first, until so many stand; all of them unless said otherwise. */
  rollback(depth?: number): void;
}

/**
 * What an allocator may know of the cluster; every answer is of this instant.
 *
 * Ids are row numbers. Walks end with -1 (`NONE`). Amounts are whole steps of a resource (see `base/amounts.ts`).
 */
export interface ClusterView {
  readonly now: Time;
  readonly resources: ResourceCatalog;

  /** Tasks that wait for a node, and for nothing else. */
  readonly queuedTasks: number;
  /** Jobs with at least one such task. */
  readonly queuedJobs: number;
  /**
   * Queued gangs whose tasks demand unlike amounts. Room for these is searched greedily, and a greedy search may succeed
   * with less room than it failed with: while there are any, nothing may be concluded from a failed search.
   */
  readonly unevenGangs: number;
  /** The jobs with queued tasks, in order of submission. */
  firstQueuedJob(): JobId;
  nextQueuedJob(job: JobId): JobId;
  /** The same for one framework. */
  firstQueuedJobOf(framework: FrameworkId): JobId;
  nextQueuedJobOf(job: JobId): JobId;
  /** The queued tasks of a job in order of position. */
  firstQueuedTask(job: JobId): TaskId;
  nextQueuedTask(task: TaskId): TaskId;
  /** The node of a running task. */
  nodeOf(task: TaskId): NodeId;
  /** When a running task was started, the last time. */
  startTime(task: TaskId): Time;
  isQueued(task: TaskId): boolean;
  /** True for a task that waits for other stages of its job; it is not queued before their last task has ended. */
  isWaiting(task: TaskId): boolean;
  isRunning(task: TaskId): boolean;
  /** True for a running task that was launched with a share. */
  isFluid(task: TaskId): boolean;
  /** The first task of a job; its others stand behind it, `taskCount` in all. */
  firstTask(job: JobId): TaskId;
  /** Work that preemptions have left the task with, microseconds; 0 for one that has never been preempted. */
  workKept(task: TaskId): Time;

  /** Position in the sequence of all submissions, from 0. */
  submission(job: JobId): number;
  submitTime(job: JobId): Time;
  /** The user's guess of the run time; the run time itself where there is none. */
  estimate(job: JobId): Time;
  /** The true run time (the longest chain of tasks); for policies that are told the future and say so. */
  runTime(job: JobId): Time;
  priority(job: JobId): number;
  /** How much each of its tasks counts, zero or more; follows from the priority where the workload says nothing. */
  weight(job: JobId): number;
  /** True if all tasks of the job must start together. */
  isGang(job: JobId): boolean;
  /** True if some tasks of the job wait for others, at least at first. */
  hasStages(job: JobId): boolean;
  taskCount(job: JobId): number;
  queuedTaskCount(job: JobId): number;
  /** What all tasks of the job demand together, in units of `cpus` (of the first resource where there are no cpus). */
  width(job: JobId): number;
  frameworkOf(job: JobId): FrameworkId;

  jobOf(task: TaskId): JobId;
  demand(task: TaskId, resource: number): Amount;
  /** Row of the constraint on nodes and of the speeds there, 0 for none. */
  constraint(task: TaskId): number;

  readonly nodeCount: number;
  nodeName(node: NodeId): string;
  nodeAttributes(node: NodeId): readonly (readonly [name: string, value: string])[];
  /** What the node costs per hour; nodes of one class may differ in it. */
  nodePrice(node: NodeId): number;
  capacity(node: NodeId, resource: number): Amount;
  /** Nothing where the node is not up. */
  free(node: NodeId, resource: number): Amount;
  /** Whether tasks may start on the node, may only go on there, or it is not there. */
  nodeState(node: NodeId): NodeState;
  /** Nodes of one class have the same capacities and satisfy the same constraints. */
  readonly nodeClassCount: number;
  nodeClass(node: NodeId): number;
  classSatisfies(nodeClass: number, constraint: number): boolean;
  /** Microseconds of work that a task with the constraint does in one on a node of the class. */
  classSpeed(nodeClass: number, constraint: number): number;
  /** True if some work goes faster on one node than on another. */
  readonly hasSpeeds: boolean;
  /** True if the task could start on the node now. */
  fits(task: TaskId, node: NodeId): boolean;
  /** The same, with the share that it takes on one of the node's devices; false for a task that takes no share. */
  fitsOnDevice(task: TaskId, node: NodeId, device: number): boolean;
  /** How many devices of a resource the node has; 0 where the resource is no devices. */
  deviceCount(node: NodeId, resource: number): number;
  /** What one of them has free, from 0; what the node's state keeps from use is not taken off. */
  deviceFree(node: NodeId, resource: number, device: number): Amount;
  /** Of the nodes that are not down. */
  totalCapacity(resource: number): Amount;
  /** Of the nodes that are up. */
  totalFree(resource: number): Amount;
  /** Tasks that run. */
  readonly runningTasks: number;
  /**
   * Grows each time something comes back, be it room or tasks that had waited: a search that failed cannot succeed until
   * this has moved.
   */
  readonly releases: number;
  /** Calls the listener after every change of what a node has free, trials included. */
  watchFree(listener: FreeListener): void;
  readonly trial: Trial;

  readonly frameworkCount: number;
  frameworkName(framework: FrameworkId): string;
  roleOf(framework: FrameworkId): RoleId;
  /** What the framework's running tasks hold. */
  frameworkUsed(framework: FrameworkId, resource: number): Amount;
  frameworkQueuedTasks(framework: FrameworkId): number;
  readonly roleCount: number;
  roleName(role: RoleId): string;
  /** -1 for a role at the top. */
  roleParent(role: RoleId): RoleId;
  roleWeight(role: RoleId): number;
  /** What the running tasks of the role and of all roles below it hold. */
  roleUsed(role: RoleId, resource: number): Amount;
}
