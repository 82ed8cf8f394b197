import { SECOND } from '../../../base/time.ts';
import { asLaw, exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';
import { runQueue } from '../queue-run.ts';

/** D/M/1 and Ek/M/1, first come first served: the gaps between jobs are constant or sums of exponentials. */
export const gim1: Model = {
  id: /^(d|e\d+)m1-[\d.]+$/,
  answer({ params, expectations, verdict }) {
    const [rate, mu] = [params.number('lam'), params.has('mu') ? params.number('mu') : 1];
    const phases = params.has('k') ? params.number('k') : null;
    if (params.has('rho')) verdict.near('params.rho', rate / mu, params.number('rho'));
    const named = /^e(\d+)m1/.exec(expectations.id)?.[1];
    const k = phases ?? (named === undefined ? null : Number(named));
    const gaps = asLaw(k === null ? { constant: 1 / rate } : { gamma: { shape: k, scale: 1 / rate / k } }, SECOND);
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, gaps, service: exponential(1 / mu).distribution }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    return measure(expectations, async (jobs) => {
      const gauges = await runQueue(model, jobs);
      // The root of the transform equation is the probability that an arrival has to wait.
      return { ...means(gauges, 1), ...quantiles(expectations, gauges), sigma: gauges.delayed.estimate() };
    });
  },
};
