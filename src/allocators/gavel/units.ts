import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import { SECOND, type Time } from '../../base/time.ts';
import { pack } from '../../cluster/packing.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { upNodes, type WorkerType } from './worker-types.ts';

/** What is scheduled as one: a task, or a gang, named by its first task. */
export interface Unit {
  readonly task: TaskId;
  readonly job: JobId;
  /** Rows of the unit's tasks. */
  readonly count: number;
  /** Workers that it takes at once. */
  readonly scale: number;
  /** Fraction of time on each type, by the last division; none if it came since. */
  share: readonly number[] | null;
  /** True if no type alone has room for it, so that it runs across types. */
  isSpread: boolean;
  /** Time on each type since the last division, and how much it got too little before. */
  received: number[];
  deficit: number[];
  /** The type it was seated on last, -1 across types; and since when it runs there. */
  type: number;
  since: Time;
  /** Work done by the last division, its throughput alone then, and the time alone that all before it was worth. */
  workBefore: Time;
  aloneRate: number;
  aloneTime: Time;
}

/** The live units, in the order in which they came. */
export class Units {
  readonly #view: ClusterView;
  readonly #resource: number;
  readonly #types: number;
  readonly #units = new Map<TaskId, Unit>();

  constructor(view: ClusterView, resource: number, types: number) {
    this.#view = view;
    this.#resource = resource;
    this.#types = types;
  }

  get size(): number {
    return this.#units.size;
  }

  all(): Unit[] {
    return [...this.#units.values()];
  }

  /** Enters those of some tasks of a job that are queued; a gang enters as one. */
  enter(job: JobId, first: TaskId, tasks: number): void {
    const view = this.#view;
    const isGang = view.isGang(job);
    for (let i = 0; i < (isGang ? 1 : tasks); i++) {
      if (!view.isQueued(first + i)) continue;
      const count = isGang ? tasks : 1;
      let scale = 0;
      for (let k = 0; k < count; k++) scale += view.demand(first + i + k, this.#resource);
      this.#units.set(first + i, {
        task: first + i,
        job,
        count,
        scale: scale / view.resources[this.#resource]!.scale,
        share: null,
        isSpread: false,
        received: new Array<number>(this.#types).fill(0),
        deficit: new Array<number>(this.#types).fill(0),
        type: -1,
        since: 0,
        workBefore: 0,
        aloneRate: 0,
        aloneTime: 0,
      });
    }
  }

  /** A task has ended; a gang goes when all of it has. */
  taskEnded(task: TaskId, job: JobId): boolean {
    return !this.#view.isGang(job) && this.#units.delete(task);
  }

  jobEnded(job: JobId): boolean {
    const view = this.#view;
    let gone = false;
    for (let i = 0; i < view.taskCount(job); i++) gone = this.#units.delete(view.firstTask(job) + i) || gone;
    return gone;
  }

  /** The unit's tasks that run, or where none does those that are queued. */
  tasksOf({ task, count }: Unit): TaskId[] {
    const rows = Array.from({ length: count }, (_, i) => task + i);
    const running = rows.filter((row) => this.#view.isRunning(row));
    return running.length > 0 ? running : rows.filter((row) => this.#view.isQueued(row));
  }

  isRunning(unit: Unit): boolean {
    for (let i = 0; i < unit.count; i++) if (this.#view.isRunning(unit.task + i)) return true;
    return false;
  }

  /** Work done in one unit of time on each type; zero where the unit may not run or finds no room on the empty nodes. */
  rates(unit: Unit, types: readonly WorkerType[]): number[] {
    const view = this.#view;
    const constraint = view.constraint(unit.task);
    return types.map((type) => {
      if (!view.classSatisfies(type.nodeClass, constraint)) return 0;
      return this.#holds(unit, upNodes(view, type)) ? view.classSpeed(type.nodeClass, constraint) : 0;
    });
  }

  /** Work done so far, by the unit's longest task; and how much is left by the estimate, at least a second. */
  work(unit: Unit): { done: Time; left: Time } {
    const view = this.#view;
    const constraint = view.constraint(unit.task);
    const running = this.isRunning(unit) ? this.tasksOf(unit) : [];
    const pace = Math.min(...running.map((task) => view.classSpeed(view.nodeClass(view.nodeOf(task)), constraint)));
    let done = 0;
    for (const task of this.tasksOf(unit)) {
      const spell = running.length > 0 ? (view.now - view.startTime(task)) * pace : 0;
      done = Math.max(done, view.workKept(task) + spell);
    }
    return { done, left: Math.max(SECOND, view.estimate(unit.job) - done) };
  }

  #holds(unit: Unit, nodes: readonly NodeId[]): boolean {
    const view = this.#view;
    const stride = view.resources.length;
    if (nodes.length === 0) return false;
    const capacity = view.resources.map((_, r) => view.capacity(nodes[0]!, r));
    const empty = Array.from({ length: Math.min(nodes.length, unit.count) }, () => ({ capacity, allowed: true }));
    const demand = new Float64Array(unit.count * stride);
    for (let i = 0; i < unit.count; i++) {
      for (let r = 0; r < stride; r++) demand[i * stride + r] = view.demand(unit.task + i, r);
    }
    return pack(view.resources, empty, demand, 0, unit.count) !== null;
  }
}
