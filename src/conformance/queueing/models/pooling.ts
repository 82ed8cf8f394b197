import type { Answer } from '../expectations.ts';
import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';

/** Two stations apart, the same two servers together, and one of twice the speed; service at rate 1. */
export const pooling: Model = {
  id: /^pooling/,
  async answer({ params, expectations }) {
    const rate = params.positive('lam');
    const stations = [
      { name: 'W_separate', servers: 1, rate, mean: 1 },
      { name: 'W_mm2', servers: 2, rate: 2 * rate, mean: 1 },
      { name: 'W_fast', servers: 1, rate: 2 * rate, mean: 1 / 2 },
    ];
    const answers = new Map<string, Answer>();
    for (const { name, servers, rate: arrivals, mean } of stations) {
      const streams = [{ rate: arrivals, service: exponential(mean) }];
      const found = await measure(expectations, { servers, allocator: 'fifo', streams }, (gauges) => ({
        [name]: gauges.mean(gauges.response),
      }));
      answers.set(name, found.get(name)!);
    }
    return answers;
  },
};
