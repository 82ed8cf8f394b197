import type { User } from '../../fairness/progressive-filling.ts';
import { CaseError, type Fields } from '../fields.ts';
import { type Fraction, parseFraction, toNumber } from '../fraction.ts';

/** Who takes part in an example of the paper. */
interface PooledUser {
  readonly name: string;
  readonly demand: readonly Fraction[];
  readonly weight: Fraction;
  /** No bound where null. */
  readonly maxTasks: Fraction | null;
}

/** One pool of resources and those who share it. */
export interface PooledWorld {
  readonly resources: readonly string[];
  readonly capacity: readonly Fraction[];
  readonly users: readonly PooledUser[];
}

const ZERO = parseFraction(0)!;
const ONE = parseFraction(1)!;

/** Reads `capacity` (or what stands under another key), `users` and `weights`. */
export function readWorld(one: Fields, key = 'capacity'): PooledWorld {
  const { resources, capacity } = readCapacity(one.fields(key));
  const weights = one.has('weights') ? one.fields('weights') : null;
  const users = one.items('users').map((user) => {
    const name = user.text('user');
    return {
      name,
      demand: readAmounts(user.fields('demand'), resources),
      weight: weights === null ? ONE : weights.fraction(name),
      maxTasks: user.has('maxTasks') ? user.fraction('maxTasks') : null,
    };
  });
  return { resources, capacity, users };
}

export function readCapacity(fields: Fields): Pick<PooledWorld, 'resources' | 'capacity'> {
  return { resources: fields.keys, capacity: fields.keys.map((resource) => fields.fraction(resource)) };
}

/** Reads amounts by resource, zero where one is left out. */
export function readAmounts(fields: Fields, resources: readonly string[]): Fraction[] {
  return resources.map((resource) => (fields.has(resource) ? fields.fraction(resource) : ZERO));
}

/** Applies a `change`: another capacity, or a user who leaves. */
export function changeWorld(world: PooledWorld, change: Fields): PooledWorld {
  let changed = world;
  if (change.has('capacity')) {
    changed = { ...changed, capacity: readAmounts(change.fields('capacity'), world.resources) };
  }
  if (change.has('remove')) {
    const leaver = change.text('remove');
    indexOf(world, leaver);
    changed = { ...changed, users: changed.users.filter(({ name }) => name !== leaver) };
  }
  return changed;
}

/** Applies a `lie`: what one user claims to need. */
export function tellLie(world: PooledWorld, lie: Fields): PooledWorld {
  const liar = indexOf(world, lie.text('user'));
  const claims = readAmounts(lie.fields('claims'), world.resources);
  return { ...world, users: world.users.map((user, u) => (u === liar ? { ...user, demand: claims } : user)) };
}

/** Position of a user, or a CaseError. */
export function indexOf(world: PooledWorld, user: string): number {
  const at = world.users.findIndex(({ name }) => name === user);
  if (at < 0) throw new CaseError(`there is no user ${user}`);
  return at;
}

/** Gives capacity and users as the functions of `fairness` take them. */
export function asNumbers({ capacity, users }: PooledWorld): { capacity: number[]; users: User[] } {
  return {
    capacity: capacity.map(toNumber),
    users: users.map(({ demand, weight, maxTasks }) => ({
      demand: demand.map(toNumber),
      weight: toNumber(weight),
      ...(maxTasks !== null && { tasks: toNumber(maxTasks) }),
    })),
  };
}
