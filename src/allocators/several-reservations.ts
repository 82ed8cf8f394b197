import { type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, Decisions } from './allocator.ts';
import { EndCorrection } from './end-correction.ts';
import type { ExpectedRunTime } from './expected-run-time.ts';
import { FreeProfile } from './free-profile.ts';
import { SortedTasks } from './sorted-tasks.ts';
import { fitTogether, launchSet, startingSet } from './starting-set.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** What an EASY with several reservations is made with. */
export interface SeveralReservationsParts {
  readonly view: ClusterView;
  readonly expected: ExpectedRunTime;
  /** True if expectations are predictions, which a running job may exceed. */
  readonly predicts: boolean;
  readonly reservations: number;
  /** True if the shortest of those without a reservation are tried first. */
  readonly shortestFirst: boolean;
}

/**
 * EASY with reservations for the first k jobs of the queue instead of the head alone: the more, the nearer to
 * conservative backfilling.
 *
 * Each pass plans anew: the first k in order of submission take the earliest slots that are left, then the others
 * start if their whole expected run fits now. Nodes are planned by first fit.
 */
export class SeveralReservations implements Allocator {
  readonly name = 'easy';
  readonly #view: ClusterView;
  readonly #expected: ExpectedRunTime;
  readonly #reservations: number;
  readonly #shortestFirst: boolean;
  readonly #ends = new SortedTasks();
  readonly #profile: FreeProfile;
  /** Only where expectations are predictions. */
  readonly #correction: EndCorrection | null;

  constructor({ view, expected, predicts, reservations, shortestFirst }: SeveralReservationsParts) {
    this.#view = view;
    this.#correction = predicts ? new EndCorrection(view, this.#ends, expected) : null;
    this.#expected = expected;
    this.#reservations = reservations;
    this.#shortestFirst = shortestFirst;
    this.#profile = new FreeProfile(view);
  }

  onJobQueued(job: JobId): void {
    this.#expected.onJobQueued(job);
  }

  onTaskStarted(task: TaskId, job: JobId): void {
    this.#ends.add(task, this.#view.now + this.#expected.of(job));
  }

  onTaskEnded(task: TaskId): void {
    this.#ends.remove(task);
  }

  onTaskPreempted(task: TaskId): void {
    this.#ends.remove(task);
  }

  onJobEnded(job: JobId): void {
    this.#expected.onJobEnded(job);
  }

  expectedEnd(task: TaskId): Time {
    return this.#ends.keyOf(task);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    this.#correction?.correct();
    if (view.queuedJobs > 0) this.#startAll(view, decide);
    this.#correction?.wakeAtNextEnd(decide);
  }

  #startAll(view: ClusterView, decide: Decisions): void {
    this.#profile.reset(this.#ends);
    const others: JobId[] = [];
    let reserved = 0;
    for (let job = view.firstQueuedJob(); job !== NONE; ) {
      const next = view.nextQueuedJob(job);
      if (reserved < this.#reservations) {
        if (!this.#start(job, decide)) {
          reserved++;
          this.#reserve(job);
        }
      } else {
        others.push(job);
      }
      job = next;
    }
    if (this.#shortestFirst) {
      others.sort((a, b) => this.#expected.of(a) - this.#expected.of(b) || view.submission(a) - view.submission(b));
    }
    for (const job of others) this.#start(job, decide);
  }

  /** Starts what of the job fits now until its expected end; true when none of it is left queued. */
  #start(job: JobId, decide: Decisions): boolean {
    const view = this.#view;
    const run = this.#expected.of(job);
    for (let left = view.queuedTaskCount(job); left > 0; ) {
      const tasks = startingSet(view, job);
      const nodes = this.#profile.now(tasks, run);
      if (nodes === null || !fitTogether(view, tasks, nodes)) return false;
      left -= tasks.length;
      launchSet(view, job, tasks, nodes, decide);
      this.#profile.change(tasks, { start: view.now, nodes }, view.now + run, -1);
    }
    return true;
  }

  whyWaiting(job: JobId): WaitingReason | null {
    const view = this.#view;
    this.#profile.reset(this.#ends);
    let first: Time | null = null;
    let reserved = 0;
    for (let each = view.firstQueuedJob(); each !== NONE && reserved < this.#reservations; reserved++) {
      const at = this.#reserve(each);
      first ??= at;
      if (each === job) return { kind: 'own-reservation', ...(at < Number.POSITIVE_INFINITY && { at }) };
      each = view.nextQueuedJob(each);
    }
    const at = first !== null && first < Number.POSITIVE_INFINITY ? { at: first } : {};
    return { kind: 'reserved', job: view.firstQueuedJob(), ...at, end: view.now + this.#expected.of(job) };
  }

  #reserve(job: JobId): Time {
    const run = this.#expected.of(job);
    const tasks = startingSet(this.#view, job);
    const slot = this.#profile.earliest(tasks, run);
    this.#profile.change(tasks, slot, slot.start + run, -1);
    return slot.start;
  }
}
