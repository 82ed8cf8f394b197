import type { ResourceCatalog } from '../base/amounts.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { OptionReader, OptionSpecs } from './options.ts';
import type { Placement } from './placement/placement.ts';

/**
 * Decides which queued task runs on which node.
 *
 * Keeps nothing that it could read from the view, unless it is an index that a test can rebuild; the hooks are there
 * to keep such an index.
 */
export interface Allocator {
  readonly name: string;
  /** Is called once a round, after all completions, node changes and arrivals of the instant. */
  allocate(view: ClusterView, decide: Decisions): void;
  /** A job was accepted and its tasks are queued. */
  onJobQueued?(job: JobId): void;
  /** A task was started on a node. */
  onTaskStarted?(task: TaskId, job: JobId, node: NodeId): void;
  /** The last task of a job has ended; the row will be used again. */
  onJobEnded?(job: JobId): void;
  /** A task has ended and what it held is free again. */
  onTaskEnded?(task: TaskId, job: JobId, node: NodeId): void;
}

/** Where an allocator writes what it wants; the simulation checks it and does it at once. */
export interface Decisions {
  /**
   * Starts a queued task.
   *
   * @throws AllocatorError if the task is not queued, belongs to a gang, or does not fit.
   */
  launch(task: TaskId, node: NodeId): void;
  /**
   * Starts all tasks of a gang, the i-th on the i-th node.
   *
   * @throws AllocatorError if a task is not queued or does not fit; then none has started.
   */
  launchGang(job: JobId, nodes: readonly NodeId[]): void;
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
  /** Makes the placement of that name; every option `placement` goes through here. */
  placement(name: string): Placement;
}

/** What an allocator's file exports; `registry.ts` lists them. */
export interface AllocatorDefinition {
  readonly name: string;
  readonly summary: string;
  /** Paper and section, or the system that it restates. */
  readonly source: string;
  readonly options: OptionSpecs;
  create(options: OptionReader, context: AllocatorContext): Allocator | Promise<Allocator>;
}
