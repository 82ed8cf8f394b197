import { CaseError } from '../../fields.ts';
import type { Answer } from '../expectations.ts';
import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';

/** M/M/1 with classes of priority, the first class first; nobody is preempted. */
export const priority: Model = {
  id: /^priority-/,
  answer({ params, expectations }) {
    const rates = params.numbers('lam');
    const mu = params.positive('mu');
    if (rates.length === 0 || !rates.every((rate) => rate > 0))
      throw new CaseError('params.lam: expected one rate a class');
    const model = {
      servers: 1,
      allocator: 'priority',
      streams: rates.map((rate, i) => ({ rate, service: exponential(1 / mu), priority: -i })),
    };
    return measure(expectations, model, (gauges) =>
      Object.fromEntries(
        gauges.responseOf.map((response, i): [string, Answer] => [`T_nonpre.${i}`, gauges.mean(response)]),
      ),
    );
  },
};
