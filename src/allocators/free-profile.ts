import type { NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { SortedTasks } from './sorted-tasks.ts';

/** When and where a set of tasks would start. */
export interface Slot {
  readonly start: Time;
  /** A node for each task. */
  readonly nodes: readonly NodeId[];
}

/**
 * What each node will have free from now on, if everything runs as long as expected: a step function of time.
 *
 * Segment i holds from `time[i]` to `time[i + 1]`, the last one for ever. A segment is one row of amounts, stride
 * `resources` a node. Devices count by their totals. Inserting and finding cost O(segments x nodes).
 */
export class FreeProfile {
  readonly #view: ClusterView;
  readonly #resources: number;
  #time: Time[] = [];
  #free: Float64Array[] = [];

  constructor(view: ClusterView) {
    this.#view = view;
    this.#resources = view.resources.length;
  }

  /** Starts again from what is free now and the ends of what runs; what should have ended by now ends now. */
  reset(ends: SortedTasks): void {
    const view = this.#view;
    const now = new Float64Array(view.nodeCount * this.#resources);
    for (let node = 0; node < view.nodeCount; node++) {
      for (let r = 0; r < this.#resources; r++) now[node * this.#resources + r] = view.free(node, r);
    }
    this.#time = [view.now];
    this.#free = [now];
    for (let i = 0; i < ends.size; i++) {
      const task = ends.task(i);
      const end = Math.max(view.now, ends.key(i));
      if (end > this.#time.at(-1)!) {
        this.#time.push(end);
        this.#free.push(this.#free.at(-1)!.slice());
      }
      // What ends on a node that drains makes no room.
      if (view.nodeState(view.nodeOf(task)) === 'up') this.#add(this.#free.at(-1)!, task, view.nodeOf(task), 1);
    }
  }

  /** Forgets what lies before `now`, and joins segments that have become alike. */
  advance(now: Time): void {
    const [time, free] = [this.#time, this.#free];
    let past = 0;
    while (past + 1 < time.length && time[past + 1]! <= now) past++;
    let kept = 0;
    for (let i = past; i < time.length; i++) {
      if (i > past && alike(free[i]!, free[kept - 1]!)) continue;
      time[kept] = Math.max(now, time[i]!);
      free[kept++] = free[i]!;
    }
    time.length = kept;
    free.length = kept;
  }

  /** Takes (`sign` -1) or gives back (1) what tasks need on nodes from `start` to `end`. */
  change(tasks: readonly TaskId[], slot: Slot, end: Time, sign: 1 | -1): void {
    if (!(end > slot.start)) return;
    const from = this.#cut(slot.start);
    const until = this.#cut(end);
    for (let i = from; i < until; i++) {
      for (let t = 0; t < tasks.length; t++) this.#add(this.#free[i]!, tasks[t]!, slot.nodes[t]!, sign);
    }
  }

  /** Gives the earliest slot from the beginning of the profile on in which all tasks can run for `run` at once. */
  earliest(tasks: readonly TaskId[], run: Time): Slot {
    for (let i = 0; i < this.#time.length; ) {
      const start = this.#time[i]!;
      const found = this.#nodesFrom(i, tasks, start + run);
      if (typeof found !== 'number') return { start, nodes: found };
      i = found;
    }
    return { start: Number.POSITIVE_INFINITY, nodes: [] };
  }

  /** Gives nodes on which the tasks can run from the beginning of the profile for `run`, or null. */
  now(tasks: readonly TaskId[], run: Time): readonly NodeId[] | null {
    const found = this.#nodesFrom(0, tasks, this.#time[0]! + run);
    return typeof found === 'number' ? null : found;
  }

  /** First fit of all tasks from segment `from` until `end`; else the next segment at which to try. */
  #nodesFrom(from: number, tasks: readonly TaskId[], end: Time): readonly NodeId[] | number {
    if (this.#view.nodeCount === 1 && tasks.length === 1) {
      const blocked = this.#blocked(from, tasks[0]!, 0, end);
      return blocked < 0 ? [0] : blocked + 1;
    }
    const nodes: NodeId[] = [];
    const slot = { start: this.#time[from]!, nodes };
    for (const task of tasks) {
      let node = 0;
      while (node < this.#view.nodeCount && !this.#canRun(from, task, node, end)) node++;
      if (node === this.#view.nodeCount) break;
      nodes.push(node);
      if (tasks.length > 1) this.#each(from, end, (free) => this.#add(free, task, node, -1));
    }
    if (tasks.length > 1) {
      for (const [i, node] of slot.nodes.entries())
        this.#each(from, end, (free) => this.#add(free, tasks[i]!, node, 1));
    }
    return nodes.length === tasks.length ? nodes : from + 1;
  }

  #canRun(from: number, task: TaskId, node: NodeId, end: Time): boolean {
    const constraint = this.#view.constraint(task);
    if (constraint !== 0 && !this.#view.classSatisfies(this.#view.nodeClass(node), constraint)) return false;
    return this.#blocked(from, task, node, end) < 0;
  }

  /** The last segment before `end` in which the node has too little for the task, or -1. */
  #blocked(from: number, task: TaskId, node: NodeId, end: Time): number {
    let last = -1;
    for (let i = from; i < this.#time.length && (i === from || this.#time[i]! < end); i++) {
      const free = this.#free[i]!;
      for (let r = 0; r < this.#resources; r++) {
        if (this.#view.demand(task, r) > free[node * this.#resources + r]!) last = i;
      }
    }
    return last;
  }

  #each(from: number, end: Time, visit: (free: Float64Array) => void): void {
    for (let i = from; i < this.#time.length && (i === from || this.#time[i]! < end); i++) visit(this.#free[i]!);
  }

  #add(free: Float64Array, task: TaskId, node: NodeId, sign: 1 | -1): void {
    const at = node * this.#resources;
    for (let r = 0; r < this.#resources; r++) free[at + r] = free[at + r]! + this.#view.demand(task, r) * sign;
  }

  /** Makes a segment begin at `time` and gives its position. */
  #cut(time: Time): number {
    let low = 0;
    let high = this.#time.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#time[middle]! < time) low = middle + 1;
      else high = middle;
    }
    if (this.#time[low] === time) return low;
    this.#time.splice(low, 0, time);
    this.#free.splice(low, 0, this.#free[low - 1]!.slice());
    return low;
  }
}

function alike(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
