import type { ResourceCatalog } from '../base/amounts.ts';
import { grown } from '../base/grow.ts';
import { type FrameworkId, type JobId, NONE, type RoleId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';
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

  // By framework: running tasks now, and what the sums of its role contain.
  #running = new Int32Array(0);
  #countedRunning = new Int32Array(0);
  #countedQueued = new Int32Array(0);
  #countedUsed = new Float64Array(0);

  // By role: the role with all below it, then its own frameworks alone.
  #roleRunning = new Int32Array(0);
  #roleQueued = new Int32Array(0);
  #roleShare = new Float64Array(0);
  #ownQueued = new Int32Array(0);
  #ownUsed = new Float64Array(0);
  #ownShare = new Float64Array(0);
  #weight = new Float64Array(0);
  #user = new Uint8Array(0);

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
    return this.#user[role] === 1;
  }

  /** Dominant share of the user's own part. */
  userShare(role: RoleId): number {
    return this.#ownShare[role] ?? 0;
  }

  /** Product of the weights from the top to the role; of a role seen before. */
  weight(role: RoleId): number {
    return this.#weight[role]!;
  }

  #mark(framework: FrameworkId): void {
    if (framework >= this.#running.length) this.#growFrameworks(framework + 1);
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
    const role = view.roleOf(framework);
    this.#meet(role);
    const queued = view.frameworkQueuedTasks(framework);
    const moreQueued = queued - this.#countedQueued[framework]!;
    const moreRunning = this.#running[framework]! - this.#countedRunning[framework]!;
    this.#countedQueued[framework] = queued;
    this.#countedRunning[framework] = this.#running[framework]!;
    this.#ownQueued[role] = this.#ownQueued[role]! + moreQueued;
    for (let r = 0; r < this.#resources; r++) {
      const used = view.frameworkUsed(framework, r);
      const at = framework * this.#resources + r;
      const own = role * this.#resources + r;
      this.#ownUsed[own] = this.#ownUsed[own]! + used - this.#countedUsed[at]!;
      this.#countedUsed[at] = used;
    }
    for (let above = role; above !== NONE; above = view.roleParent(above)) {
      this.#roleQueued[above] = this.#roleQueued[above]! + moreQueued;
      this.#roleRunning[above] = this.#roleRunning[above]! + moreRunning;
      this.changedRoles.add(above);
    }
  }

  #settleRole(role: RoleId): void {
    const { view } = this;
    let share = 0;
    let own = 0;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.#capacity[r]!;
      if (!(capacity > 0)) continue;
      share = Math.max(share, view.roleUsed(role, r) / capacity);
      own = Math.max(own, this.#ownUsed[role * this.#resources + r]! / capacity);
    }
    this.#roleShare[role] = share;
    this.#ownShare[role] = own;
    if (this.#ownQueued[role]! > 0) this.backlogged.put(role, own / this.#weight[role]!);
    else this.backlogged.remove(role);
  }

  /** Makes rows for a user and all roles above it, and takes down their weights. */
  #meet(role: RoleId): void {
    if (this.#user[role] === 1) return;
    for (let above = role; above !== NONE; above = this.view.roleParent(above)) {
      if (above >= this.#user.length) this.#growRoles(above + 1);
      let weight = 1;
      for (let r = above; r !== NONE; r = this.view.roleParent(r)) weight *= this.view.roleWeight(r);
      this.#weight[above] = weight;
    }
    this.#user[role] = 1;
  }

  #growFrameworks(length: number): void {
    this.#running = grown(this.#running, length);
    this.#countedRunning = grown(this.#countedRunning, this.#running.length);
    this.#countedQueued = grown(this.#countedQueued, this.#running.length);
    this.#countedUsed = grown(this.#countedUsed, this.#running.length * this.#resources);
  }

  #growRoles(length: number): void {
    this.#user = grown(this.#user, length);
    const rows = this.#user.length;
    this.#roleRunning = grown(this.#roleRunning, rows);
    this.#roleQueued = grown(this.#roleQueued, rows);
    this.#roleShare = grown(this.#roleShare, rows);
    this.#ownQueued = grown(this.#ownQueued, rows);
    this.#ownUsed = grown(this.#ownUsed, rows * this.#resources);
    this.#ownShare = grown(this.#ownShare, rows);
    this.#weight = grown(this.#weight, rows);
  }
}

/** Rows that have changed, each once, in order of first change. */
class Changes {
  count = 0;
  /** The first `count` entries. */
  rows = new Int32Array(0);
  #in = new Uint8Array(0);

  add(row: number): void {
    if (row >= this.#in.length) this.#in = grown(this.#in, row + 1);
    if (this.#in[row] === 1) return;
    this.#in[row] = 1;
    if (this.count === this.rows.length) this.rows = grown(this.rows, this.count + 1);
    this.rows[this.count++] = row;
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.#in[this.rows[i]!] = 0;
    this.count = 0;
  }
}
