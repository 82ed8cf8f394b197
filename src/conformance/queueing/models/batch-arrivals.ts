import { exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import { type Model, means } from '../model.ts';

/** M^[k]/M/1: jobs of k tasks each, one server, first come first served; `L` and `W_task` are of tasks. */
export const batchArrivals: Model = {
  id: /^batch-/,
  answer({ params, expectations }) {
    const model = {
      servers: 1,
      allocator: 'fifo',
      streams: [
        {
          rate: params.positive('lamBatch'),
          service: exponential(1 / params.positive('mu')),
          tasks: params.positive('batch'),
        },
      ],
      gauges: { perTask: true },
    };
    return measure(expectations, model, (gauges) => {
      const { rho, L, Lq } = means(gauges, 1);
      return { rho: rho!, L: L!, Lq: Lq!, W_task: gauges.mean(gauges.taskResponse) };
    });
  },
};
