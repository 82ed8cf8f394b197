import { CaseError } from '../../fields.ts';
import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';

/** M/M/1, first come first served; the error of the mean wait is the analytic one where the case gives it. */
export const mm1: Model = {
  id: /^mm1-[\d.]+$/,
  answer({ params, expectations }) {
    const [rate, mu] = [params.positive('lam'), params.positive('mu')];
    if (params.has('servers') && params.positive('servers') !== 1) throw new CaseError('M/M/1 has one server');
    const variance = asymptoticVariance(rate / mu) / (mu * mu);
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, service: exponential(1 / mu) }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    return measure(expectations, model, (gauges) => {
      const answers = { ...means(gauges, 1), ...quantiles(expectations, gauges), asymVarWq: variance };
      if (!expectations.names.includes('asymVarWq')) return answers;
      const Wq = { value: gauges.wait.estimate().value, error: Math.sqrt(variance / gauges.wait.weight) };
      return { ...answers, Wq };
    });
  },
};

/**
 * Variance of the mean of n waits times n, for large n, with service times of mean 1.
 *
 * @see Daley, The serial correlation coefficients of waiting times in a stationary single server queue, 1968
 */
function asymptoticVariance(rho: number): number {
  const spread = (1 - rho) * (1 - rho);
  return (rho * (2 + 5 * rho - 4 * rho * rho + rho * rho * rho)) / (spread * spread);
}
