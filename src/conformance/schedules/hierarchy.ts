import { fillByDrf } from '../drf-filling.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import type { Verdict } from '../verdict.ts';
import { parseRoleTree } from './role-tree.ts';

/** Whole tasks over a tree of roles, by the drf allocator with `hierarchy: hdrf` in a simulation. */
export async function hierarchy(one: Fields, verdict: Verdict): Promise<void> {
  verdict.serve('hdrf');
  const capacity = one.fractions('capacity');
  const roles = parseRoleTree(one.text('tree'));
  const leaves = roles.filter(({ leaf }) => leaf);
  const demands = one.fields('demands');
  const tasks = tasksPerLeaf(
    one,
    leaves.map(({ name }) => name),
  );
  const filling = await fillByDrf({
    resources: capacity.map((_, r) => `r${r}`),
    capacity,
    roles,
    users: leaves.map(({ name, path }) => ({ name, role: path, demand: demands.fractions(name), tasks: tasks(name) })),
  });
  const expected = one.fields('expect').fields('tasks');
  verdict.same('leaves', [...expected.keys].sort(), leaves.map(({ name }) => name).sort());
  for (const name of expected.keys) {
    verdict.near(`tasks of ${name}`, filling.tasks.get(name) ?? Number.NaN, expected.raw(name));
  }
}

/** How many tasks a leaf has: a field of the case, or `10 tasks each` in its title. */
function tasksPerLeaf(one: Fields, leaves: readonly string[]): (leaf: string) => number {
  for (const key of ['tasks', 'limits']) {
    if (!one.has(key)) continue;
    const count = parseFraction(one.raw(key));
    if (count !== null) return () => toNumber(count);
    const each = one.fields(key);
    for (const leaf of leaves) if (!each.has(leaf)) throw new CaseError(`${key} lacks ${leaf}`);
    return (leaf) => each.number(leaf);
  }
  const stated = /(\d+) tasks each/.exec(one.text('title'))?.[1];
  if (stated === undefined) throw new CaseError('neither `tasks` nor the title says how many tasks each leaf has');
  return () => Number(stated);
}
