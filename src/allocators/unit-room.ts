import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';
import { JobStarter } from './job-starter.ts';
import type { Placement } from './placement/placement.ts';

/** Finds room for what starts and goes as one: a task, or a gang, named by its first task. */
export class UnitRoom {
  readonly #view: ClusterView;
  readonly #placement: Placement;
  readonly #starter: JobStarter;

  constructor(view: ClusterView, placement: Placement) {
    this.#view = view;
    this.#placement = placement;
    this.#starter = new JobStarter(view, placement);
  }

  /** The unit that a task belongs to. */
  unitOf(task: TaskId): TaskId {
    const job = this.#view.jobOf(task);
    return this.#view.isGang(job) ? this.#view.firstTask(job) : task;
  }

  /** Gives a node for each queued task of the unit, as the placement would have it, or null. */
  find(unit: TaskId): readonly NodeId[] | null {
    const job = this.#view.jobOf(unit);
    if (this.#view.isGang(job)) return this.search(() => this.#starter.findGang(job));
    const node = this.#placement.find(unit);
    return node === NONE ? null : [node];
  }

  /** The running tasks of a unit. */
  running(unit: TaskId): TaskId[] {
    const view = this.#view;
    const job = view.jobOf(unit);
    const count = view.isGang(job) ? view.taskCount(job) : 1;
    return Array.from({ length: count }, (_, i) => unit + i).filter((task) => view.isRunning(task));
  }

  /** Gives what is found on trial, and takes back all that was tried for it. */
  search<Found>(find: () => Found): Found {
    const { trial } = this.#view;
    const { depth } = trial;
    const { cursor } = this.#placement;
    try {
      return find();
    } finally {
      trial.rollback(depth);
      if (cursor !== undefined) this.#placement.cursor = cursor;
    }
  }

  /** Takes those nodes for the queued tasks of a unit, on trial. */
  take(unit: TaskId, nodes: readonly NodeId[]): void {
    const view = this.#view;
    const job = view.jobOf(unit);
    let task = view.isGang(job) ? view.firstQueuedTask(job) : unit;
    for (const node of nodes) {
      view.trial.take(task, node);
      this.#placement.placed?.(node);
      task = view.nextQueuedTask(task);
    }
  }

  /** Frees what a running unit holds, on trial. */
  give(unit: TaskId): void {
    for (const task of this.running(unit)) this.#view.trial.give(task);
  }

  launch(unit: TaskId, nodes: readonly NodeId[], decide: Decisions): void {
    const job = this.#view.jobOf(unit);
    if (this.#view.isGang(job)) decide.launchGang(job, nodes);
    else decide.launch(unit, nodes[0]!);
    for (const node of nodes) this.#placement.placed?.(node);
  }
}
