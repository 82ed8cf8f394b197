import { readLaw } from '../laws.ts';
import { FIRST, measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';
import { runQueue } from '../queue-run.ts';

/** M/G/1, first come first served, with the service law that the case names. */
export const mg1: Model = {
  id: /^m(d|e\d+|u|bp|h\d+|g)1?-[\d.]+$/,
  answer({ params, expectations, verdict }) {
    const rate = params.number('lam');
    const service = readLaw(params, 'dist');
    const { mean, secondMoment } = service;
    if (params.has('ES')) verdict.near('params.ES', mean, params.number('ES'));
    if (params.has('ES2')) verdict.near('params.ES2', secondMoment, params.number('ES2'));
    const C2 = secondMoment / (mean * mean) - 1;
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, service }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    // Few jobs of a law with a heavy tail say little of how far their mean is off.
    const first = FIRST * Math.max(1, C2);
    return measure(
      expectations,
      async (jobs) => {
        const gauges = await runQueue(model, jobs);
        return { ...means(gauges, 1), ...quantiles(expectations, gauges), C2 };
      },
      first,
    );
  },
};
