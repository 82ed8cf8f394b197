import { type JobId, NONE, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { CandidateTree } from './candidate-tree.ts';
import { placementOption } from './common-options.ts';
import { EndCorrection } from './end-correction.ts';
import { type ExpectedRunTime, expectedRunTime, plannedRunTimeOption } from './expected-run-time.ts';
import { JobStarter } from './job-starter.ts';
import type { Placement } from './placement/placement.ts';
import { openReservation, type Reservation } from './reservation.ts';
import { ScoreOrder } from './score-order.ts';
import { SeveralReservations } from './several-reservations.ts';
import { SortedTasks } from './sorted-tasks.ts';
import { demandOf, launchSet, startingSet } from './starting-set.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** What an EASY is made with. */
interface EasyParts {
  readonly view: ClusterView;
  readonly expected: ExpectedRunTime;
  /** True if expectations are predictions, which a running job may exceed. */
  readonly predicts: boolean;
  readonly placement: Placement;
  /** True if the shortest of those behind the head are tried first. */
  readonly shortestFirst: boolean;
}

/**
 * First come, first served, with a reservation for the head of the queue: those behind it may start before it if they
 * do not delay it.
 *
 * The reservation is worked out anew at each pass in which something was freed. A pass with arrivals alone tries only
 * these: for the others the window has become shorter and the room no larger.
 */
class Easy implements Allocator {
  readonly name = 'easy';
  readonly assumesOneSpeed = true;
  readonly #view: ClusterView;
  readonly #expected: ExpectedRunTime;
  /** Only where expectations are predictions. */
  readonly #correction: EndCorrection | null;
  readonly #starter: JobStarter;
  readonly #ends = new SortedTasks();
  readonly #reservation: Reservation;
  /** The queue to search in order of submission; or to walk, the shortest first. */
  readonly #tree: CandidateTree | null;
  readonly #shortest: ScoreOrder | null;
  readonly #need: Float64Array;
  readonly #free: Float64Array;
  /** What starts next of a job of one task: one array for all of them. */
  readonly #single: TaskId[] = [NONE];
  #fresh: JobId[] = [];
  /** The head that the reservation is for. */
  #planned: JobId = NONE;
  #releases = -1;
  /** True when a job is queued again, or more of it: it belongs before those that came later. */
  #isOutOfOrder = false;

  constructor({ view, expected, predicts, placement, shortestFirst }: EasyParts) {
    this.#view = view;
    this.#expected = expected;
    this.#correction = predicts ? new EndCorrection(view, this.#ends, expected) : null;
    this.#starter = new JobStarter(view, placement);
    this.#reservation = openReservation(view, this.#ends, placement);
    this.#tree = shortestFirst ? null : new CandidateTree(view.resources.length);
    this.#shortest = shortestFirst ? new ScoreOrder() : null;
    this.#need = new Float64Array(view.resources.length);
    this.#free = new Float64Array(view.resources.length);
  }

  onJobQueued(job: JobId): void {
    this.#expected.onJobQueued(job);
    const run = this.#expected.of(job);
    this.#tree?.add(job, run, this.#needOf(job));
    this.#shortest?.add(job, run, this.#view.submission(job));
    this.#fresh.push(job);
  }

  onTaskStarted(task: TaskId, job: JobId): void {
    const run = this.#expected.of(job);
    this.#ends.add(task, this.#view.now + run);
    if (this.#view.queuedTaskCount(job) === 0) this.#tree?.remove(job);
    else if (!this.#view.isGang(job)) this.#tree?.change(job, run, this.#needOf(job));
  }

  onTaskEnded(task: TaskId): void {
    this.#reservation.ended(task, this.#ends.keyOf(task));
    this.#ends.remove(task);
  }

  onTaskPreempted(task: TaskId, job: JobId): void {
    this.#ends.remove(task);
    this.#reservation.forget();
    this.#isOutOfOrder = true;
    const isBack = this.#view.queuedTaskCount(job) === 1;
    if (isBack) this.#shortest?.add(job, this.#expected.of(job), this.#view.submission(job));
  }

  onTasksReady(job: JobId, _first: TaskId, count: number): void {
    const isBack = this.#view.queuedTaskCount(job) === count;
    if (isBack) {
      this.#isOutOfOrder = true;
      this.#shortest?.add(job, this.#expected.of(job), this.#view.submission(job));
    } else if (!this.#isOutOfOrder) {
      this.#tree?.change(job, this.#expected.of(job), this.#needOf(job));
    }
  }

  onNodeChanged(): void {
    this.#reservation.forget();
  }

  onJobEnded(job: JobId): void {
    this.#expected.onJobEnded(job);
  }

  expectedEnd(task: TaskId): Time {
    return this.#ends.keyOf(task);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#isOutOfOrder) this.#sortTree();
    const corrected = this.#correction?.correct() ?? false;
    if (corrected) this.#reservation.forget();
    const stale =
      corrected || view.releases !== this.#releases || view.unevenGangs > 0 || this.#reservation.shadow < view.now;
    this.#releases = view.releases;
    const fresh = this.#fresh;
    if (fresh.length > 0) this.#fresh = [];
    const queued = view.queuedTasks;
    let head = view.firstQueuedJob();
    while (head !== NONE && this.#starter.startAll(head, decide)) head = view.firstQueuedJob();
    if (head === NONE || view.queuedJobs === 1) this.#planned = NONE;
    else this.#backfill(head, stale ? null : fresh, decide);
    if (view.queuedTasks < queued) this.#shortest?.filter((job) => view.queuedTaskCount(job) > 0);
    this.#correction?.wakeAtNextEnd(decide);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    const view = this.#view;
    const head = view.firstQueuedJob();
    if (head !== this.#planned) return null;
    const { shadow, extra } = this.#reservation;
    const at = shadow < Number.POSITIVE_INFINITY ? { at: shadow } : {};
    if (job === head) return { kind: 'own-reservation', ...at };
    const isKnown = extra.every((amount) => amount < Number.POSITIVE_INFINITY);
    const beside = isKnown && { beside: Object.fromEntries(view.resources.map(({ name }, r) => [name, extra[r]!])) };
    return {
      kind: 'reserved',
      job: head,
      ...at,
      end: view.now + this.#expected.of(job),
      ...(shadow > view.now && { window: shadow - view.now }),
      ...beside,
    };
  }

  /** Tries those behind the head; only the given ones where the reservation of the last pass still holds. */
  #backfill(head: JobId, fresh: readonly JobId[] | null, decide: Decisions): void {
    if (fresh !== null && head === this.#planned) {
      const jobs = this.#shortest === null ? fresh : this.#byRunTime(fresh);
      for (const job of jobs) if (this.#view.queuedTaskCount(job) > 0) this.#start(job, decide);
      return;
    }
    this.#reservation.plan(this.#setOf(head));
    this.#planned = head;
    if (this.#tree !== null) this.#searchTree(this.#tree, head, decide);
    if (this.#shortest !== null) {
      for (let i = 0; i < this.#shortest.size; i++) {
        const job = this.#shortest.at(i);
        if (job !== head && this.#view.queuedTaskCount(job) > 0) this.#start(job, decide);
      }
    }
  }

  #sortTree(): void {
    const view = this.#view;
    this.#isOutOfOrder = false;
    this.#tree?.clear();
    for (let job = view.firstQueuedJob(); job !== NONE; job = view.nextQueuedJob(job)) {
      this.#tree?.add(job, this.#expected.of(job), this.#needOf(job));
    }
  }

  #searchTree(tree: CandidateTree, head: JobId, decide: Decisions): void {
    const view = this.#view;
    const { shadow, extra } = this.#reservation;
    for (let job = head; ; ) {
      for (let r = 0; r < this.#free.length; r++) this.#free[r] = view.totalFree(r);
      job = tree.next(job, this.#free, shadow - view.now, extra);
      if (job === NONE) return;
      this.#start(job, decide);
    }
  }

  /** Starts as much of a job as does not delay the head. */
  #start(job: JobId, decide: Decisions): void {
    const view = this.#view;
    const end = view.now + this.#expected.of(job);
    for (let left = view.queuedTaskCount(job); left > 0; ) {
      const tasks = this.#setOf(job);
      const nodes = this.#reservation.room(tasks, end);
      if (nodes === null) return;
      left -= tasks.length;
      launchSet(view, job, tasks, nodes, decide);
      this.#reservation.started(tasks, nodes, end);
    }
  }

  /** The tasks that start together next; to be used before another job is asked for. */
  #setOf(job: JobId): readonly TaskId[] {
    const view = this.#view;
    if (view.taskCount(job) > 1) return startingSet(view, job);
    this.#single[0] = view.firstQueuedTask(job);
    return this.#single;
  }

  #byRunTime(jobs: readonly JobId[]): JobId[] {
    const view = this.#view;
    return [...jobs].sort(
      (a, b) => this.#expected.of(a) - this.#expected.of(b) || view.submission(a) - view.submission(b),
    );
  }

  #needOf(job: JobId): Float64Array {
    const view = this.#view;
    if (view.isGang(job)) return demandOf(view, this.#setOf(job), this.#need);
    const task = view.firstQueuedTask(job);
    for (let r = 0; r < this.#need.length; r++) this.#need[r] = view.demand(task, r);
    return this.#need;
  }
}

export const easy: AllocatorDefinition = {
  name: 'easy',
  summary:
    'first come, first served with backfilling: the head has a reservation, others may start if they do not delay it',
  source:
    'Lifka, The ANL/IBM SP scheduling system, JSSPP 1995; Mu’alem and Feitelson, TPDS 2001; sjbf and predictions: Tsafrir, Etsion, Feitelson, TPDS 2007',
  options: {
    order: {
      kind: 'choice',
      of: ['fcfs', 'sjbf', 'fifo'],
      default: 'fcfs',
      summary:
        'in which order those behind the head are tried: of submission (fcfs, or fifo), or the shortest first (sjbf)',
    },
    reservations: {
      kind: 'number',
      whole: true,
      min: 1,
      default: 1,
      summary:
        'how many jobs at the front of the queue have a reservation; with more than one, nodes are planned by first fit',
    },
    estimates: plannedRunTimeOption,
    placement: placementOption,
  },
  // Predictions are corrected when they are over, for which it wakes.
  startsOnly: (options) => options.text('estimates') !== 'predicted',
  create: (options, { view, placement }) => {
    const estimates = options.text('estimates');
    const expected = expectedRunTime(estimates, view);
    const shortestFirst = options.text('order') === 'sjbf';
    const reservations = options.number('reservations');
    const predicts = estimates === 'predicted';
    if (reservations > 1) return new SeveralReservations({ view, expected, predicts, reservations, shortestFirst });
    return new Easy({
      view,
      expected,
      predicts,
      placement: placement(options.text('placement')),
      shortestFirst,
    });
  },
};
