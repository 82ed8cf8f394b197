import type { Answer } from '../expectations.ts';
import { exponential, type Law, readLaw } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model, Question } from '../model.ts';

/** One server under several orders of service; those that preempt are declined by the key of their value. */
export const disciplines: Model = {
  id: /-disciplines-/,
  async answer({ params, expectations }) {
    const rate = params.positive('lam');
    const law = readService(params);
    const answers = new Map<string, Answer>();
    for (const allocator of ['fifo', 'sjf']) {
      const model = {
        servers: 1,
        allocator,
        streams: [{ rate, service: law }],
      };
      const suffix = allocator === 'fifo' ? 'FCFS' : 'SJF';
      const found = await measure(expectations, model, (gauges) => ({
        [`ET_${suffix}`]: gauges.mean(gauges.response),
        [`EWq_${suffix}`]: gauges.mean(gauges.wait),
      }));
      for (const [name, answer] of found) answers.set(name, answer);
    }
    return answers;
  },
};

function readService(params: Question['params']): Law {
  return params.has('dist') ? readLaw(params, 'dist') : exponential(1 / params.positive('mu'));
}
