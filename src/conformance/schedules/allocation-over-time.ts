import { CaseError, type Fields } from '../fields.ts';
import { toNumber } from '../fraction.ts';
import { runPool } from '../pool-run.ts';
import type { Verdict } from '../verdict.ts';
import { compareSpans } from './compare-spans.ts';
import { findPolicy } from './policies.ts';
import { servedRuns } from './served-runs.ts';

/** Tasks that come and go on pooled resources: when each ran. */
export async function allocationOverTime(one: Fields, verdict: Verdict): Promise<void> {
  const capacity = one.fractions('capacity');
  const users = one.fields('users');
  const weights = one.has('weights') ? one.fields('weights') : null;
  const jobs = one.items('tasks').map((task) => {
    const framework = String(task.raw('user'));
    if (!users.has(framework)) throw new CaseError(`tasks: ${framework} is no user`);
    return {
      name: task.text('id'),
      framework,
      submit: task.number('submit'),
      run: task.number('duration'),
      demand: users.fractions(framework),
    };
  });
  for (const user of users.keys) users.fractions(user);
  for (const { policy, run } of servedRuns(one, 'allocation-over-time', verdict)) {
    const chosen = policy === 'drf' ? { allocator: 'drf', options: {} } : findPolicy(policy);
    if (chosen === null) throw new CaseError(`unknown policy \`${policy}\``);
    const { spans } = await runPool({
      resources: capacity.map((_, r) => `r${r}`),
      capacity,
      roles: users.keys.map((path) => ({ path, weight: weights?.has(path) ? toNumber(weights.fraction(path)) : 1 })),
      jobs,
      ...chosen,
    });
    compareSpans(policy, spans, run.fields('schedule'), verdict);
  }
}
