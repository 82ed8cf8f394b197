import { maxMin } from '../../fairness/max-min.ts';
import { fillByDrf } from '../drf-filling.ts';
import { CaseError, type Fields } from '../fields.ts';
import { toNumber } from '../fraction.ts';
import { equilibrium } from '../mechanisms.ts';
import type { Verdict } from '../verdict.ts';
import { divisions } from './divisions.ts';
import { heterogeneous } from './heterogeneous.ts';
import { hierarchy } from './hierarchy.ts';
import { servers } from './servers.ts';

/** Divisions of a capacity at one instant, told apart by what the case gives. */
export async function allocation(one: Fields, verdict: Verdict): Promise<void> {
  if (one.text('id').startsWith('gavel-')) return heterogeneous(one, verdict);
  if (one.has('tree')) return hierarchy(one, verdict);
  if (one.has('servers')) return servers(one, verdict);
  if (one.has('demands')) return sharing(one, verdict);
  if (one.has('lie')) return lying(one, verdict);
  if (one.has('rule')) return progressive(one, verdict);
  if (one.has('users')) return divisions(one, verdict);
  throw new CaseError(
    'this is no form of an allocation that is known: it has no tree, servers, demands, rule or users',
  );
}

/** One resource, by max-min with or without weights. */
function sharing(one: Fields, verdict: Verdict): void {
  verdict.serve('max-min');
  const demands = one.numbers('demands');
  const weights = one.has('weights') ? one.numbers('weights') : undefined;
  const given = maxMin(toNumber(one.fraction('capacity')), demands, weights);
  verdict.nearList('expect', given, one.list('expect'));
}

/** Whole tasks, by the drf allocator in a simulation. */
async function progressive(one: Fields, verdict: Verdict): Promise<void> {
  verdict.serve('drf');
  one.prose('rule');
  const capacity = one.fractions('capacity');
  const users = one.fields('users');
  const weights = one.has('weights') ? one.fields('weights') : null;
  const limits = one.has('limits') ? one.fields('limits') : null;
  const filling = await fillByDrf({
    resources: capacity.map((_, r) => `r${r}`),
    capacity,
    roles: users.keys.map((path) => ({ path, weight: weights?.has(path) ? toNumber(weights.fraction(path)) : 1 })),
    users: users.keys.map((name) => ({
      name,
      demand: users.fractions(name),
      ...(limits?.has(name) && { tasks: limits.number(name) }),
    })),
  });
  const expect = one.fields('expect');
  const tasks = expect.fields('tasks');
  verdict.same('users', [...tasks.keys].sort(), [...users.keys].sort());
  for (const name of tasks.keys)
    verdict.near(`tasks of ${name}`, filling.tasks.get(name) ?? Number.NaN, tasks.raw(name));
  if (expect.has('trace')) {
    const trace = expect.list('trace') as readonly (readonly [unknown, unknown])[];
    verdict.near('length of the trace', filling.picks.length, trace.length);
    for (const [i, [user, share]] of trace.entries()) {
      const pick = filling.picks[i];
      verdict.same(`pick ${i}`, pick?.user, user);
      verdict.near(`share after pick ${i}`, Math.max(...(pick?.shares.get(String(user)) ?? [Number.NaN])), share);
    }
  }
  if (expect.has('used')) verdict.nearList('used', filling.used, expect.list('used'));
}

/** What a user gains by claiming more than it needs, under competitive equilibrium. */
function lying(one: Fields, verdict: Verdict): void {
  if (!one.text('id').startsWith('ceei')) throw new CaseError('only lies under CEEI are known');
  verdict.serve('ceei');
  const capacity = one.numbers('capacity');
  const users = one.fields('users');
  const lie = one.fields('lie');
  const truth = users.keys.map((name) => users.numbers(name));
  const claims = users.keys.map((name, u) => (lie.has(name) ? lie.numbers(name) : truth[u]!));
  if (lie.keys.some((name) => !users.keys.includes(name))) throw new CaseError('a lie is told by nobody');
  const tasksOf = (demands: readonly (readonly number[])[]) =>
    equilibrium.divide(
      capacity,
      demands.map((demand) => ({ demand })),
    );
  const honest = tasksOf(truth);
  const claimed = tasksOf(claims);
  const useful = claimed.map((count, u) =>
    Math.min(...truth[u]!.map((need, r) => (need > 0 ? (count * claims[u]![r]!) / need : Number.POSITIVE_INFINITY))),
  );
  const expect = one.fields('expect');
  verdict.nearList('truthfulTasks', honest, expect.list('truthfulTasks'));
  verdict.nearList('afterLieTasks', useful, expect.list('afterLieTasks'));
  if (expect.has('liarGains')) {
    const gains = users.keys.every((name, u) => !lie.has(name) || useful[u]! > honest[u]! + 1e-6);
    verdict.same('liarGains', gains, expect.flag('liarGains'));
  }
}
