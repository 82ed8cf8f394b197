import { dominantShare } from '../../fairness/dominant-share.ts';
import { maxMinOnNodes } from '../../fairness/max-min-on-nodes.ts';
import type { Solver } from '../../optimization/solver.ts';
import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';

/** Holds lexicographic weighted max-min of dominant shares on a pool against a case that lists its stages. */
export function compareStages(solver: Solver, one: Fields, verdict: Verdict): void {
  const capacity = one.numbers('capacity');
  const demands = one.fields('users');
  const weights = one.has('weights') ? one.fields('weights') : null;
  const bounds = one.has('maxTasks') ? one.fields('maxTasks') : null;
  const names = demands.keys;
  const users = names.map((name) => {
    const demand = demands.numbers(name);
    return {
      demand,
      unit: dominantShare(demand, capacity),
      weight: weights?.has(name) ? weights.positive(name) : 1,
      tasks: bounds?.has(name) ? bounds.number(name) : Number.POSITIVE_INFINITY,
    };
  });
  const division = maxMinOnNodes(solver, [{ capacity, count: 1 }], users);
  const expect = one.fields('expect');
  verdict.same('status', division.status, expect.text('status'));
  if (division.status !== 'optimal') return;
  const tasks = Array.from(division.tasks);
  const shares = users.map(({ unit }, u) => tasks[u]! * unit);
  const compare = (key: string, got: readonly number[]) => {
    if (!expect.has(key)) return;
    const values = expect.fields(key);
    names.forEach((name, u) => {
      verdict.near(`${key}.${name}`, got[u]!, values.raw(name));
    });
  };
  compare('tasks', tasks);
  compare('tasksExact', tasks);
  compare('dominantShare', shares);
  if (expect.has('usage')) {
    const used = capacity.map((_, r) => users.reduce((sum, { demand }, u) => sum + demand[r]! * tasks[u]!, 0));
    verdict.nearList('usage', used, expect.list('usage'));
  }
  // However many models it takes, who is saturated at a stage has that stage's level, times its weight.
  for (const stage of one.has('stages') ? one.items('stages') : []) {
    stage.prose('lpFile', 'duals');
    for (const name of stage.texts('saturated')) {
      const u = names.indexOf(name);
      const level = shares[u]! / users[u]!.weight;
      verdict.near(`level of ${name}`, level, stage.raw('t'));
      if (stage.has('tExact')) verdict.near(`level of ${name}`, level, stage.raw('tExact'));
    }
  }
}
