import { type JobId, NONE } from '../../../base/ids.ts';
import { FillingScheduler } from './filling-scheduler.ts';
import type { FrameworkScheduler, SchedulerContext, SchedulerDefinition } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';
import type { RestOfOffer } from './rest-of-offer.ts';

/** Goes through its jobs in order of submission and launches all that fits. */
export const greedy: SchedulerDefinition = {
  name: 'greedy',
  summary: 'launches all that fits, in order of submission; what does not fit is skipped',
  source: 'Hindman et al., Mesos, NSDI 2011, section 3.1',
  options: {},
  create: (_options, context) => skipping(context, fillInOrder),
};

/** Makes a scheduler that passes over what does not fit, with its own way to fill an offer. */
export function skipping(
  context: SchedulerContext,
  fill: (rest: RestOfOffer, work: OwnWork) => void,
): FrameworkScheduler {
  const { work } = context;
  return new FillingScheduler(context, {
    strict: false,
    gangs: () => gangsOf(work),
    fill: (rest) => fill(rest, work),
  });
}

/** The queued gangs, in order of submission. */
export function* gangsOf(work: OwnWork): Iterable<JobId> {
  for (const job of work.jobs()) if (work.isGang(job)) yield job;
}

/** True if a gang is queued. */
export function awaitsGang(work: OwnWork): boolean {
  for (const _ of gangsOf(work)) return true;
  return false;
}

function fillInOrder(rest: RestOfOffer, work: OwnWork): void {
  for (const job of work.jobs()) {
    if (rest.isFull) return;
    if (work.isGang(job)) continue;
    for (let task = work.firstQueued(job); task !== NONE && rest.fits(task); task = work.nextQueued(task)) {
      rest.take(task);
    }
  }
}
