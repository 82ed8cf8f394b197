import { balanced, deterministic, exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';

/** Mean service time of the case's jobs. */
const MEAN = 1;

/**
 * M/G/1 with processor sharing, or last come first served with preemption: the mean response depends on the mean of the
 * service law alone, so it is held for three of them.
 */
export const insensitive: Model = {
  id: /^(mg1-)?(ps|plcfs)(-|$)/,
  async answer({ id, params, expectations }) {
    const rate = params.positive('lam');
    const mean = params.has('ES') ? params.positive('ES') : MEAN;
    params.prose(...params.keys.filter((key) => typeof params.raw(key) === 'string'));
    const discipline = /(^|-)ps(-|$)/.test(id)
      ? { allocator: 'ps', fluid: true }
      : { allocator: 'lcfs', options: { preempt: 'resume' } };
    let answers = new Map();
    const laws = [exponential(mean), deterministic(mean), balanced(mean, 4)];
    for (const service of laws) {
      const model = { servers: 1, streams: [{ rate, service }], ...discipline };
      answers = await measure(expectations, model, (gauges) => {
        const response = gauges.mean(gauges.response);
        return { ET: response, W: response, L: gauges.mean(gauges.inSystem), rho: rate * mean };
      });
      if (service !== laws.at(-1)) expectations.compare(answers);
    }
    return answers;
  },
};
