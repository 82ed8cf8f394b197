import type { ResourceCatalog } from '../base/amounts.ts';
import type { OpenChannel } from '../base/channel.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { OptionReader, OptionSpecs } from '../base/options.ts';
import type { Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import type { TaskTally } from '../cluster/task-tally.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { PartyEvent } from './outside-event.ts';
import type { Parties } from './parties.ts';
import type { Placement } from './placement/placement.ts';
import type { PolicyFact } from './policy-fact.ts';
import type { PreemptionRule } from './preemption.ts';
import type { WaitingReason } from './waiting-reason.ts';

/**
 * Decides which queued task runs on which node.
 *
 * Keeps nothing that it could read from the view, unless it is an index that a test can rebuild; the hooks are there
 * to keep such an index.
 */
export interface Allocator {
  readonly name: string;
  /** What becomes of the work of tasks that it preempts; kept (`resume`) where left out. */
  readonly preemption?: PreemptionRule;
  /** True if it runs tasks at shares of one pool, which then cannot go down. */
  readonly isFluid?: boolean;
  /** True if it plans with times that hold on nodes of speed 1 alone; scenarios with `speeds` are refused. */
  readonly assumesOneSpeed?: boolean;
  /** Why jobs with stages are refused; absent where they are not. */
  readonly refusesStages?: string;
  /** True if frameworks have schedulers of their own: those that are listed then are there from the start. */
  readonly isTwoLevel?: boolean;
  /** Is called once a round, after all completions, node changes and arrivals of the instant. */
  allocate(view: ClusterView, decide: Decisions): void;
  /**
   * When the allocator believes that a running task ends; the user's estimate where left out. Where events go one by
   * one, a task that ends now as was believed is gone before the arrivals of this instant.
   */
  expectedEnd?(task: TaskId): Time;
  /** A job was accepted and its tasks are queued, but those that wait for others. */
  onJobQueued?(job: JobId): void;
  /**
   * So many tasks of a job, from `first` on, have nothing left to wait for and are queued; where the job had nothing
   * queued, it is back at its place in the order of submission.
   */
  onTasksReady?(job: JobId, first: TaskId, count: number): void;
  /** A task was started on a node. */
  onTaskStarted?(task: TaskId, job: JobId, node: NodeId): void;
  /** A task was preempted, or lost with its node: it is queued again, and what it held is free. */
  onTaskPreempted?(task: TaskId, job: JobId, node: NodeId): void;
  /** A task has ended and what it held is free again. */
  onTaskEnded?(task: TaskId, job: JobId, node: NodeId): void;
  /** A node may be used for more or less than before; tasks that went with it have been told of. */
  onNodeChanged?(node: NodeId): void;
  /** Something happened to the master, a framework or a role; allocators without the hook refuse scenarios with such. */
  onPartyEvent?(event: PartyEvent): void;
  /** The last task of a job has ended, or it was given up; the row will be used again. */
  onJobEnded?(job: JobId): void;
  /**
   * Says, behind a pass, what beside the lack of room has kept a job with queued tasks from starting; null where there is
   * nothing else. Is asked only where somebody wants to know, and must change nothing: no draw, no cursor.
   */
  whyWaiting?(job: JobId): WaitingReason | null;
}

/** Where an allocator writes what it wants; the simulation checks it and does it at once. */
export interface Decisions {
  /**
   * Starts a queued task.
   *
   * With a `share` it runs at that part of its speed and holds that part of its demand, from the end of the pass on.
   * With a `speed` it does so many microseconds of its work in one, as long as it runs there, and holds all of its
   * demand; the end rounds up to the next microsecond. It is multiplied with the speed that the task has on the node.
   *
   * @throws AllocatorError if the task is not queued, belongs to a gang, does not fit, has a share outside 0 to 1 or a
   * speed that is not above 0, or has both.
   */
  launch(task: TaskId, node: NodeId, share?: number, speed?: number): void;
  /**
   * Starts a queued task that takes a share of a device, on the device of the node that has this position, from 0.
   *
   * Of a task that takes shares of several device resources it is the first of these; all others, and all that is
   * launched without a device, go to the device with the least left.
   *
   * @throws AllocatorError as {@link launch} does; and if the task takes no share, or the device does not have it.
   */
  launchOnDevice(task: TaskId, node: NodeId, device: number): void;
  /**
   * Starts the queued tasks of a gang, the i-th on the i-th node; all go at the speed of the slowest.
   *
   * @param devices the device of each, as of {@link launchOnDevice}; -1 where none is named.
   * @throws AllocatorError if a task does not fit or not every one has its node; then none has started.
   */
  launchGang(job: JobId, nodes: readonly NodeId[], share?: number, devices?: readonly number[]): void;
  /**
   * Puts a running task back into the queue; of a gang, all its running tasks. What becomes of the work done is the
   * allocator's `preemption`.
   *
   * @throws AllocatorError if the task does not run, or was launched with a share.
   */
  preempt(task: TaskId): void;
  /**
   * Runs a task that was launched with a share at another one from the end of the pass on. Ends round up to the next
   * microsecond.
   *
   * @throws AllocatorError if it was not; at the end of the pass, if the shares on a node come to more than it has.
   */
  setRate(task: TaskId, share: number): void;
  /**
   * Gives a job up: its running tasks are lost, its queued ones withdrawn, and it counts as failed.
   *
   * @throws AllocatorError if the job has ended, or a task of it was launched with a share.
   */
  fail(job: JobId, reason: string): void;
  /** Tells observers what no job's or task's life shows. */
  record(fact: PolicyFact): void;
  /**
   * Asks for a pass at `time` even if nothing happens.
   *
   * @throws AllocatorError if `time` is past, or is now for the second time running without a launch in between.
   */
  wakeAt(time: Time): void;
}

/** What an allocator is made with. */
export interface AllocatorContext {
  readonly view: ClusterView;
  readonly resources: ResourceCatalog;
  /** Opens a stream of chance that belongs to this allocator. */
  stream(name: string): Random;
  /** What the scenario says of frameworks and roles. */
  readonly parties: Parties;
  /** Makes the placement of that name; every option `placement` goes through here. */
  placement(name: string): Placement;
  /** Counts the tasks of the whole workload before the run; absent where it cannot be read twice. */
  readonly survey?: () => Promise<TaskTally>;
  /** Does work in a solver; its wall time is counted among the figures of the engine, and nobody here learns it. */
  timed<T>(work: () => T): T;
  /** Starts another program and speaks with it; absent where there are none, as in a page. The run ends what it opens. */
  readonly openChannel?: OpenChannel;
}

/** What an allocator's file exports; `registry.ts` lists them. */
export interface AllocatorDefinition {
  readonly name: string;
  readonly summary: string;
  /** Paper and section, or the system that it restates. */
  readonly source: string;
  readonly options: OptionSpecs;
  /**
   * Says whether, with these options, all that it ever decides is to start tasks, whole and on nodes: it never preempts,
   * shares, wakes, gives up or tells facts. A pool then takes fewer books. False where left out.
   */
  startsOnly?(options: OptionReader): boolean;
  create(options: OptionReader, context: AllocatorContext): Allocator | Promise<Allocator>;
}
