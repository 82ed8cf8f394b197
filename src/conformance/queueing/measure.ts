import { CaseError } from '../fields.ts';
import type { Answer, Expectations } from './expectations.ts';
import type { Gauges } from './gauges.ts';
import type { Law } from './laws.ts';
import { type QueueModel, rehearse, runQueue } from './queue-run.ts';

/** Jobs of the shortest run, for service times that scatter as the exponential law does, and of the longest one. */
const FEWEST = 150_000;
const MOST = 100_000_000;

/** A mismatch has to stand up to a run so many times as long. */
const CONFIRMATION = 4;

/** How much narrower than asked estimates must be before the last jobs are done. */
const MARGIN = 0.95;

/**
 * Runs a model until its estimates are narrow enough for what is expected.
 *
 * Of a thousand estimates one or two lie off by more than is allowed by chance alone, and a file has hundreds; so what
 * seems wrong is measured once more, with twice the precision, and that counts.
 *
 * @param answer gives estimates, and what formulas say, at any time of the run.
 * @throws CaseError if it takes too many jobs.
 */
export async function measure(
  expectations: Expectations,
  model: QueueModel,
  answer: (gauges: Gauges) => Readonly<Record<string, Answer>>,
): Promise<Map<string, Answer>> {
  checkLoad(model);
  await rehearse(model);
  const answers = (gauges: Gauges) => new Map(Object.entries(answer(gauges)));
  let next = FEWEST * Math.max(1, ...model.streams.map(({ service }) => variation(service)));
  let confirming = false;
  const gauges = await runQueue(model, (gauges) => {
    if (gauges.jobs < next) return false;
    if (confirming) return true;
    if (gauges.jobs > MOST) throw new CaseError(`${MOST} jobs do not suffice for ${expectations.names.join(', ')}`);
    const found = answers(gauges);
    const width = expectations.width(found) / MARGIN;
    if (width <= 1) {
      confirming = !expectations.fit(found);
      next = gauges.jobs * CONFIRMATION;
      return !confirming;
    }
    // The width falls with the root of the number of jobs.
    next = gauges.jobs * Math.min(4, Math.max(1.1, width * width));
    return false;
  });
  return answers(gauges);
}

/** A station that is offered more than it can do fills up for ever. */
function checkLoad({ servers, streams }: QueueModel): void {
  if (!Number.isInteger(servers)) throw new CaseError(`${servers} servers: expected a whole number`);
  const load = streams.reduce((sum, { rate, tasks = 1, service }) => sum + rate * tasks * service.mean, 0);
  if (!(load < servers)) throw new CaseError(`a load of ${load} on ${servers} servers has no steady state`);
}

/** Square of the coefficient of variation: with heavy tails few jobs say little of how far their mean is off. */
function variation({ mean, secondMoment }: Law): number {
  return secondMoment / (mean * mean) - 1;
}
