import { type JobId, NONE, type TaskId } from '../../../base/ids.ts';
import type { SchedulerDefinition } from './framework-scheduler.ts';
import { skipping } from './greedy.ts';
import type { OwnWork } from './own-work.ts';
import type { RestOfOffer } from './rest-of-offer.ts';

/** Gives each task to the job that has the fewest running. */
export const fair: SchedulerDefinition = {
  name: 'fair',
  summary: 'the job with the fewest running tasks goes next, of equals the one submitted first',
  source: 'Zaharia et al., Delay scheduling, EuroSys 2010, section 2.2 (the fair scheduler of Hadoop)',
  options: {},
  create: (_options, context) => skipping(context, fillFairly),
};

function fillFairly(rest: RestOfOffer, work: OwnWork): void {
  const entries: FairEntry[] = [];
  for (const job of work.jobs()) {
    if (!work.isGang(job)) entries.push({ job, running: work.running(job), next: work.firstQueued(job) });
  }
  while (!rest.isFull) {
    const least = leastServed(entries, rest, work);
    if (least === null) return;
    rest.take(least.next);
    least.running++;
    least.next = work.nextQueued(least.next);
  }
}

interface FairEntry {
  readonly job: JobId;
  running: number;
  next: TaskId;
}

function leastServed(entries: readonly FairEntry[], rest: RestOfOffer, work: OwnWork): FairEntry | null {
  let least: FairEntry | null = null;
  for (const entry of entries) {
    if (entry.next === NONE || !rest.fits(entry.next)) continue;
    const isLess =
      least === null ||
      entry.running < least.running ||
      (entry.running === least.running && work.submission(entry.job) < work.submission(least.job));
    if (isLess) least = entry;
  }
  return least;
}
