import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Placement } from './placement/placement.ts';
import type { SortedTasks } from './sorted-tasks.ts';

/**
 * Where and when the head of the queue will start if everything runs as long as expected: a time and a set of nodes.
 *
 * The room it needs there and then is kept from tasks that would still be running. Tasks come in sets that start
 * together: all of a gang, or a single one.
 */
export interface Reservation {
  /** The earliest time at which the head fits; infinity where the running tasks' ends do not make room. */
  readonly shadow: Time;
  /** What those may take, in all, that run beyond the shadow time, whole steps a resource; infinity where it is not known. */
  readonly extra: Float64Array;
  /** Works out the reservation of tasks that do not fit now. */
  plan(tasks: readonly TaskId[]): void;
  /** Gives a node for each task if all may start now and run until `end` without delaying the head, else null. */
  room(tasks: readonly TaskId[], end: Time): readonly NodeId[] | null;
  /** The tasks were started there. */
  started(tasks: readonly TaskId[], nodes: readonly NodeId[], end: Time): void;
  /** A task has ended that was expected to end then. */
  ended(task: TaskId, end: Time): void;
  /** Expected ends have moved: the next plan begins anew. */
  forget(): void;
}

/** Opens a reservation; on one node without devices amounts are enough. */
export function openReservation(view: ClusterView, ends: SortedTasks, placement: Placement): Reservation {
  const isPool = view.nodeCount === 1 && view.resources.every(({ devices }) => !devices);
  return isPool ? new PoolReservation(view, ends) : new NodesReservation(view, ends, placement);
}

/**
 * A reservation on a cluster of one node, where there is no choice of nodes.
 *
 * Between two plans for the same head it keeps account: what ends by the shadow time, or starts and will have ended by
 * then, changes nothing; only what lies beyond moves `extra`, and with it the shadow time by a few ends.
 */
class PoolReservation implements Reservation {
  shadow: Time = Number.POSITIVE_INFINITY;
  /** What the head leaves free at the shadow time. */
  readonly extra: Float64Array;
  readonly #view: ClusterView;
  readonly #ends: SortedTasks;
  readonly #demand: Float64Array;
  /** The head's first task and the job's submission, as rows are used again; -1 where the account does not hold. */
  #head: TaskId = NONE;
  #submission = -1;
  /** The expected end up to which all ends are counted in `extra`; may lie in the past. */
  #until: Time = Number.POSITIVE_INFINITY;

  constructor(view: ClusterView, ends: SortedTasks) {
    this.#view = view;
    this.#ends = ends;
    this.extra = new Float64Array(view.resources.length);
    this.#demand = new Float64Array(view.resources.length);
  }

  plan(tasks: readonly TaskId[]): void {
    const { now } = this.#view;
    const head = tasks[0]!;
    const submission = this.#view.submission(this.#view.jobOf(head));
    const holds = head === this.#head && submission === this.#submission;
    if (holds && this.#until > now && this.#until < Number.POSITIVE_INFINITY) this.#drawBack();
    else this.#begin(tasks);
    this.#extend();
    this.#head = head;
    this.#submission = submission;
    this.shadow = Math.max(now, this.#until);
  }

  /** Counts no end yet. */
  #begin(tasks: readonly TaskId[]): void {
    const { extra } = this;
    const demand = this.#sum(tasks);
    for (let r = 0; r < extra.length; r++) extra[r] = this.#view.free(0, r) - demand[r]!;
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** Counts further ends, all of one time together and all that are overdue with the first, until there is enough. */
  #extend(): void {
    const view = this.#view;
    const ends = this.#ends;
    const { extra } = this;
    if (!isShort(extra)) return;
    for (let next = ends.countUpTo(this.#until); ; ) {
      if (next === ends.size) {
        this.#until = Number.POSITIVE_INFINITY;
        return;
      }
      this.#until = Math.max(view.now, ends.key(next));
      do {
        const task = ends.task(next++);
        for (let r = 0; r < extra.length; r++) extra[r] = extra[r]! + view.demand(task, r);
      } while (next < ends.size && ends.key(next) <= this.#until);
      if (!isShort(extra)) return;
    }
  }

  /** Leaves the last ends out again as long as there is enough without them. */
  #drawBack(): void {
    const view = this.#view;
    const ends = this.#ends;
    const { extra } = this;
    const group = this.#demand;
    for (let counted = ends.countUpTo(this.#until); counted > 0; ) {
      const end = ends.key(counted - 1);
      let first = counted;
      for (let r = 0; r < group.length; r++) group[r] = 0;
      // What is overdue ends now, with all else that ends now.
      while (first > 0 && (ends.key(first - 1) === end || end <= view.now)) {
        first--;
        for (let r = 0; r < extra.length; r++) group[r] = group[r]! + view.demand(ends.task(first), r);
      }
      this.#until = Math.max(view.now, end);
      for (let r = 0; r < extra.length; r++) if (extra[r]! < group[r]!) return;
      for (let r = 0; r < extra.length; r++) extra[r] = extra[r]! - group[r]!;
      this.#until = Number.NEGATIVE_INFINITY;
      counted = first;
    }
  }

  room(tasks: readonly TaskId[], end: Time): readonly NodeId[] | null {
    const demand = this.#sum(tasks);
    const late = end > this.shadow;
    for (let r = 0; r < demand.length; r++) {
      if (demand[r]! > this.#view.free(0, r) || (late && demand[r]! > this.extra[r]!)) return null;
    }
    return tasks.length === 1 ? POOL : tasks.map(() => 0);
  }

  started(tasks: readonly TaskId[], _nodes: readonly NodeId[], end: Time): void {
    if (end <= this.shadow) return;
    const demand = this.#sum(tasks);
    for (let r = 0; r < demand.length; r++) this.extra[r] = this.extra[r]! - demand[r]!;
  }

  ended(task: TaskId, end: Time): void {
    if (end <= this.#until) return;
    for (let r = 0; r < this.extra.length; r++) this.extra[r] = this.extra[r]! + this.#view.demand(task, r);
  }

  forget(): void {
    this.#head = NONE;
  }

  #sum(tasks: readonly TaskId[]): Float64Array {
    const demand = this.#demand;
    for (let r = 0; r < demand.length; r++) demand[r] = this.#view.demand(tasks[0]!, r);
    for (let i = 1; i < tasks.length; i++) {
      for (let r = 0; r < demand.length; r++) demand[r] = demand[r]! + this.#view.demand(tasks[i]!, r);
    }
    return demand;
  }
}

/** The only node of a pool. */
const POOL: readonly NodeId[] = [0];

function isShort(amounts: Float64Array): boolean {
  for (let r = 0; r < amounts.length; r++) if (amounts[r]! < 0) return true;
  return false;
}

/**
 * A reservation on a set of nodes.
 *
 * The plan frees running tasks on trial, in order of their expected ends, until the placement finds room for the head.
 * Tasks that would end after the shadow time see the reserved nodes less what the head needs there beyond what will
 * have been freed by then. Exact for divisible resources; of devices only the totals are kept.
 */
class NodesReservation implements Reservation {
  shadow: Time = Number.POSITIVE_INFINITY;
  readonly extra: Float64Array;
  readonly #view: ClusterView;
  readonly #ends: SortedTasks;
  readonly #placement: Placement;
  /** By reserved node: what the head needs there less what is freed there by the shadow time. */
  readonly #needed = new Map<NodeId, Float64Array>();

  constructor(view: ClusterView, ends: SortedTasks, placement: Placement) {
    this.#view = view;
    this.#ends = ends;
    this.#placement = placement;
    this.extra = new Float64Array(view.resources.length).fill(Number.POSITIVE_INFINITY);
  }

  plan(tasks: readonly TaskId[]): void {
    const { now, trial } = this.#view;
    const ends = this.#ends;
    this.#needed.clear();
    this.shadow = Number.POSITIVE_INFINITY;
    let nodes: readonly NodeId[] | null = null;
    try {
      for (let next = 0; next < ends.size && nodes === null; ) {
        const end = Math.max(now, ends.key(next));
        for (; next < ends.size && ends.key(next) <= end; next++) trial.give(ends.task(next));
        nodes = this.#findAll(tasks);
        if (nodes !== null) this.shadow = end;
      }
    } finally {
      trial.rollback();
    }
    if (nodes === null) return;
    for (const [i, node] of nodes.entries()) {
      if (!this.#needed.has(node)) this.#needed.set(node, new Float64Array(this.#view.resources.length));
      this.#add(tasks[i]!, node, 1);
    }
    for (let i = 0; i < ends.size && ends.key(i) <= this.shadow; i++) {
      this.#add(ends.task(i), this.#view.nodeOf(ends.task(i)), -1);
    }
  }

  room(tasks: readonly TaskId[], end: Time): readonly NodeId[] | null {
    const { trial } = this.#view;
    try {
      if (end > this.shadow) {
        for (const [node, needed] of this.#needed) {
          trial.hold(
            node,
            needed.map((amount) => Math.max(0, amount)),
          );
        }
      }
      return this.#findAll(tasks);
    } finally {
      trial.rollback();
    }
  }

  started(tasks: readonly TaskId[], nodes: readonly NodeId[], end: Time): void {
    if (end > this.shadow) return;
    for (const [i, node] of nodes.entries()) this.#add(tasks[i]!, node, -1);
  }

  /** Each plan begins anew. */
  ended(): void {}

  forget(): void {}

  /** Finds room for all tasks side by side; leaves the trial as it was. */
  #findAll(tasks: readonly TaskId[]): readonly NodeId[] | null {
    const { trial } = this.#view;
    const { depth } = trial;
    const nodes: NodeId[] = [];
    for (const task of tasks) {
      const node = this.#placement.find(task);
      if (node === NONE) break;
      if (tasks.length > 1) trial.take(task, node);
      nodes.push(node);
    }
    trial.rollback(depth);
    return nodes.length === tasks.length ? nodes : null;
  }

  #add(task: TaskId, node: NodeId, sign: 1 | -1): void {
    const needed = this.#needed.get(node);
    if (needed === undefined) return;
    for (let r = 0; r < needed.length; r++) needed[r] = needed[r]! + this.#view.demand(task, r) * sign;
  }
}
