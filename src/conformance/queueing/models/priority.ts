import { CaseError } from '../../fields.ts';
import type { Answer } from '../expectations.ts';
import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';

const KINDS = { T_nonpre: 'none', T_preempt: 'resume' };

/** M/M/1 with classes of priority, the first class first, with and without preemption. */
export const priority: Model = {
  id: /^priority-/,
  async answer({ params, expectations }) {
    const rates = params.numbers('lam');
    const mu = params.positive('mu');
    if (rates.length === 0 || !rates.every((rate) => rate > 0))
      throw new CaseError('params.lam: expected one rate a class');
    const streams = rates.map((rate, i) => ({ rate, service: exponential(1 / mu), priority: -i }));
    const answers = new Map<string, Answer>();
    for (const [name, preempt] of Object.entries(KINDS)) {
      if (!expectations.names.some((wanted) => wanted.startsWith(name))) continue;
      const model = { servers: 1, allocator: 'priority', options: { preempt }, streams };
      const found = await measure(expectations, model, (gauges) =>
        Object.fromEntries(
          gauges.responseOf.map((response, i): [string, Answer] => [`${name}.${i}`, gauges.mean(response)]),
        ),
      );
      for (const [key, answer] of found) answers.set(key, answer);
    }
    return answers;
  },
};
