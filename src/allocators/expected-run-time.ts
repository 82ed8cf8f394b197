import { grown } from '../base/grow.ts';
import type { FrameworkId, JobId } from '../base/ids.ts';
import type { OptionSpec } from '../base/options.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';

/** Which run times a backfilling policy plans with. */
export const plannedRunTimeOption: OptionSpec = {
  kind: 'choice',
  of: ['requested', 'exact', 'predicted'],
  default: 'requested',
  summary:
    "the run time that plans go by: the user's estimate, the true one, or the mean of the user's last two, at most the estimate",
};

/** What a policy takes a job's run time for, before it is known. */
export interface ExpectedRunTime {
  /** A job was submitted: what is to be expected is settled now. */
  onJobQueued(job: JobId): void;
  /** Microseconds. */
  of(job: JobId): Time;
  /** The job has run so long and goes on: gives what is expected of it now, at least as much as before. */
  corrected(job: JobId, ran: Time): Time;
  onJobEnded(job: JobId): void;
}

/** Makes the expectation that an option names. */
export function expectedRunTime(kind: string, view: ClusterView): ExpectedRunTime {
  if (kind === 'predicted') return new LastTwo(view);
  const of = kind === 'exact' ? (job: JobId) => view.runTime(job) : (job: JobId) => view.estimate(job);
  return { onJobQueued: () => {}, of, corrected: (job) => of(job), onJobEnded: () => {} };
}

/**
 * Expects the mean of the user's last two run times, at most the estimate; a job that runs longer is expected to take
 * its whole estimate.
 *
 * @see Tsafrir, Etsion, Feitelson, Backfilling using system-generated predictions rather than user runtime estimates,
 * TPDS 2007, sections 4 and 5
 */
class LastTwo implements ExpectedRunTime {
  readonly #view: ClusterView;
  readonly #last = new Map<FrameworkId, readonly [Time, Time]>();
  #expected = new Float64Array(0);

  constructor(view: ClusterView) {
    this.#view = view;
  }

  onJobQueued(job: JobId): void {
    this.#expected = grown(this.#expected, job + 1);
    const last = this.#last.get(this.#view.frameworkOf(job));
    const estimate = this.#view.estimate(job);
    this.#expected[job] = last === undefined ? estimate : Math.min(estimate, Math.floor((last[0] + last[1]) / 2));
  }

  of(job: JobId): Time {
    return this.#expected[job]!;
  }

  corrected(job: JobId, ran: Time): Time {
    if (ran >= this.#expected[job]!) this.#expected[job] = Math.max(this.#expected[job]!, this.#view.estimate(job));
    return this.#expected[job]!;
  }

  onJobEnded(job: JobId): void {
    const framework = this.#view.frameworkOf(job);
    const ran = this.#view.runTime(job);
    const last = this.#last.get(framework);
    this.#last.set(framework, last === undefined ? [ran, ran] : [last[1], ran]);
  }
}
