import { FactKind, FactLog } from '../../src/simulation/fact-log.ts';
import type { JobOutcome } from '../../src/simulation/job-outcome.ts';
import type { Observer } from '../../src/simulation/observer.ts';
import { Observers } from '../../src/simulation/observers.ts';

/** Tells an observer of the ends of jobs, and of nothing else, as a run would. */
export function tellJobEnds(observer: Pick<Observer, 'readFacts'>, outcomes: Iterable<JobOutcome>): void {
  const told = new Observers([observer], 1);
  for (const outcome of outcomes) told.jobEnded(outcome.end, outcome);
  told.flush();
}

/** Facts of submissions at those times. */
export function submissionsAt(times: readonly number[]): FactLog {
  const facts = new FactLog(1);
  for (const [index, time] of times.entries()) facts.open(FactKind.submitted, time, index, 0);
  return facts;
}
