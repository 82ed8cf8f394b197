import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';
import { packJob } from './pack-job.ts';
import type { Placement } from './placement/placement.ts';

/** Starts tasks of one job where a placement finds room; what every policy does once it knows who is next. */
export class JobStarter {
  readonly #view: ClusterView;
  readonly #placement: Placement;

  constructor(view: ClusterView, placement: Placement) {
    this.#view = view;
    this.#placement = placement;
  }

  /** Starts the job's queued tasks in order of position until one fits nowhere; true when none is left queued. */
  startAll(job: JobId, decide: Decisions): boolean {
    const view = this.#view;
    if (view.taskCount(job) === 1) return this.startNext(job, decide);
    if (view.isGang(job)) return this.#startGang(job, decide);
    for (let task = view.firstQueuedTask(job); task !== NONE; ) {
      const next = view.nextQueuedTask(task);
      const node = this.#placement.find(task);
      if (node === NONE) return false;
      this.#start(task, node, decide);
      task = next;
    }
    return true;
  }

  /** Starts the job's next queued task, or all of a gang; false when there is no room. */
  startNext(job: JobId, decide: Decisions): boolean {
    const view = this.#view;
    if (view.isGang(job) && view.taskCount(job) > 1) return this.#startGang(job, decide);
    const task = view.firstQueuedTask(job);
    const node = this.#placement.find(task);
    if (node === NONE) return false;
    this.#start(task, node, decide);
    return true;
  }

  /** Gives a node for each queued task of a gang, or null when there is no room for all. */
  findGang(job: JobId): readonly NodeId[] | null {
    if (!this.#couldFit(job)) return null;
    return this.#findAll(job) ?? this.#packOnIdleNodes(job);
  }

  #start(task: TaskId, node: NodeId, decide: Decisions): void {
    const device = this.#placement.device?.(task, node) ?? NONE;
    if (device === NONE) decide.launch(task, node);
    else decide.launchOnDevice(task, node, device);
    this.#placement.placed?.(node);
  }

  /** Starts all tasks of a gang, or none. */
  #startGang(job: JobId, decide: Decisions): boolean {
    if (!this.#couldFit(job)) return false;
    const devices: number[] | undefined = this.#placement.device && [];
    const nodes = this.#findAll(job, devices);
    if (nodes !== null) {
      decide.launchGang(job, nodes, undefined, devices);
      return true;
    }
    const packed = this.#packOnIdleNodes(job);
    if (packed !== null) decide.launchGang(job, packed);
    return packed !== null;
  }

  /** Looks for room task by task on trial, as the placement would have it; a failed search leaves no trace. */
  #findAll(job: JobId, devices?: number[]): readonly NodeId[] | null {
    const view = this.#view;
    const placement = this.#placement;
    const { cursor } = placement;
    const nodes: NodeId[] = [];
    const { depth } = view.trial;
    try {
      for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
        const node = placement.find(task);
        if (node === NONE) {
          if (cursor !== undefined) placement.cursor = cursor;
          return null;
        }
        const device = devices === undefined ? NONE : placement.device!(task, node);
        devices?.push(device);
        view.trial.take(task, node, device === NONE ? undefined : device);
        placement.placed?.(node);
        nodes.push(node);
      }
    } finally {
      view.trial.rollback(depth);
    }
    return nodes;
  }

  /** With nothing running, a gang that was accepted must start: an uneven one may need a better packing than greed. */
  #packOnIdleNodes(job: JobId): readonly NodeId[] | null {
    const view = this.#view;
    if (view.runningTasks > 0 || view.unevenGangs === 0) return null;
    return packJob(view, job);
  }

  /** A gang cannot fit when the whole cluster has less than it needs. */
  #couldFit(job: JobId): boolean {
    const view = this.#view;
    for (let r = 0; r < view.resources.length; r++) {
      let left = view.totalFree(r);
      for (let task = view.firstQueuedTask(job); task !== NONE && left >= 0; task = view.nextQueuedTask(task)) {
        left -= view.demand(task, r);
      }
      if (left < 0) return false;
    }
    return true;
  }
}
