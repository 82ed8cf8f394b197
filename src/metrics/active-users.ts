import { grown } from '../base/grow.ts';
import type { RoleId } from '../base/ids.ts';
import { Filling } from '../fairness/filling.ts';
import { Changes } from './changes.ts';

/**
 * The users that have running or queued tasks, as the rows of a filling, kept from one division to the next.
 *
 * All that a user has running and queued is one task of the filling, of which it can use one. Rows are in no particular
 * order.
 */
export class ActiveUsers {
  /** Rows in use. */
  count = 0;
  /** The user of each row. */
  users = new Int32Array(0);
  /** Users seen so far have numbers below this. */
  seen = 0;
  /** Users that have become idle since the caller last cleared the list; some may be active again. */
  readonly idle: Changes = new Changes();
  readonly #resources: number;
  readonly #filling: Filling;
  /** Tasks of each user. */
  #tasks = new Int32Array(0);
  /** Row of each user that is active. */
  #row = new Int32Array(0);

  constructor(resources: number) {
    this.#resources = resources;
    this.#filling = new Filling(resources);
  }

  isActive(user: RoleId): boolean {
    return this.#tasks[user]! > 0;
  }

  /** Adds tasks of the user, which demand so much together: whole steps, from entry `at` on. */
  add(user: RoleId, weight: number, tasks: number, amounts: Float64Array, at: number): void {
    if (user >= this.seen) this.#grow(user + 1);
    const before = this.#tasks[user]!;
    this.#tasks[user] = before + tasks;
    if (before === 0) this.#open(user, weight);
    this.#change(this.#row[user]!, amounts, at, 1);
  }

  /** Takes a task of the user away. */
  remove(user: RoleId, amounts: Float64Array, at: number): void {
    this.#change(this.#row[user]!, amounts, at, -1);
    const left = this.#tasks[user]! - 1;
    this.#tasks[user] = left;
    if (left > 0) return;
    this.#close(this.#row[user]!);
    this.idle.add(user);
  }

  /** Divides a capacity, whole steps, among the active users; {@link exactShare} then gives what came of it. */
  divide(total: ArrayLike<number>): void {
    const { capacity, demand, unit } = this.#filling;
    const resources = this.#resources;
    for (let r = 0; r < resources; r++) capacity[r] = total[r]!;
    for (let row = 0; row < this.count; row++) {
      let share = 0;
      for (let r = 0; r < resources; r++) {
        if (capacity[r]! > 0) share = Math.max(share, demand[row * resources + r]! / capacity[r]!);
      }
      unit[row] = share;
    }
    this.#filling.run(this.count);
  }

  /** Dominant share that exact DRF gives to the user of a row. */
  exactShare(row: number): number {
    return this.#filling.tasks[row]! * this.#filling.unit[row]!;
  }

  #open(user: RoleId, weight: number): void {
    const row = this.count++;
    this.#filling.reserve(this.count);
    const { demand } = this.#filling;
    for (let r = 0; r < this.#resources; r++) demand[row * this.#resources + r] = 0;
    this.#filling.weight[row] = weight;
    this.#filling.bound[row] = 1;
    this.users[row] = user;
    this.#row[user] = row;
  }

  /** Puts the last row in the place of one that is no longer needed. */
  #close(row: number): void {
    const last = --this.count;
    const { demand, weight } = this.#filling;
    for (let r = 0; r < this.#resources; r++) demand[row * this.#resources + r] = demand[last * this.#resources + r]!;
    weight[row] = weight[last]!;
    this.users[row] = this.users[last]!;
    this.#row[this.users[row]!] = row;
  }

  #change(row: number, amounts: Float64Array, from: number, sign: 1 | -1): void {
    const { demand } = this.#filling;
    for (let r = 0; r < this.#resources; r++) {
      const at = row * this.#resources + r;
      demand[at] = demand[at]! + sign * amounts[from + r]!;
    }
  }

  #grow(users: number): void {
    this.seen = users;
    this.users = grown(this.users, users);
    this.#tasks = grown(this.#tasks, users);
    this.#row = grown(this.#row, users);
  }
}
