import { Sum } from '../../base/sum.ts';
import { SECOND, type Time, toSeconds } from '../../base/time.ts';
import { boundedRatio } from '../../metrics/bounded-slowdown.ts';
import type { JobOutcome } from '../../simulation/job-outcome.ts';
import type { Observer } from '../../simulation/observer.ts';

/** The 32-bit FNV hash. */
const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/** When one job ran; microseconds. */
interface Ran {
  readonly index: number;
  readonly submit: Time;
  readonly start: Time;
  readonly end: Time;
  readonly run: Time;
  /** Processors times microseconds. */
  readonly area: number;
}

/** Notes when each job ran, for figures of others that are no metrics of ours. */
export class StartLog implements Observer {
  readonly #jobs: Ran[] = [];

  onJobEnded(_time: Time, { index, submit, start, end, run, area, status }: JobOutcome): void {
    if (status !== 'rejected') this.#jobs.push({ index, submit, start, end, run, area });
  }

  /** Sum of all waits, seconds. */
  totalWait(): number {
    return toSeconds(this.#jobs.reduce((sum, { submit, start }) => sum + (start - submit), 0));
  }

  /** The root of the mean square of the bounded slowdowns. */
  rmsBoundedSlowdown(): number {
    const squares = new Sum();
    for (const { submit, end, run } of this.#jobs) {
      const slowdown = Math.max(1, boundedRatio(end - submit, run));
      squares.add(slowdown * slowdown);
    }
    return Math.sqrt(squares.value / this.#jobs.length);
  }

  /** The work of all jobs over what the machine could do from the first submission to the last start. */
  workUntilLastStart(processors: number): number {
    let area = 0;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const job of this.#jobs) {
      area += job.area;
      first = Math.min(first, job.submit);
      last = Math.max(last, job.start);
    }
    return area / ((last - first) * processors);
  }

  /** Hashes the start times, in seconds and in order of submission, so that equal schedules are known by one number. */
  hash(): number {
    const inOrder = [...this.#jobs].sort((a, b) => a.index - b.index);
    let hash = FNV_OFFSET;
    for (const { start } of inOrder) hash = Math.imul(hash ^ (start / SECOND), FNV_PRIME);
    return hash >>> 0;
  }
}
