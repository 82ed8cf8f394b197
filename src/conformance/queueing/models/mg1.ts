import { readLaw } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means, quantiles, wantsQuantiles } from '../model.ts';

/** M/G/1, first come first served, with the service law that the case names. */
export const mg1: Model = {
  id: /^m(d|e\d+|u|bp|h\d+|g)1?-[\d.]+$/,
  answer({ params, expectations, verdict }) {
    const rate = params.positive('lam');
    const service = readLaw(params, 'dist');
    const { mean, secondMoment } = service;
    if (params.has('ES')) verdict.near('params.ES', mean, params.positive('ES'));
    if (params.has('ES2')) verdict.near('params.ES2', secondMoment, params.number('ES2'));
    const C2 = secondMoment / (mean * mean) - 1;
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, service }],
      gauges: { quantiles: wantsQuantiles(expectations) },
    };
    return measure(expectations, model, (gauges) => ({ ...means(gauges, 1), ...quantiles(expectations, gauges), C2 }));
  },
};
