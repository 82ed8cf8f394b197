import { SECOND } from '../../../base/time.ts';
import { CaseError } from '../../fields.ts';
import { asLaw, exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';

/** D/M/1 and Ek/M/1, first come first served: gaps between jobs are constant, or sums of k exponentials. */
export const gim1: Model = {
  id: /^(d|e\d+)m1-[\d.]+$/,
  answer({ id, params, expectations }) {
    const [rate, mu] = [params.positive('lam'), params.has('mu') ? params.positive('mu') : 1];
    if (params.has('servers') && params.positive('servers') !== 1) throw new CaseError('GI/M/1 has one server');
    // The id says what the gaps are like; a law in words says it again.
    params.prose(...params.keys.filter((key) => typeof params.raw(key) === 'string'));
    const phases = /^e(\d+)/.exec(id)?.[1];
    const mean = 1 / rate;
    const law =
      phases === undefined ? { constant: mean } : { gamma: { shape: Number(phases), scale: mean / Number(phases) } };
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, gaps: asLaw(law, SECOND), service: exponential(1 / mu) }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    return measure(expectations, model, (gauges) => ({
      ...means(gauges, 1),
      ...quantiles(expectations, gauges),
      // The root of the transform equation is the probability that an arrival has to wait.
      sigma: gauges.mean(gauges.delayed),
    }));
  },
};
