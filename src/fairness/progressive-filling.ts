import { dominantShare } from './dominant-share.ts';
import { Filling } from './filling.ts';

/** Who takes part in a division: its tasks are divisible and all alike. */
export interface User {
  /** Amounts one task demands, one a resource. */
  readonly demand: readonly number[];
  /** Above zero; 1 where left out. */
  readonly weight?: number;
  /** The most tasks it can use; no bound where left out. */
  readonly tasks?: number;
}

/** What each user gets, in the order of the users. */
export interface Division {
  readonly tasks: readonly number[];
  /** The shares that were made equal. */
  readonly shares: readonly number[];
}

/**
 * Divides pooled capacity so that the dominant shares, each over its weight, are as equal as bounds allow: exact
 * fractional DRF.
 *
 * A user that demands nothing gets all it can use; one that demands a resource of zero capacity gets nothing.
 *
 * @throws RangeError if a number is out of range or a demand has another length than the capacity.
 * @see Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4.1 and (weights) 4.3
 */
export function progressiveFilling(capacity: readonly number[], users: readonly User[]): Division {
  return divide(capacity, users, (demand) => dominantShare(demand, capacity));
}

/** Divides as {@link progressiveFilling} does, with another reading of how large a share one task is. */
export function divide(
  capacity: readonly number[],
  users: readonly User[],
  shareOfTask: (demand: readonly number[]) => number,
): Division {
  checkUsers(capacity, users);
  const filling = new Filling(capacity.length);
  filling.capacity.set(capacity);
  filling.reserve(users.length);
  users.forEach((user, u) => {
    filling.demand.set(user.demand, u * capacity.length);
    filling.unit[u] = shareOfTask(user.demand);
    filling.weight[u] = user.weight ?? 1;
    filling.bound[u] = user.tasks ?? Number.POSITIVE_INFINITY;
  });
  filling.run(users.length);
  const tasks = Array.from(filling.tasks.subarray(0, users.length));
  const shares = tasks.map((count, u) => (filling.unit[u] === 0 ? 0 : count * filling.unit[u]!));
  return { tasks, shares };
}

/** Throws a RangeError that names the first number that is out of range. */
export function checkUsers(capacity: readonly number[], users: readonly User[]): void {
  for (const amount of capacity) amountOrThrow('capacity', amount);
  users.forEach(({ demand, weight = 1, tasks = Number.POSITIVE_INFINITY }, u) => {
    if (demand.length !== capacity.length) {
      throw new RangeError(`user ${u} demands ${demand.length} resources, the capacity has ${capacity.length}`);
    }
    for (const amount of demand) amountOrThrow(`user ${u}: demand`, amount);
    weightOrThrow(u, weight);
    if (!(tasks >= 0)) throw new RangeError(`user ${u}: tasks is ${tasks}, expected zero or more`);
  });
}

/** Throws a RangeError unless the weight of user `u` is finite and above zero. */
export function weightOrThrow(u: number, weight: number): void {
  if (weight > 0 && weight < Number.POSITIVE_INFINITY) return;
  throw new RangeError(`user ${u}: weight is ${weight}, expected a number above zero`);
}

/** Throws a RangeError unless the amount is finite and not below zero. */
export function amountOrThrow(what: string, amount: number): void {
  if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${what} is ${amount}, expected a finite number of zero or more`);
  }
}
