import type { User } from '../../fairness/progressive-filling.ts';
import { CaseError, type Fields } from '../fields.ts';
import { toNumber } from '../fraction.ts';
import { asset, drf, equilibrium } from '../mechanisms.ts';
import type { Verdict } from '../verdict.ts';

type Divide = (capacity: readonly number[], users: readonly User[]) => readonly number[];

/** Tasks of each user, by the key under which a case expects them. */
const DIVISIONS: Readonly<Record<string, Divide>> = {
  asset: asset.divide,
  drf: drf.divide,
  ceei: equilibrium.divide,
  staticHalf: staticSplit,
};

/** Divisible tasks of pooled resources; the keys of `expect` name the mechanisms. */
export function divisions(one: Fields, verdict: Verdict): void {
  const capacity = one.numbers('capacity');
  const table = one.fields('users');
  const names = table.keys;
  const weights = one.has('weights') ? one.fields('weights') : null;
  const limits = one.has('limits') ? one.fields('limits') : null;
  const users = names.map((name) => ({
    demand: table.numbers(name),
    weight: weights?.has(name) ? toNumber(weights.fraction(name)) : 1,
    ...(limits?.has(name) && { tasks: toNumber(limits.fraction(name)) }),
  }));
  const expect = one.fields('expect');
  const served = expect.keys.filter((key) => Object.hasOwn(DIVISIONS, key));
  const main = served[0] ?? Object.keys(DIVISIONS).find((key) => one.text('id').startsWith(key));
  if (main === undefined) throw new CaseError('`expect` names no mechanism that is known');
  if (served.length === 0) verdict.serve(main);
  for (const key of served) {
    verdict.serve(key);
    verdict.nearList(key, DIVISIONS[key]!(capacity, users), inOrder(expect, key, names));
  }
  const tasks = DIVISIONS[main]!(capacity, users);
  if (expect.has('tasks')) verdict.nearList('tasks', tasks, inOrder(expect, 'tasks', names));
  if (expect.has('shares')) compareShares(expect.fields('shares'), capacity, users, names, tasks, verdict);
  for (const key of expect.left) {
    const user = /^user(.+)WorseThanHalf$/.exec(key)?.[1];
    const at = names.indexOf(user ?? '');
    if (at < 0) continue;
    verdict.same(key, tasks[at]! < staticSplit(capacity, users)[at]!, expect.flag(key));
  }
}

/** A list in the order of the users, or an object by their names. */
function inOrder(expect: Fields, key: string, names: readonly string[]): readonly unknown[] {
  if (Array.isArray(expect.raw(key))) return expect.list(key);
  const byName = expect.fields(key);
  return names.map((name) => byName.raw(name));
}

/** Each user alone on an equal part of everything. */
function staticSplit(capacity: readonly number[], users: readonly User[]): number[] {
  return users.map(({ demand, tasks = Number.POSITIVE_INFINITY }) =>
    Math.min(
      tasks,
      ...demand.map((need, r) => (need > 0 ? capacity[r]! / users.length / need : Number.POSITIVE_INFINITY)),
    ),
  );
}

function compareShares(
  shares: Fields,
  capacity: readonly number[],
  users: readonly User[],
  names: readonly string[],
  tasks: readonly number[],
  verdict: Verdict,
): void {
  for (const name of shares.keys) {
    const u = names.indexOf(name);
    if (u < 0) throw new CaseError(`shares of ${name}, who is no user`);
    const own = capacity.map((amount, r) => (tasks[u]! * users[u]!.demand[r]!) / amount);
    verdict.nearList(`shares of ${name}`, own, shares.list(name));
  }
}
