import { grown } from '../base/grow.ts';
import { type FrameworkId, NONE, type RoleId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import { FactKind, type FactLog, FactMark } from '../simulation/fact-log.ts';
import type { ObservedRun } from '../simulation/observer.ts';
import { Changes } from './changes.ts';
import type { IntervalLog } from './interval-log.ts';
import { MomentTree } from './moment-tree.ts';

/**
 * Writes down what stands in each interval between two instants: what is held and queued, dominant shares.
 *
 * It keeps its books from the facts alone; of the view it reads what stands still. Facts mark whom they touch. `settle`, called when the clock moves, writes the marked rows to the log once; so several facts of one
 * instant cost one row, and what came and went within an instant never shows. Until the next `settle` all readers
 * describe the interval that has just ended.
 *
 * A user is a role that has frameworks of its own; its own part is what those frameworks hold, without roles below it.
 */
export class Ledger {
  /** True if anything has changed at the beginning of the interval. */
  changed = false;
  readonly #log: IntervalLog;
  #view: ClusterView | undefined;
  #waitingJobs = 0;
  #submitted = false;
  readonly #resources: number;
  /** Frameworks that facts have touched since the last `settle`. */
  readonly #marked = new Changes();
  readonly #markedRoles = new Changes();
  #queuedTasks = 0;
  /** Whole steps, of all tasks that run. */
  readonly #used: Float64Array;
  /** Whole steps, of the whole cluster. */
  readonly capacity: Float64Array;
  /** Dominant share over weight of each user that has queued tasks of its own. */
  readonly #backlogged = new MomentTree();

  /** Frameworks below this number have rows. */
  #seen = 0;
  /** The role of each framework seen, and what stands above each role that has been met. */
  #roleOf = new Int32Array(0);
  #parent = new Int32Array(0);
  // By framework: running and queued tasks now, what it holds, and what the sums of its role contain.
  #running = new Int32Array(0);
  #queued = new Int32Array(0);
  /** Whole steps, stride resources. */
  #frameworkUsed = new Float64Array(0);
  #countedRunning = new Int32Array(0);
  #countedQueued = new Int32Array(0);

  // By role, with all below it.
  /** Whole steps, stride resources. */
  #roleUsed = new Float64Array(0);
  #roleRunning = new Int32Array(0);
  #roleQueued = new Int32Array(0);
  /** Dominant share of the role's own frameworks. */
  #userShare = new Float64Array(0);
  #weight = new Float64Array(0);
  /** 1 for a role that has been met. */
  #met = new Uint8Array(0);
  /** 1 for a role that has roles below it. */
  #inner = new Uint8Array(0);
  /** The frameworks of each role that has any. */
  readonly #frameworks: FrameworkId[][] = [];

  constructor(log: IntervalLog) {
    this.#log = log;
    this.#resources = log.resources;
    this.capacity = new Float64Array(log.resources);
    this.#used = new Float64Array(log.resources);
  }

  get view(): ClusterView {
    return this.#view!;
  }

  onStart(run: ObservedRun): void {
    this.#view = run.view;
    for (let r = 0; r < this.#resources; r++) this.capacity[r] = run.view.totalCapacity(r);
  }

  /** Notes a fact; the clock stands at its time. */
  note(facts: FactLog, row: number): void {
    const framework = facts.framework[row]!;
    switch (facts.kind[row]!) {
      case FactKind.submitted:
        this.#mark(framework);
        this.#queue(framework, facts.position[row]!);
        this.#waitingJobs++;
        this.#submitted = true;
        break;
      case FactKind.ready:
        this.#mark(framework);
        this.#queue(framework, facts.position[row]!);
        break;
      case FactKind.started: {
        this.#mark(framework);
        const marks = facts.marks[row]!;
        this.#waitingJobs -= marks & FactMark.firstOfJob;
        this.#queue(framework, -1);
        this.#running[framework] = this.#running[framework]! + 1;
        if ((marks & FactMark.fluid) === 0) this.#use(framework, facts, row, 1);
        break;
      }
      case FactKind.preempted:
      case FactKind.lost:
        this.#mark(framework);
        this.#queue(framework, 1);
        this.#running[framework] = this.#running[framework]! - 1;
        this.#use(framework, facts, row, -1);
        break;
      case FactKind.ended:
        this.#mark(framework);
        this.#running[framework] = this.#running[framework]! - 1;
        if ((facts.marks[row]! & FactMark.fluid) === 0) this.#use(framework, facts, row, -1);
        break;
      case FactKind.withdrawn:
        this.#mark(framework);
        this.#waitingJobs -= facts.marks[row]! & FactMark.firstOfJob;
        this.#queue(framework, -1);
        break;
      case FactKind.capacity:
        for (let r = 0; r < this.#resources; r++) this.capacity[r] = facts.amount[row * this.#resources + r]!;
        for (let each = 0; each < this.#seen; each++) this.#marked.add(each);
        break;
      case FactKind.held:
        this.#mark(framework);
        this.#use(framework, facts, row, 1);
        break;
      default:
    }
  }

  /** Writes down the interval from `before` to `now`, in which everything stood as the view shows it. */
  settle(before: Time, now: Time): void {
    const log = this.#log;
    const row = log.open(before, now);
    this.#writeTotals(row);
    log.submitted[row] = this.#submitted ? 1 : 0;
    log.waitingJobs[row] = this.#waitingJobs;
    log.queuedTasks[row] = this.#queuedTasks;
    this.#submitted = false;
    this.changed = this.#marked.count > 0;
    for (let i = 0; i < this.#marked.count; i++) this.#settleFramework(this.#marked.rows[i]!);
    for (let i = 0; i < this.#markedRoles.count; i++) this.#settleRole(this.#markedRoles.rows[i]!);
    this.#marked.clear();
    this.#markedRoles.clear();
    log.frameworkEnd[row] = log.frameworks.count;
    log.roleEnd[row] = log.roles.count;
    const shares = this.#backlogged;
    log.backlogged[row] = shares.count;
    log.shareSum[row] = shares.sum;
    log.shareSquares[row] = shares.squares;
    log.shareLeast[row] = shares.least;
    log.shareGreatest[row] = shares.greatest;
  }

  /** Writes down the last instant, and passes on all that has not been read. */
  finish(time: Time): void {
    this.settle(time, time);
    this.#log.pass();
  }

  /** True if the role has frameworks of its own that have been seen. */
  isUser(role: RoleId): boolean {
    return this.#frameworks[role] !== undefined;
  }

  /** The role that a framework seen before belongs to. */
  userOf(framework: FrameworkId): RoleId {
    return this.#roleOf[framework]!;
  }

  /** Dominant share of the user's own part. */
  userShare(user: RoleId): number {
    return this.#userShare[user] ?? 0;
  }

  /** Product of the weights from the top to the role; of a role seen before. */
  weight(role: RoleId): number {
    return this.#weight[role]!;
  }

  /** The frameworks seen so far of the role and all below it. */
  frameworksWithin(role: RoleId): readonly FrameworkId[] {
    if (this.#inner[role] !== 1) return this.#frameworks[role] ?? [];
    return this.#frameworks.flatMap((own, user) => (this.#isWithin(user, role) ? own : []));
  }

  #queue(framework: FrameworkId, tasks: number): void {
    this.#queuedTasks += tasks;
    this.#queued[framework] = this.#queued[framework]! + tasks;
  }

  /** Adds the amounts of a fact to what the framework and the roles above it hold, or takes them off. */
  #use(framework: FrameworkId, facts: FactLog, row: number, sign: 1 | -1): void {
    const resources = this.#resources;
    for (let r = 0; r < resources; r++) {
      const amount = sign * facts.amount[row * resources + r]!;
      if (amount === 0) continue;
      this.#used[r] = this.#used[r]! + amount;
      const at = framework * resources + r;
      this.#frameworkUsed[at] = this.#frameworkUsed[at]! + amount;
      for (let role = this.#roleOf[framework]!; role !== NONE; role = this.#parent[role]!) {
        this.#roleUsed[role * resources + r] = this.#roleUsed[role * resources + r]! + amount;
      }
    }
  }

  #mark(framework: FrameworkId): void {
    while (framework >= this.#seen) this.#meetFramework(this.#seen++);
    this.#marked.add(framework);
  }

  #writeTotals(row: number): void {
    const log = this.#log;
    const resources = this.#resources;
    for (let r = 0; r < resources; r++) {
      log.capacity[row * resources + r] = this.capacity[r]!;
      log.used[row * resources + r] = this.#used[r]!;
    }
  }

  #settleFramework(framework: FrameworkId): void {
    const queued = this.#queued[framework]!;
    const running = this.#running[framework]!;
    const moreQueued = queued - this.#countedQueued[framework]!;
    const moreRunning = running - this.#countedRunning[framework]!;
    this.#countedQueued[framework] = queued;
    this.#countedRunning[framework] = running;
    for (let role = this.#roleOf[framework]!; role !== NONE; role = this.#parent[role]!) {
      this.#roleQueued[role] = this.#roleQueued[role]! + moreQueued;
      this.#roleRunning[role] = this.#roleRunning[role]! + moreRunning;
      this.#markedRoles.add(role);
    }
    const standings = this.#log.frameworks;
    const row = standings.open(framework, queued > 0 && running === 0);
    let dominant = 0;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.capacity[r]!;
      const share = capacity > 0 ? this.#frameworkUsed[framework * this.#resources + r]! / capacity : 0;
      standings.share[row * this.#resources + r] = share;
      if (share > dominant) dominant = share;
    }
    standings.dominantShare[row] = dominant;
  }

  #settleRole(role: RoleId): void {
    const queued = this.#roleQueued[role]!;
    let dominant = 0;
    for (let r = 0; r < this.#resources; r++) {
      const capacity = this.capacity[r]!;
      if (capacity > 0) dominant = Math.max(dominant, this.#roleUsed[role * this.#resources + r]! / capacity);
    }
    const standings = this.#log.roles;
    const row = standings.open(role, queued > 0 && this.#roleRunning[role] === 0);
    standings.dominantShare[row] = dominant;
    // Where no role is below, all is the role's own.
    if (this.#inner[role] === 1) this.#settleUser(role, this.#ownQueued(role), this.#ownShare(role));
    else this.#settleUser(role, queued, dominant);
  }

  #settleUser(user: RoleId, queued: number, share: number): void {
    this.#userShare[user] = share;
    if (queued > 0) this.#backlogged.put(user, share / this.#weight[user]!);
    else this.#backlogged.remove(user);
  }

  #ownShare(role: RoleId): number {
    let share = 0;
    for (let r = 0; r < this.#resources; r++) {
      if (!(this.capacity[r]! > 0)) continue;
      let used = 0;
      for (const framework of this.#frameworks[role] ?? []) {
        used += this.#frameworkUsed[framework * this.#resources + r]!;
      }
      share = Math.max(share, used / this.capacity[r]!);
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
    this.#roleOf[framework] = role;
    for (let above = role; above !== NONE; above = this.view.roleParent(above)) {
      if (above >= this.#met.length) this.#growRoles(above + 1);
      this.#parent[above] = this.view.roleParent(above);
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
    const rows = this.#running.length;
    this.#countedQueued = grown(this.#countedQueued, rows);
    this.#queued = grown(this.#queued, rows);
    this.#roleOf = grown(this.#roleOf, rows);
    this.#frameworkUsed = grown(this.#frameworkUsed, rows * this.#resources);
  }

  #growRoles(length: number): void {
    this.#met = grown(this.#met, length);
    const rows = this.#met.length;
    this.#inner = grown(this.#inner, rows);
    this.#parent = grown(this.#parent, rows);
    this.#roleUsed = grown(this.#roleUsed, rows * this.#resources);
    this.#roleRunning = grown(this.#roleRunning, rows);
    this.#roleQueued = grown(this.#roleQueued, rows);
    this.#userShare = grown(this.#userShare, rows);
    this.#weight = grown(this.#weight, rows);
  }
}
