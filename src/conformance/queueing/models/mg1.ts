import { readLaw } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';
import { runQueue } from '../queue-run.ts';

/** M/G/1, first come first served, with the service law that the case names. */
export const mg1: Model = {
  id: /^m(d|e\d|u|bp|h2|g)1?-[\d.]+$/,
  answer({ params, expectations, verdict }) {
    const rate = params.number('lam');
    const { distribution, mean, secondMoment } = readLaw(params, 'dist');
    if (params.has('ES')) verdict.near('params.ES', mean, params.number('ES'));
    if (params.has('ES2')) verdict.near('params.ES2', secondMoment, params.number('ES2'));
    const C2 = secondMoment / (mean * mean) - 1;
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, service: distribution }],
      // Without scatter in the service times there is nothing to adjust by.
      gauges: { quantiles: wantsQuantiles(expectations), ...(C2 > 0 && { secondMoment }) },
    };
    return measure(expectations, async (jobs) => {
      const gauges = await runQueue(model, jobs);
      return { ...means(gauges, 1), ...quantiles(expectations, gauges), C2 };
    });
  },
};
