import type { ResourceCatalog } from '../base/amounts.ts';
import { grown } from '../base/grow.ts';
import { type FrameworkId, type JobId, NONE, type RoleId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';
import { Changes } from './changes.ts';
import { MomentTree } from './moment-tree.ts';

/**
 * Keeps what metrics need of the state between two instants and the view does not hold: running tasks, what roles
 * queue, dominant shares, and which frameworks and roles have changed.
 *
 * Facts only mark what they touch. `settle`, called when the clock moves and before any metric is, reads the marked
 * rows from the view once; so several facts of one instant cost one reading, and what came and went within an instant
 * never shows. Until the next `settle` all readers describe the state that held since `before`.
 *
 * A user is a role that has frameworks of its own; its own part is what those frameworks hold, without roles below it.
 */
export class Ledger implements Observer {
  /** Jobs submitted of which no task has started yet. */
  waitingJobs = 0;
  readonly changedFrameworks: Changes = new Changes();
  readonly changedRoles: Changes = new Changes();
  /** Dominant share over weight of each user that has queued tasks of its own; rows are role ids. */
  readonly backlogged: MomentTree = new MomentTree();

  #view: ClusterView | undefined;
  readonly #resources: number;
  readonly #capacity: Float64Array;
  /** Marked since the last `settle`. */
  readonly #marked: Changes = new Changes();
  /** 1 for the row of a job that waits for its first start. */
  #waiting = new Uint8Array(0);

  /** Frameworks below this number have rows. */
  #seen = 0;
  // By framework: running tasks now, and what the sums of its role contain.
  #running = new Int32Array(0);
  #countedRunning = new Int32Array(0);
  #countedQueued = new Int32Array(0);

  // By role, with all below it.
  #roleRunning = new Int32Array(0);
  #roleQueued = new Int32Array(0);
  #roleShare = new Float64Array(0);
  /** Dominant share of the role's own frameworks. */
  #userShare = new Float64Array(0);
  #weight = new Float64Array(0);
  /** 1 for a role that has been met. */
  #met = new Uint8Array(0);
  /** 1 for a role that has roles below it. */
  #inner = new Uint8Array(0);
  /** The frameworks of each role that has any. */
  readonly #frameworks: FrameworkId[][] = [];

  constructor(resources: ResourceCatalog) {
    this.#resources = resources.length;
    this.#capacity = new Float64Array(resources.length);
  }

  get view(): ClusterView {
    return this.#view!;
  }

  onStart(run: ObservedRun): void {
    this.#view = run.view;
  }

  onJobSubmitted(_time: Time, job: JobId): void {
    if (job >= this.#waiting.length) this.#waiting = grown(this.#waiting, job + 1);
    this.#waiting[job] = 1;
    this.waitingJobs++;
    this.#mark(this.view.frameworkOf(job));
  }

  onTaskStarted(_time: Time, task: TaskId): void {
    const job = this.view.jobOf(task);
    this.waitingJobs -= this.#waiting[job]!;
    this.#waiting[job] = 0;
    const framework = this.view.frameworkOf(job);
    this.#mark(framework);
    this.#running[framework] = this.#running[framework]! + 1;
  }

  onTaskEnded(_time: Time, task: TaskId): void {
    const framework = this.view.frameworkOf(this.view.jobOf(task));
    this.#mark(framework);
    this.#running[framework] = this.#running[framework]! - 1;
  }

  /** Reads what was marked from the view; the lists of changes are then those since the last call. */
  settle(): void {
    this.changedFrameworks.clear();
    this.changedRoles.clear();
    if (this.#capacityMoved()) this.#markAll();
    const { rows } = this.#marked;
    for (let i = 0; i < this.#marked.count; i++) this.#settleFramework(rows[i]!);
    this.#marked.clear();
    for (let i = 0; i < this.changedRoles.count; i++) this.#settleRole(this.changedRoles.rows[i]!);
  }

  frameworkRunning(framework: FrameworkId): number {
    return this.#countedRunning[framework] ?? 0;
  }

  frameworkQueued(framework: FrameworkId): number {
    return this.#countedQueued[framework] ?? 0;
  }

  /** Largest fraction of any resource that the framework holds. */
  frameworkShare(framework: FrameworkId): number {
    let share = 0;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.#capacity[r]!;
      if (capacity > 0) share = Math.max(share, this.view.frameworkUsed(framework, r) / capacity);
    }
    return share;
  }

  /** Running tasks of the role and all below it. */
  roleRunning(role: RoleId): number {
    return this.#roleRunning[role] ?? 0;
  }

  /** Queued tasks of the role and all below it. */
  roleQueued(role: RoleId): number {
    return this.#roleQueued[role] ?? 0;
  }

  /** Dominant share of the role and all below it. */
  roleShare(role: RoleId): number {
    return this.#roleShare[role] ?? 0;
  }

  /** True if the role has frameworks of its own that have been seen. */
  isUser(role: RoleId): boolean {
    return this.#frameworks[role] !== undefined;
  }

  /** Dominant share of the user's own part. */
  userShare(role: RoleId): number {
    return this.#userShare[role] ?? 0;
  }

  /** Product of the weights from the top to the role; of a role seen before. */
  weight(role: RoleId): number {
    return this.#weight[role]!;
  }

  /** The frameworks seen so far of the role and all below it. */
  frameworksWithin(role: RoleId): FrameworkId[] {
    return this.#frameworks.flatMap((own, user) => (this.#isWithin(user, role) ? own : []));
  }

  #mark(framework: FrameworkId): void {
    while (framework >= this.#seen) this.#meetFramework(this.#seen++);
    this.#marked.add(framework);
  }

  #capacityMoved(): boolean {
    let moved = false;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.view.totalCapacity(r);
      if (capacity === this.#capacity[r]) continue;
      this.#capacity[r] = capacity;
      moved = true;
    }
    return moved;
  }

  #markAll(): void {
    for (let framework = 0; framework < this.view.frameworkCount; framework++) this.#mark(framework);
  }

  #settleFramework(framework: FrameworkId): void {
    this.changedFrameworks.add(framework);
    const { view } = this;
    const queued = view.frameworkQueuedTasks(framework);
    const moreQueued = queued - this.#countedQueued[framework]!;
    const moreRunning = this.#running[framework]! - this.#countedRunning[framework]!;
    this.#countedQueued[framework] = queued;
    this.#countedRunning[framework] = this.#running[framework]!;
    for (let role = view.roleOf(framework); role !== NONE; role = view.roleParent(role)) {
      this.#roleQueued[role] = this.#roleQueued[role]! + moreQueued;
      this.#roleRunning[role] = this.#roleRunning[role]! + moreRunning;
      this.changedRoles.add(role);
    }
  }

  #settleRole(role: RoleId): void {
    let share = 0;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.#capacity[r]!;
      if (capacity > 0) share = Math.max(share, this.view.roleUsed(role, r) / capacity);
    }
    this.#roleShare[role] = share;
    // Where no role is below, all is the role's own.
    const inner = this.#inner[role] === 1;
    const own = inner ? this.#ownShare(role) : share;
    const queued = inner ? this.#ownQueued(role) : this.#roleQueued[role]!;
    this.#userShare[role] = own;
    if (queued > 0) this.backlogged.put(role, own / this.#weight[role]!);
    else this.backlogged.remove(role);
  }

  #ownShare(role: RoleId): number {
    let share = 0;
    for (let r = 0; r < this.#resources; r++) {
      if (!(this.#capacity[r]! > 0)) continue;
      let used = 0;
      for (const framework of this.#frameworks[role] ?? []) used += this.view.frameworkUsed(framework, r);
      share = Math.max(share, used / this.#capacity[r]!);
    }
    return share;
  }

  #ownQueued(role: RoleId): number {
    let queued = 0;
    for (const framework of this.#frameworks[role] ?? []) queued += this.#countedQueued[framework]!;
    return queued;
  }

  #isWithin(role: RoleId, top: RoleId): boolean {
    for (let above = role; above !== NONE; above = this.view.roleParent(above)) if (above === top) return true;
    return false;
  }

  /** Makes a row for a framework, and rows with weights for its role and all roles above. */
  #meetFramework(framework: FrameworkId): void {
    if (framework >= this.#running.length) this.#growFrameworks(framework + 1);
    const role = this.view.roleOf(framework);
    for (let above = role; above !== NONE; above = this.view.roleParent(above)) {
      if (above >= this.#met.length) this.#growRoles(above + 1);
      if (above !== role) this.#inner[above] = 1;
      if (this.#met[above] === 1) continue;
      this.#met[above] = 1;
      let weight = 1;
      for (let r = above; r !== NONE; r = this.view.roleParent(r)) weight *= this.view.roleWeight(r);
      this.#weight[above] = weight;
    }
    this.#frameworks[role] ??= [];
    this.#frameworks[role].push(framework);
  }

  #growFrameworks(length: number): void {
    this.#running = grown(this.#running, length);
    this.#countedRunning = grown(this.#countedRunning, this.#running.length);
    this.#countedQueued = grown(this.#countedQueued, this.#running.length);
  }

  #growRoles(length: number): void {
    this.#met = grown(this.#met, length);
    const rows = this.#met.length;
    this.#inner = grown(this.#inner, rows);
    this.#roleRunning = grown(this.#roleRunning, rows);
    this.#roleQueued = grown(this.#roleQueued, rows);
    this.#roleShare = grown(this.#roleShare, rows);
    this.#userShare = grown(this.#userShare, rows);
    this.#weight = grown(this.#weight, rows);
  }
}
