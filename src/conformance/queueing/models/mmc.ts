import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';

/** M/M/c, first come first served. */
export const mmc: Model = {
  id: /^mmc-/,
  answer({ params, expectations }) {
    const [rate, mu, servers] = [params.positive('lam'), params.positive('mu'), params.positive('servers')];
    const model = {
      servers,
      allocator: 'fifo',
      streams: [{ rate, service: exponential(1 / mu) }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    return measure(expectations, model, (gauges) => ({
      ...means(gauges, servers),
      ...quantiles(expectations, gauges),
      erlangC: gauges.mean(gauges.delayed),
      meanBusy: gauges.mean(gauges.busy),
      // No job is ever lost here, so this is the formula that the probability of waiting is derived from.
      erlangB: erlangB(servers, rate / mu),
    }));
  },
};

/** Gives the probability of loss at `servers` servers without a queue that are offered `load`. */
function erlangB(servers: number, load: number): number {
  let loss = 1;
  for (let k = 1; k <= servers; k++) loss = (load * loss) / (k + load * loss);
  return loss;
}
