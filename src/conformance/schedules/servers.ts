import { dominantShare } from '../../fairness/dominant-share.ts';
import { drfh, totalOf } from '../../fairness/drfh.ts';
import { progressiveFilling, type User } from '../../fairness/progressive-filling.ts';
import { psDsf } from '../../fairness/ps-dsf.ts';
import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import type { Verdict } from '../verdict.ts';

/** Servers that tasks are divided over, and who shares them. */
interface Servers {
  readonly capacities: readonly (readonly number[])[];
  readonly names: readonly string[];
  readonly users: readonly User[];
}

/** By user, then by server. */
type Divide = (servers: Servers, solver: Solver) => readonly (readonly number[])[];

/** Divisions over servers, by the key under which a case expects them. */
const DIVISIONS: Readonly<Record<string, Divide>> = {
  psdsf: ({ capacities, users }) => psDsf(capacities, users).tasks,
  perServerDRF({ capacities, users }) {
    const columns = capacities.map((capacity) => progressiveFilling(capacity, users).tasks);
    return users.map((_, u) => columns.map((column) => column[u]!));
  },
  drfh({ capacities, users }, solver) {
    const nodes = capacities.map((capacity) => ({ capacity, count: 1 }));
    const division = drfh(solver, nodes, users);
    if (division.status !== 'optimal') throw new CaseError(`no optimum: ${division.reason}`);
    return users.map((_, u) => [...division.tasks.subarray(u * nodes.length, (u + 1) * nodes.length)]);
  },
};

/** Divisible tasks on servers that are not alike; the keys of `expect`, or the id, name the mechanisms. */
export async function servers(one: Fields, verdict: Verdict): Promise<void> {
  const world = readServers(one);
  const solver = await loadSolver();
  const expect = one.fields('expect');
  const served = expect.keys.filter((key) => Object.hasOwn(DIVISIONS, key));
  for (const key of served) {
    verdict.serve(key);
    compare(expect.fields(key), world, DIVISIONS[key]!(world, solver), verdict);
  }
  if (served.length > 0) return;
  const main = Object.keys(DIVISIONS).find((key) => one.text('id').startsWith(key));
  if (main === undefined) throw new CaseError('neither `expect` nor the id names a mechanism that is known');
  verdict.serve(main);
  compare(expect, world, DIVISIONS[main]!(world, solver), verdict);
}

function readServers(one: Fields): Servers {
  const capacities = matrix(one, 'servers');
  const isList = Array.isArray(one.raw('users'));
  const names = isList ? one.list('users').map((_, u) => String(u + 1)) : one.fields('users').keys;
  const demands = isList ? matrix(one, 'users') : names.map((name) => one.fields('users').numbers(name));
  const weights = perUser(one, 'weights', names);
  const limits = perUser(one, 'limits', names);
  const users = demands.map((demand, u) => ({
    demand,
    ...(weights[u] !== undefined && { weight: weights[u] }),
    ...(limits[u] !== undefined && { tasks: limits[u] }),
  }));
  return { capacities, names, users };
}

/** Reads a list in the order of the users, or an object that names some of them. */
function perUser(one: Fields, key: string, names: readonly string[]): readonly (number | undefined)[] {
  if (!one.has(key)) return [];
  if (Array.isArray(one.raw(key))) return one.numbers(key);
  const table = one.fields(key);
  if (table.keys.some((name) => !names.includes(name))) throw new CaseError(`${key} names nobody who is a user`);
  return names.map((name) => (table.has(name) ? toNumber(table.fraction(name)) : undefined));
}

function matrix(fields: Fields, key: string): number[][] {
  return rowsOf(fields, key).map((row, i) =>
    row.map((value) => {
      const number = parseFraction(value);
      if (number === null) throw new CaseError(`${key}.${i}: expected numbers or fractions`);
      return toNumber(number);
    }),
  );
}

function rowsOf(fields: Fields, key: string): readonly (readonly unknown[])[] {
  return fields.list(key).map((row, i) => {
    if (!Array.isArray(row)) throw new CaseError(`${key}.${i}: expected a list`);
    return row;
  });
}

/** Holds a division against the keys of an `expected`; how a user's tasks are split among servers need not be unique. */
function compare(
  expected: Fields,
  { capacities, names, users }: Servers,
  tasks: readonly (readonly number[])[],
  verdict: Verdict,
): void {
  const totals = tasks.map((own) => own.reduce((sum, count) => sum + count, 0));
  const alone = users.map(({ demand }) =>
    capacities.map((capacity) => progressiveFilling(capacity, [{ demand }]).tasks[0]!),
  );
  const total = totalOf(capacities.map((capacity) => ({ capacity, count: 1 })));
  const shares = users.map(({ demand }, u) => totals[u]! * dominantShare(demand, total));
  const nearRows = (key: string, rows: readonly (readonly number[])[]) => {
    const given = rowsOf(expected, key);
    verdict.same(`rows of ${key}`, given.length, rows.length);
    for (const [i, row] of given.entries()) verdict.nearList(`${key}.${i}`, rows[i] ?? [], row);
  };
  for (const key of expected.left) {
    const server = /^server(\d+)$/.exec(key)?.[1];
    if (server !== undefined) {
      const i = Number(server) - 1;
      verdict.nearList(
        key,
        tasks.map((own) => own[i] ?? Number.NaN),
        inOrder(expected, key, names),
      );
    } else if (key === 'tasks' || key === 'total' || key === 'tasksPerUser') {
      verdict.nearList(key, totals, inOrder(expected, key, names));
    } else if (key === 'gamma') nearRows(key, alone);
    else if (key === 'virtualShares')
      nearRows(
        key,
        alone.map((own, u) => own.map((most) => totals[u]! / most)),
      );
    else if (key === 'tasksPerServer') {
      const sums = rowsOf(expected, key).map((row) =>
        row.reduce<number>((sum, value) => sum + toNumber(parseFraction(value) ?? { top: 0n, bottom: 1n }), 0),
      );
      // Nine digits are given of each.
      for (const [u, sum] of sums.entries()) verdict.near(`sum of ${key}.${u}`, totals[u] ?? Number.NaN, sum, 1e-8);
      verdict.same(`rows of ${key}`, sums.length, users.length);
    } else if (key === 'globalShare') {
      // One number stands for all where all have the same.
      const each = parseFraction(expected.raw(key)) !== null;
      const given = each ? shares.map(() => expected.raw(key)) : inOrder(expected, key, names);
      verdict.nearList(key, shares, given);
    }
  }
}

/** A list in the order of the users, or an object by their names. */
function inOrder(expect: Fields, key: string, names: readonly string[]): readonly unknown[] {
  if (Array.isArray(expect.raw(key))) return expect.list(key);
  const byName = expect.fields(key);
  return names.map((name) => byName.raw(name));
}
