import { type JobId, NONE, type NodeId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Decisions } from './allocator.ts';
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
    if (view.isGang(job)) return this.#startGang(job, decide);
    for (let task = view.firstQueuedTask(job); task !== NONE; ) {
      const next = view.nextQueuedTask(task);
      const node = this.#placement.find(task);
      if (node === NONE) return false;
      decide.launch(task, node);
      this.#placement.placed?.(node);
      task = next;
    }
    return true;
  }

  /** Starts the job's next queued task, or all of a gang; false when there is no room. */
  startNext(job: JobId, decide: Decisions): boolean {
    if (this.#view.isGang(job)) return this.#startGang(job, decide);
    const task = this.#view.firstQueuedTask(job);
    const node = this.#placement.find(task);
    if (node === NONE) return false;
    decide.launch(task, node);
    this.#placement.placed?.(node);
    return true;
  }

  /** Looks for room task by task on trial; exact for what the placement finds, nothing is started unless all fit. */
  #startGang(job: JobId, decide: Decisions): boolean {
    const view = this.#view;
    if (!this.#couldFit(job)) return false;
    const nodes: NodeId[] = [];
    const { trial } = view;
    try {
      for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
        const node = this.#placement.find(task);
        if (node === NONE) return false;
        trial.take(task, node);
        nodes.push(node);
      }
    } finally {
      trial.rollback();
    }
    decide.launchGang(job, nodes);
    for (const node of nodes) this.#placement.placed?.(node);
    return true;
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
