import { AllocatorError } from '../base/errors.ts';
import { grown } from '../base/grow.ts';
import type { NodeId, TaskId } from '../base/ids.ts';
import { NEVER, type Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';

/**
 * Work that would be done in no more than this counts as none, in microseconds: what rounding of shares such as one
 * third leaves over. Ends then round up to the next microsecond.
 */
const NO_TIME = 1 / 1_024;

/** Sums of shares such as one third are not exact: so much over what there is, relative to it, counts as none. */
const SLACK = 1e-9;

/** What the simulation does for fluid tasks. */
export interface FluidClerk {
  /** The task runs at another share from now on. */
  rated(task: TaskId, share: number): void;
  /** The task holds so much more of a resource. */
  held(task: TaskId, resource: number, more: number): void;
  /** A fluid task of which no work is left ends. */
  end(task: TaskId): void;
  /** Asks for a call of {@link FluidTasks.finish} at that time, instead of any asked for before; never for infinity. */
  wakeAt(time: Time): void;
}

/**
 * The tasks that run at a share of their full speed, and hold that share of their demand.
 *
 * New shares take effect together at the end of a pass. What tasks hold is in whole steps: the running sum over the
 * tasks of a node, in order of start, is rounded, so that all of them together hold the nearest step of what is theirs.
 * A change costs a walk over all fluid tasks.
 */
export class FluidTasks {
  readonly #allocator: string;
  readonly #cluster: Cluster;
  readonly #clerk: FluidClerk;
  readonly #stride: number;
  #count = 0;
  /** In order of start: task, work left (microseconds), share in force, share that was asked for. */
  #task = new Int32Array(0);
  #left = new Float64Array(0);
  #share = new Float64Array(0);
  #wanted = new Float64Array(0);
  /** Steps held, stride resources. */
  #held = new Float64Array(0);
  /** By task row: its place above. */
  #place = new Int32Array(0);
  #since: Time = 0;
  #changed = false;

  constructor(allocator: string, cluster: Cluster, clerk: FluidClerk) {
    this.#allocator = allocator;
    this.#cluster = cluster;
    this.#clerk = clerk;
    this.#stride = cluster.resources.length;
  }

  /** Takes a task in that has just been started. */
  add(task: TaskId, work: Time, share: number): void {
    this.#progress();
    const place = this.#count++;
    this.#makeRoom(task);
    this.#task[place] = task;
    this.#left[place] = work;
    this.#share[place] = Number.NaN;
    this.#wanted[place] = share;
    this.#held.fill(0, place * this.#stride, (place + 1) * this.#stride);
    this.#place[task] = place;
    this.#changed = true;
  }

  setShare(task: TaskId, share: number): void {
    const place = this.#place[task]!;
    if (this.#wanted[place] === share) return;
    this.#wanted[place] = share;
    this.#changed = true;
  }

  /** Puts new shares into force; after each pass. */
  settle(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.#progress();
    for (let place = 0; place < this.#count; place++) {
      if (this.#share[place] === this.#wanted[place]) continue;
      this.#share[place] = this.#wanted[place]!;
      this.#clerk.rated(this.#task[place]!, this.#share[place]!);
    }
    this.#hold();
    this.#clerk.wakeAt(this.#nextEnd());
  }

  /** Ends every task of which no work is left. */
  finish(): void {
    this.#progress();
    let kept = 0;
    const ended: TaskId[] = [];
    for (let place = 0; place < this.#count; place++) {
      const task = this.#task[place]!;
      if (!this.#isDone(place)) {
        this.#move(place, kept++);
        continue;
      }
      for (let r = 0; r < this.#stride; r++) this.#adjust(task, r, -this.#held[place * this.#stride + r]!);
      ended.push(task);
    }
    this.#count = kept;
    this.#changed = true;
    for (const task of ended) this.#clerk.end(task);
  }

  /** Work left of each task up to now. */
  #progress(): void {
    const { now } = this.#cluster;
    const elapsed = now - this.#since;
    this.#since = now;
    if (elapsed <= 0) return;
    for (let place = 0; place < this.#count; place++) {
      this.#left[place] = this.#left[place]! - this.#share[place]! * elapsed;
    }
  }

  /** Gives each task the steps that are its own; first what shrinks, so that no node ever holds more than it has. */
  #hold(): void {
    const wanted = new Float64Array(this.#count * this.#stride);
    const sums = new Map<NodeId, Float64Array>();
    const held = new Map<NodeId, Float64Array>();
    for (let place = 0; place < this.#count; place++) {
      const task = this.#task[place]!;
      const node = this.#cluster.nodeOf(task);
      const sum = sums.get(node) ?? new Float64Array(this.#stride);
      sums.set(node, sum);
      const now = held.get(node) ?? new Float64Array(this.#stride);
      held.set(node, now);
      for (let r = 0; r < this.#stride; r++) {
        const before = Math.round(sum[r]!);
        sum[r] = sum[r]! + this.#cluster.demand(task, r) * this.#share[place]!;
        wanted[place * this.#stride + r] = Math.round(sum[r]!) - before;
        now[r] = now[r]! + this.#held[place * this.#stride + r]!;
      }
    }
    for (const [node, sum] of sums) this.#refuseOverload(node, sum, held.get(node)!);
    for (const isGrowing of [false, true]) {
      for (let row = 0; row < wanted.length; row++) {
        const change = wanted[row]! - this.#held[row]!;
        if (change === 0 || change > 0 !== isGrowing) continue;
        this.#adjust(this.#task[Math.floor(row / this.#stride)]!, row % this.#stride, change);
        this.#held[row] = wanted[row]!;
      }
    }
  }

  /** What fluid tasks may hold of a node is what is free and what they hold: whole tasks keep what they have. */
  #adjust(task: TaskId, resource: number, more: number): void {
    if (more === 0) return;
    this.#cluster.adjust(task, resource, more);
    this.#clerk.held(task, resource, more);
  }

  #refuseOverload(node: NodeId, sum: Float64Array, held: Float64Array): void {
    for (let r = 0; r < this.#stride; r++) {
      const room = this.#cluster.free(node, r) + held[r]!;
      if (Math.round(sum[r]!) <= room && sum[r]! <= room * (1 + SLACK)) continue;
      const { name } = this.#cluster.resources[r]!;
      throw new AllocatorError(
        this.#allocator,
        `the shares of the tasks on node ${this.#cluster.nodes.name(node)} come to ${sum[r]} of ${room} ${name}`,
      );
    }
  }

  #nextEnd(): Time {
    let least = NEVER;
    for (let place = 0; place < this.#count; place++) {
      const share = this.#share[place]!;
      if (this.#isDone(place)) return this.#since;
      // At least one: a task that is not done would otherwise be looked at again and again at this instant.
      const lasts = share > 0 ? Math.max(1, Math.ceil(this.#left[place]! / share - NO_TIME)) : NEVER;
      if (lasts < least) least = lasts;
    }
    return this.#since + least;
  }

  #isDone(place: number): boolean {
    return this.#left[place]! <= NO_TIME * this.#share[place]!;
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    this.#task[to] = this.#task[from]!;
    this.#left[to] = this.#left[from]!;
    this.#share[to] = this.#share[from]!;
    this.#wanted[to] = this.#wanted[from]!;
    this.#held.copyWithin(to * this.#stride, from * this.#stride, (from + 1) * this.#stride);
    this.#place[this.#task[to]!] = to;
  }

  #makeRoom(task: TaskId): void {
    this.#task = grown(this.#task, this.#count);
    this.#left = grown(this.#left, this.#count);
    this.#share = grown(this.#share, this.#count);
    this.#wanted = grown(this.#wanted, this.#count);
    this.#held = grown(this.#held, this.#count * this.#stride);
    this.#place = grown(this.#place, task + 1);
  }
}
