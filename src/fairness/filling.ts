import { grown } from '../base/grow.ts';

/**
 * Raises the shares of all users together until a bound or a full resource stops them; who needs no full resource
 * goes on rising.
 *
 * Row u of the columns is one user; `demand` has a stride of one column a resource. What "share" means is the caller's:
 * `unit[u]` is the share that one task of u counts for. At level L a user that still rises holds `weight * L / unit`
 * tasks. Columns are kept from one filling to the next, so that a metric can fill a million times without allocating.
 *
 * Each step supposes that all who rise go on for ever and finds the level at which the first resource would be full.
 * Whoever has its bound by then stops there; the others have more room than supposed, so the level is never too high,
 * and once nobody stops it is exact. Rates are summed anew in each step, never by taking off what has stopped, so nothing
 * is lost to cancellation. A filling takes a few steps of O(n R), at most n + R.
 *
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4; Bertsekas and Gallager, Data Networks, 6.5.2
 */
export class Filling {
  readonly resources: number;
  readonly capacity: Float64Array;
  /** Amounts one task demands; stride `resources`. */
  demand = new Float64Array(0);
  /** Share that one task counts for. */
  unit = new Float64Array(0);
  /** Above zero. */
  weight = new Float64Array(0);
  /** Most tasks the user can use; Infinity for no bound. */
  bound = new Float64Array(0);
  /** The answer: tasks, in fractions. */
  tasks = new Float64Array(0);

  /** Tasks that one unit of level is worth. */
  #pace = new Float64Array(0);
  /** The users that rise, in order of row; the first `#count`. */
  #rising = new Int32Array(0);
  #count = 0;
  /** What is left of each resource by those who have stopped. */
  readonly #left: Float64Array;
  /** Load of a unit of level, of those who rise. */
  readonly #rate: Float64Array;
  /** 1 for a resource that is full. */
  readonly #full: Uint8Array;

  constructor(resources: number) {
    this.resources = resources;
    this.capacity = new Float64Array(resources);
    this.#left = new Float64Array(resources);
    this.#rate = new Float64Array(resources);
    this.#full = new Uint8Array(resources);
  }

  /** Makes room for `users` rows; rows already there keep what they hold. */
  reserve(users: number): void {
    if (this.unit.length >= users) return;
    this.unit = grown(this.unit, users);
    const length = this.unit.length;
    this.demand = grown(this.demand, length * this.resources);
    this.weight = grown(this.weight, length);
    this.bound = grown(this.bound, length);
    this.tasks = grown(this.tasks, length);
    this.#pace = grown(this.#pace, length);
    this.#rising = grown(this.#rising, length);
  }

  /** Fills `tasks` for the first `users` rows. */
  run(users: number): void {
    this.#begin(users);
    // Where there is enough for all, each has its bound already.
    if (this.#isEnough()) return;
    let level = 0;
    while (this.#count > 0) {
      // Rounding must not let the level fall.
      level = Math.max(level, this.#nextFull());
      if (!this.#stopAtBounds(level)) this.#stopAtFull(level);
    }
  }

  /** Gathers the users that can rise at all; the others have their answer at once. */
  #begin(users: number): void {
    this.#count = 0;
    this.#left.set(this.capacity);
    for (let u = 0; u < users; u++) {
      const impossible = this.#lacks(u);
      // A user that demands nothing has all it can use; one that demands what there is none of has nothing.
      this.tasks[u] = impossible ? 0 : this.bound[u]!;
      if (impossible || this.unit[u] === 0) continue;
      this.#pace[u] = this.weight[u]! / this.unit[u]!;
      this.#rising[this.#count++] = u;
    }
  }

  /** Says whether the user demands a resource of zero capacity. */
  #lacks(user: number): boolean {
    const at = user * this.resources;
    for (let r = 0; r < this.resources; r++) if (this.demand[at + r]! > 0 && !(this.capacity[r]! > 0)) return true;
    return false;
  }

  /** Says whether all who rise can have their bounds at once. */
  #isEnough(): boolean {
    const { resources, demand, bound } = this;
    const load = this.#rate.fill(0);
    for (let i = 0; i < this.#count; i++) {
      const user = this.#rising[i]!;
      for (let r = 0; r < resources; r++) load[r] = load[r]! + bound[user]! * demand[user * resources + r]!;
    }
    for (let r = 0; r < resources; r++) if (!(load[r]! <= this.capacity[r]!)) return false;
    return true;
  }

  /** Gives the level at which the first resource is full if all who rise go on, and notes which are. */
  #nextFull(): number {
    const { resources, demand } = this;
    const rate = this.#rate.fill(0);
    for (let i = 0; i < this.#count; i++) {
      const user = this.#rising[i]!;
      const pace = this.#pace[user]!;
      for (let r = 0; r < resources; r++) rate[r] = rate[r]! + pace * demand[user * resources + r]!;
    }
    let level = Number.POSITIVE_INFINITY;
    for (let r = 0; r < resources; r++) if (rate[r]! > 0) level = Math.min(level, this.#left[r]! / rate[r]!);
    for (let r = 0; r < resources; r++) this.#full[r] = rate[r]! > 0 && this.#left[r]! / rate[r]! <= level ? 1 : 0;
    return level;
  }

  /** Stops whoever has its bound at the level; says whether anyone has. */
  #stopAtBounds(level: number): boolean {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const user = this.#rising[i]!;
      if (this.bound[user]! <= this.#pace[user]! * level) this.#settle(user, this.bound[user]!);
      else this.#rising[kept++] = user;
    }
    const stopped = kept < this.#count;
    this.#count = kept;
    return stopped;
  }

  /** Stops whoever needs a resource that is full. */
  #stopAtFull(level: number): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const user = this.#rising[i]!;
      if (this.#needsFull(user)) this.#settle(user, (this.weight[user]! * level) / this.unit[user]!);
      else this.#rising[kept++] = user;
    }
    this.#count = kept;
  }

  #needsFull(user: number): boolean {
    const at = user * this.resources;
    for (let r = 0; r < this.resources; r++) if (this.#full[r] === 1 && this.demand[at + r]! > 0) return true;
    return false;
  }

  #settle(user: number, tasks: number): void {
    this.tasks[user] = tasks;
    for (let r = 0; r < this.resources; r++) {
      this.#left[r] = this.#left[r]! - tasks * this.demand[user * this.resources + r]!;
    }
  }
}
