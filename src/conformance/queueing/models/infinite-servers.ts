import { CaseError } from '../../fields.ts';
import type { Answer } from '../expectations.ts';
import { balanced, deterministic, exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';

/** M/G/inf: enough servers that nobody waits; held for three service laws, as the law does not matter. */
export const infiniteServers: Model = {
  id: /^mginf/,
  async answer({ params, expectations }) {
    const [rate, mean] = [params.positive('lam'), params.positive('ES')];
    const load = rate * mean;
    const tails = expectations.names.flatMap((name) => /^P_N_gt_(\d+)$/.exec(name)?.[1] ?? []);
    const levels = {
      varN: (n: number) => (n - load) * (n - load),
      ...Object.fromEntries(tails.map((tail) => [`P_N_gt_${tail}`, (n: number) => (n > Number(tail) ? 1 : 0)])),
    };
    const laws = [exponential(mean), deterministic(mean), balanced(mean, 4)];
    let answers: ReadonlyMap<string, Answer> = new Map();
    for (const service of laws) {
      // Ten standard deviations of the Poisson law above its mean.
      const servers = Math.ceil(load + 10 * Math.sqrt(load) + 10);
      const model = { servers, allocator: 'fifo', streams: [{ rate, service }], gauges: { levels } };
      answers = await measure(expectations, model, (gauges) => {
        const waited = gauges.delayed.estimate().value;
        if (waited > 0) throw new CaseError(`${waited} of the jobs waited, though there was a server for each`);
        const values = Object.entries(gauges.levels).map(([name, level]) => [name, gauges.mean(level)] as const);
        return { meanN: gauges.mean(gauges.inSystem), ...Object.fromEntries(values) };
      });
      if (service !== laws.at(-1)) expectations.compare(answers);
    }
    return answers;
  },
};
