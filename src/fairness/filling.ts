import { grown } from '../base/grow.ts';

/**
 * Raises the shares of all users together until a bound or a full resource stops them; who needs no full resource
 * goes on rising.
 *
 * Row u of the columns is one user; `demand` has a stride of one column a resource. What "share" means is the caller's:
 * `unit[u]` is the share that one task of u counts for. At level L a user that still rises holds `weight * L / unit`
 * tasks. Columns are kept from one filling to the next, so that a metric can fill a million times without allocating.
 *
 * Users are taken in order of the level at which their bound is met. Loads are then sums of positive terms, never
 * differences, so nothing is lost to cancellation, and a filling takes O(n log n + n R^2).
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

  /** Level at which the bound is met. */
  #stop = new Float64Array(0);
  /** Rows in order of `#stop`. */
  #order = new Int32Array(0);
  #done = new Uint8Array(0);
  /** Load a unit of level adds, of the users from position k on; stride `resources`. */
  #rate = new Float64Array(0);
  /** Load of those who no longer rise. */
  readonly #fixed: Float64Array;
  /** 1 for a resource that stops users in this round. */
  readonly #full: Uint8Array;

  constructor(resources: number) {
    this.resources = resources;
    this.capacity = new Float64Array(resources);
    this.#fixed = new Float64Array(resources);
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
    this.#stop = grown(this.#stop, length);
    this.#order = grown(this.#order, length);
    this.#done = grown(this.#done, length);
    this.#rate = grown(this.#rate, (length + 1) * this.resources);
  }

  /** Fills `tasks` for the first `users` rows. */
  run(users: number): void {
    const rising = this.#queue(users);
    this.#fixed.fill(0);
    let next = 0;
    let level = 0;
    while (next < rising) {
      this.#sumRates(next, rising);
      let full = Number.POSITIVE_INFINITY;
      for (; next < rising; next++) {
        const user = this.#order[next]!;
        if (this.#done[user] === 1) continue;
        full = this.#nextFull(next);
        if (full < this.#stop[user]!) break;
        this.#settle(user, this.bound[user]!);
      }
      if (next === rising) return;
      level = Math.max(level, full);
      this.#stopAtFull(next, rising, full, level);
    }
  }

  /** Orders the rows that can rise at all and gives their number; the others have their answer at once. */
  #queue(users: number): number {
    let rising = 0;
    for (let u = 0; u < users; u++) {
      const impossible = this.#lacks(u);
      // A user that demands nothing has all it can use; one that demands what there is none of has nothing.
      this.tasks[u] = impossible ? 0 : this.bound[u]!;
      if (impossible || this.unit[u] === 0) continue;
      this.#done[u] = 0;
      this.#stop[u] = (this.bound[u]! * this.unit[u]!) / this.weight[u]!;
      this.#order[rising++] = u;
    }
    sortRows(this.#order, this.#stop, rising);
    return rising;
  }

  /** Says whether the user demands a resource of zero capacity. */
  #lacks(user: number): boolean {
    const at = user * this.resources;
    for (let r = 0; r < this.resources; r++) if (this.demand[at + r]! > 0 && !(this.capacity[r]! > 0)) return true;
    return false;
  }

  #sumRates(from: number, to: number): void {
    const { resources } = this;
    const rate = this.#rate;
    for (let r = 0; r < resources; r++) rate[to * resources + r] = 0;
    for (let k = to - 1; k >= from; k--) {
      const user = this.#order[k]!;
      const pace = this.#done[user] === 1 ? 0 : this.weight[user]! / this.unit[user]!;
      for (let r = 0; r < resources; r++) {
        rate[k * resources + r] = rate[(k + 1) * resources + r]! + pace * this.demand[user * resources + r]!;
      }
    }
  }

  /** The level at which the next resource is full if the users from position k on rise. */
  #nextFull(k: number): number {
    let level = Number.POSITIVE_INFINITY;
    for (let r = 0; r < this.resources; r++) {
      const rate = this.#rate[k * this.resources + r]!;
      if (rate > 0) level = Math.min(level, (this.capacity[r]! - this.#fixed[r]!) / rate);
    }
    return level;
  }

  /** Stops all users from position k on that need a resource that is full at level `full`. */
  #stopAtFull(k: number, to: number, full: number, level: number): void {
    // Which resources are full must be known before the first user settles and moves the fixed loads.
    for (let r = 0; r < this.resources; r++) {
      const rate = this.#rate[k * this.resources + r]!;
      this.#full[r] = rate > 0 && (this.capacity[r]! - this.#fixed[r]!) / rate <= full ? 1 : 0;
    }
    for (let j = k; j < to; j++) {
      const user = this.#order[j]!;
      if (this.#done[user] === 1 || !this.#needsFull(user)) continue;
      this.#settle(user, (this.weight[user]! * level) / this.unit[user]!);
    }
  }

  #needsFull(user: number): boolean {
    const at = user * this.resources;
    for (let r = 0; r < this.resources; r++) if (this.#full[r] === 1 && this.demand[at + r]! > 0) return true;
    return false;
  }

  #settle(user: number, tasks: number): void {
    this.#done[user] = 1;
    this.tasks[user] = tasks;
    for (let r = 0; r < this.resources; r++) {
      this.#fixed[r] = this.#fixed[r]! + tasks * this.demand[user * this.resources + r]!;
    }
  }
}

/** Sorts the first `count` rows of `order` by `key`, in place (heap sort). */
function sortRows(order: Int32Array, key: Float64Array, count: number): void {
  for (let i = (count >> 1) - 1; i >= 0; i--) sink(order, key, i, count);
  for (let end = count - 1; end > 0; end--) {
    const largest = order[0]!;
    order[0] = order[end]!;
    order[end] = largest;
    sink(order, key, 0, end);
  }
}

function sink(order: Int32Array, key: Float64Array, from: number, count: number): void {
  const row = order[from]!;
  let at = from;
  for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && key[order[child + 1]!]! > key[order[child]!]!) child++;
    if (!(key[order[child]!]! > key[row]!)) break;
    order[at] = order[child]!;
    at = child;
  }
  order[at] = row;
}
