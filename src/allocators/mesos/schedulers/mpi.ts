import { type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
  SchedulerContext,
  SchedulerDefinition,
  Seat,
  TaskOutcome,
} from './framework-scheduler.ts';
import { GangSeats, seatGang } from './gang-seats.ts';
import type { OwnWork } from './own-work.ts';
import { RestOfOffer } from './rest-of-offer.ts';

/** Starts whole jobs only, one after the other; gathers offers until there is room for the next. */
export const mpi: SchedulerDefinition = {
  name: 'mpi',
  summary: 'starts all tasks of a job at once, strictly in order of submission, and gathers offers until they fit',
  source: 'Hindman et al., Mesos, NSDI 2011, section 6.1.2 (Torque and MPI)',
  options: {
    gather: {
      kind: 'choice',
      of: ['hoard', 'decline'],
      default: 'hoard',
      summary:
        'hoard: keeps offers without an answer until the job fits; decline: starts it on offers that come together',
    },
    patience: {
      kind: 'duration',
      optional: true,
      default: 'none',
      summary: 'with `gather: hoard`: after how long it gives all back and begins anew',
    },
  },
  create: (options, context) =>
    options.text('gather') === 'hoard'
      ? new Hoarder(context, options.duration('patience'))
      : { onOffers: (offers) => startTogether(offers, context) },
};

function startTogether(offers: readonly Offer[], { driver, work }: SchedulerContext): void {
  let left = offers;
  for (const job of work.jobs()) {
    const seats = seatGang(job, left, work);
    if (seats === null) break;
    const used = start(job, seats, driver, work);
    left = left.filter((offer) => !used.has(offer));
  }
  // Offers that a job waits for must come together: what is refused for longer would come one by one.
  const refuse = work.hasQueued ? 0 : undefined;
  for (const offer of left) driver.decline(offer, refuse);
}

class Hoarder implements FrameworkScheduler {
  readonly #driver: FrameworkDriver;
  readonly #work: OwnWork;
  readonly #patience: Time | null;
  /** In the order in which they came. */
  readonly #kept = new Set<Offer>();
  /** When the first of them came since it last gave all back or started a job. */
  #since: Time | null = null;
  /** For whom it gathers; null when that must be looked at anew. */
  #seats: GangSeats | null = null;
  #kinds: readonly TaskId[] = [];

  constructor({ driver, work }: SchedulerContext, patience: Time | null) {
    this.#driver = driver;
    this.#work = work;
    this.#patience = patience;
  }

  onOffers(offers: readonly Offer[]): void {
    let fresh: readonly Offer[] = this.#seats === null ? [...this.#kept, ...offers] : offers;
    for (let job = firstOf(this.#work); job !== NONE; job = firstOf(this.#work)) {
      const seats = this.#gatherFor(job);
      const useless = this.#keep(fresh, seats);
      if (!seats.settle()) {
        this.#giveBack(useless, seats);
        return;
      }
      for (const used of start(job, seats.seats, this.#driver, this.#work)) this.#kept.delete(used);
      this.#beginAnew();
      // What was of no use for this job may be for the next.
      fresh = [...this.#kept, ...useless];
    }
    for (const offer of fresh) this.#driver.decline(offer);
    this.#kept.clear();
    this.#beginAnew();
  }

  #gatherFor(job: JobId): GangSeats {
    if (this.#seats === null) {
      this.#seats = new GangSeats(job, this.#work);
      this.#kinds = kindsOf(job, this.#work);
    }
    return this.#seats;
  }

  /** Keeps those of the offers that have room for a task of the job, and gives the others. */
  #keep(fresh: readonly Offer[], seats: GangSeats): Offer[] {
    const useless: Offer[] = [];
    for (const offer of fresh) {
      if (this.#isUseful(new RestOfOffer(offer, this.#work))) {
        this.#kept.add(offer);
        seats.add(offer);
      } else {
        this.#kept.delete(offer);
        useless.push(offer);
      }
    }
    if (this.#kept.size > 0 && this.#since === null) {
      this.#since = this.#driver.now;
      if (this.#patience !== null) this.#driver.wakeAt(this.#since + this.#patience);
    }
    return useless;
  }

  #isUseful(rest: RestOfOffer): boolean {
    return this.#kinds.some((task) => rest.fits(task));
  }

  /**
   * Gives back what has room for no task.
   *
   * Where it would have in one piece with what is kept of the same node, both go back, to come again as one.
   */
  #giveBack(useless: readonly Offer[], seats: GangSeats): void {
    for (const offer of useless) {
      const other = seats.otherPiece(offer);
      this.#driver.decline(offer, other === null ? undefined : 0);
      if (other === null || !this.#kept.delete(other)) continue;
      this.#driver.decline(other, 0);
      this.#seats = null;
    }
    if (this.#kept.size === 0) this.#since = null;
  }

  onWake(): void {
    if (this.#kept.size === 0) return;
    if (this.#patience !== null && this.#since !== null && this.#driver.now >= this.#since + this.#patience) {
      for (const offer of this.#kept) this.#driver.decline(offer);
      this.#kept.clear();
      this.#beginAnew();
    } else if (this.#seats === null) {
      this.onOffers([]);
    }
  }

  #beginAnew(): void {
    this.#seats = null;
    this.#since = null;
  }

  onRescinded(offer: Offer): void {
    if (!this.#kept.delete(offer)) return;
    this.#seats = null;
    if (this.#kept.size === 0) this.#since = null;
  }

  onTasksReady(): void {
    // Perhaps of a job before the one that it gathers for, or of this one.
    this.#lookAgain();
  }

  onTaskEnded(_task: TaskId, _job: JobId, _node: NodeId, outcome: TaskOutcome): void {
    // What was lost is queued again, perhaps before the job that it gathers for.
    if (outcome !== 'finished') this.#lookAgain();
  }

  onJobEnded(job: JobId): void {
    if (this.#seats?.job === job) this.#lookAgain();
  }

  /** What is kept may do now, though no further offer may come. */
  #lookAgain(): void {
    this.#seats = null;
    if (this.#kept.size > 0) this.#driver.wakeAt(this.#driver.now);
  }
}

function firstOf(work: OwnWork): JobId {
  for (const job of work.jobs()) return job;
  return NONE;
}

/** The first of each run of like tasks among those of a job that are queued. */
function kindsOf(job: JobId, work: OwnWork): TaskId[] {
  const kinds: TaskId[] = [];
  for (let task = work.firstQueued(job); task !== NONE; task = work.nextQueued(task)) {
    if (kinds.length === 0 || !work.isLike(kinds[kinds.length - 1]!, task)) kinds.push(task);
  }
  return kinds;
}

/** Starts a job whose tasks all have a seat, and gives the offers used. */
function start(job: JobId, seats: readonly Seat[], driver: FrameworkDriver, work: OwnWork): ReadonlySet<Offer> {
  const tasksOn = new Map<Offer, TaskId[]>();
  for (const { task, offer } of seats) {
    const tasks = tasksOn.get(offer);
    if (tasks === undefined) tasksOn.set(offer, [task]);
    else tasks.push(task);
  }
  if (work.isGang(job)) driver.acceptGang(job, seats);
  else for (const [offer, tasks] of tasksOn) driver.accept(offer, tasks);
  return new Set(tasksOn.keys());
}
