import { type JobId, NONE } from '../../../base/ids.ts';
import { FillingScheduler } from './filling-scheduler.ts';
import type { SchedulerDefinition } from './framework-scheduler.ts';
import type { OwnWork } from './own-work.ts';
import type { RestOfOffer } from './rest-of-offer.ts';

/** Starts no task before all those that were submitted earlier. */
export const fifoScheduler: SchedulerDefinition = {
  name: 'fifo',
  summary: 'launches its tasks strictly in order of submission; the first that does not fit holds up the others',
  source: 'Zaharia et al., Delay scheduling, EuroSys 2010, section 2.1 (the default scheduler of Hadoop)',
  options: {},
  create: (_options, context) => {
    const { work } = context;
    return new FillingScheduler(context, {
      strict: true,
      gangs: () => headGangs(work),
      fill: (rest) => fillStrictly(rest, work),
    });
  },
};

/** The gangs at the head of the queue: up to the first job that is none. */
function* headGangs(work: OwnWork): Iterable<JobId> {
  for (const job of work.jobs()) {
    if (!work.isGang(job)) return;
    yield job;
  }
}

function fillStrictly(rest: RestOfOffer, work: OwnWork): void {
  for (const job of work.jobs()) {
    if (work.isGang(job)) return;
    for (let task = work.firstQueued(job); task !== NONE; task = work.nextQueued(task)) {
      if (!rest.fits(task)) return;
      rest.take(task);
    }
  }
}
