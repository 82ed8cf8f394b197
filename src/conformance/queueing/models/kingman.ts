import { SECOND } from '../../../base/time.ts';
import type { Answer } from '../expectations.ts';
import { asLaw, exponential } from '../laws.ts';
import type { Model } from '../model.ts';
import { runQueue } from '../queue-run.ts';

/** D/M/1 at a load of 0.8 with service at rate 1. */
const RATE = 0.8;
const JOBS = 200_000;

/** Kingman's bound and approximation of the mean wait for D/M/1, and a run that must keep below the bound. */
export const kingman: Model = {
  id: /^kingman/,
  async answer({ expectations, verdict }) {
    const [gapVariance, serviceVariance] = [0, 1];
    const bound = (RATE * (gapVariance + serviceVariance)) / (2 * (1 - RATE));
    const variation = RATE * RATE * gapVariance + serviceVariance;
    const gaps = asLaw({ constant: 1 / RATE }, SECOND);
    const streams = [{ rate: RATE, gaps, service: exponential(1) }];
    const gauges = await runQueue({ servers: 1, allocator: 'fifo', streams }, ({ jobs }) => jobs >= JOBS);
    const { value, error } = gauges.mean(gauges.wait);
    verdict.check(
      value + 4 * error <= bound,
      `Wq of D/M/1: got ${value} with a standard error of ${error}, above ${bound}`,
    );
    verdict.check(Math.abs(value - waitOfDM1()) <= 4 * error, `Wq of D/M/1: got ${value}, expected ${waitOfDM1()}`);
    if (expectations.names.length > 0) verdict.serve('Wq');
    return new Map<string, Answer>([
      ['dm1_bound', bound],
      ['dm1_approx', (RATE / (1 - RATE)) * (variation / 2)],
    ]);
  },
};

/** Mean wait s / (1 - s), with s the root of s = exp(-(1 - s) / rate) below 1. */
function waitOfDM1(): number {
  let root = 0;
  for (let i = 0; i < 1_000; i++) root = Math.exp(-(1 - root) / RATE);
  return root / (1 - root);
}
