import type { Answer } from '../expectations.ts';
import { exponential, type Law, readLaw } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model, Question } from '../model.ts';

/** What the values call each order of service. */
const DISCIPLINES = [
  { suffix: 'FCFS', allocator: 'fifo' },
  { suffix: 'SJF', allocator: 'sjf' },
  { suffix: 'SRPT', allocator: 'srtf' },
  { suffix: 'PS', allocator: 'ps', fluid: true },
  { suffix: 'LAS', allocator: 'las', fluid: true },
] as const;

/** One server under several orders of service. */
export const disciplines: Model = {
  id: /-disciplines-/,
  async answer({ params, expectations }) {
    const rate = params.positive('lam');
    const law = readService(params);
    const answers = new Map<string, Answer>();
    for (const { suffix, ...discipline } of DISCIPLINES) {
      if (!expectations.names.some((name) => name.endsWith(`_${suffix}`))) continue;
      const model = { servers: 1, streams: [{ rate, service: law }], ...discipline };
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
