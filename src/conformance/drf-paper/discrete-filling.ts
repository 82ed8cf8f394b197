import { type Filling, fillByDrf } from '../drf-filling.ts';
import { CaseError, type Fields } from '../fields.ts';
import { toNumber } from '../fraction.ts';
import type { Verdict } from '../verdict.ts';
import { indexOf, type PooledWorld } from './pooled-world.ts';

/** Names under which a filling by whole tasks states what it expects. */
export interface DiscreteKeys {
  readonly picks: string;
  readonly tasks: string;
  readonly rows?: string;
}

/** Whole tasks to the user with the least dominant share over weight, by the drf allocator in a simulation. */
export async function discreteFilling(
  world: PooledWorld,
  expected: Fields,
  keys: DiscreteKeys,
  { verdict, tolerance }: { verdict: Verdict; tolerance: number },
): Promise<void> {
  const users = tieOrder(world, expected.has('initialTie') ? expected.text('initialTie') : null);
  if (expected.has('continueWithOtherUsersWhenBlocked') && !expected.flag('continueWithOtherUsersWhenBlocked')) {
    throw new CaseError('drf passes a user over whose next task does not fit; it never stops there');
  }
  const filling = await fillByDrf({
    resources: world.resources,
    capacity: world.capacity,
    roles: users.map(({ name, weight }) => ({ path: name, weight: toNumber(weight) })),
    users: users.map(({ name, demand, maxTasks }) => ({
      name,
      demand,
      ...(maxTasks !== null && { tasks: Math.floor(toNumber(maxTasks)) }),
    })),
  });
  const picks = expected.texts(keys.picks);
  verdict.same(
    keys.picks,
    filling.picks.map(({ user }) => user),
    picks,
  );
  const tasks = expected.fields(keys.tasks);
  for (const name of tasks.keys)
    verdict.near(`${keys.tasks}.${name}`, filling.tasks.get(name) ?? Number.NaN, tasks.raw(name), tolerance);
  if (keys.rows !== undefined && expected.has(keys.rows))
    compareRows(world, filling, expected.items(keys.rows), verdict);
}

/** The users in order of ties: `B first (…)` puts B before the others. */
function tieOrder(world: PooledWorld, tie: string | null): PooledWorld['users'] {
  if (tie === null) return world.users;
  const name = /^(\S+) first\b/.exec(tie)?.[1];
  if (name === undefined) throw new CaseError(`initialTie: expected \`… first\`, got \`${tie}\``);
  const first = world.users[indexOf(world, name)]!;
  return [first, ...world.users.filter((user) => user !== first)];
}

function compareRows(world: PooledWorld, filling: Filling, rows: readonly Fields[], verdict: Verdict): void {
  verdict.same('number of rows', filling.picks.length, rows.length);
  for (const [i, row] of rows.entries()) {
    const pick = filling.picks[i];
    if (pick === undefined) return;
    verdict.same(`row ${i} pick`, pick.user, row.text('pick'));
    const shares = row.fields('shares');
    for (const name of shares.keys) {
      const own = pick.shares.get(name) ?? [];
      const expected = shares.fields(name);
      verdict.nearList(`row ${i} ${name}`, own, expected.list('resources'));
      verdict.near(`row ${i} ${name} dominant`, Math.max(...own), expected.raw('dominant'));
    }
    for (const key of row.left.filter((name) => name.startsWith('cluster'))) {
      verdict.near(`row ${i} ${key}`, pick.cluster[clusterColumn(world, key)] ?? Number.NaN, row.raw(key));
    }
  }
}

/** `clusterCpu` is the first resource whose name begins with `cpu`. */
function clusterColumn({ resources }: PooledWorld, key: string): number {
  const name = key.slice('cluster'.length).toLowerCase();
  return resources.findIndex((resource) => resource.toLowerCase().startsWith(name));
}
