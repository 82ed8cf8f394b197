import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { EndCorrection } from './end-correction.ts';
import { type ExpectedRunTime, expectedRunTime, plannedRunTimeOption } from './expected-run-time.ts';
import { FreeProfile, type Slot } from './free-profile.ts';
import { packJob } from './pack-job.ts';
import { SortedTasks } from './sorted-tasks.ts';
import { fitTogether, launchSet, startingSet } from './starting-set.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** Tasks that start together and the slot that is kept for them. */
interface Planned {
  readonly job: JobId;
  readonly tasks: readonly TaskId[];
  /** The job's position in the order of submission. */
  readonly submission: number;
  slot: Slot;
}

/**
 * Backfilling in which every queued job has a reservation: one that comes later never delays one that came before.
 *
 * When something ends earlier than expected, `compress` moves each reservation, in order of start, to the earliest
 * slot that the others leave it, so that nobody gets later; `replan` makes all reservations anew in order of
 * submission, which may break a promise.
 */
class Conservative implements Allocator {
  readonly name = 'conservative';
  readonly assumesOneSpeed = true;
  readonly #view: ClusterView;
  readonly #expected: ExpectedRunTime;
  readonly #replans: boolean;
  readonly #ends = new SortedTasks();
  readonly #profile: FreeProfile;
  readonly #correction: EndCorrection | null;
  #planned: Planned[] = [];
  #fresh: Planned[] = [];
  /** Gangs that have lost their nodes since the last pass. */
  #lostGangs: JobId[] = [];
  /** True when something ended before its time, so that reservations may move. */
  #early = true;

  /** @param predicts true if expectations are predictions, which a running job may exceed. */
  constructor(view: ClusterView, expected: ExpectedRunTime, replans: boolean, predicts: boolean) {
    this.#view = view;
    this.#correction = predicts ? new EndCorrection(view, this.#ends, expected) : null;
    this.#expected = expected;
    this.#replans = replans;
    this.#profile = new FreeProfile(view);
  }

  onJobQueued(job: JobId): void {
    this.#expected.onJobQueued(job);
    const view = this.#view;
    const tasks: TaskId[] = [];
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) tasks.push(task);
    const sets = view.isGang(job) ? [tasks] : tasks.map((task) => [task]);
    for (const set of sets) this.#enter(job, set);
  }

  #enter(job: JobId, tasks: readonly TaskId[]): void {
    this.#fresh.push({ job, tasks, submission: this.#view.submission(job), slot: NOWHERE });
  }

  onTaskStarted(task: TaskId, job: JobId): void {
    this.#ends.add(task, this.#view.now + this.#expected.of(job));
  }

  onTaskEnded(task: TaskId): void {
    if (this.#ends.keyOf(task) !== this.#view.now) this.#early = true;
    this.#ends.remove(task);
  }

  onTaskPreempted(task: TaskId, job: JobId): void {
    this.#early = true;
    this.#ends.remove(task);
    if (!this.#view.isGang(job)) this.#enter(job, [task]);
    else if (this.#view.queuedTaskCount(job) === 1) this.#lostGangs.push(job);
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    for (let task = first; task < first + count; task++) this.#enter(job, [task]);
  }

  onNodeChanged(): void {
    this.#early = true;
  }

  onJobEnded(job: JobId): void {
    this.#expected.onJobEnded(job);
  }

  expectedEnd(task: TaskId): Time {
    return this.#ends.keyOf(task);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const corrected = this.#correction?.correct() ?? false;
    const overdue = this.#ends.size > 0 && this.#ends.key(0) <= view.now;
    for (const job of this.#lostGangs) this.#enter(job, startingSet(view, job));
    this.#lostGangs = [];
    if (this.#early || overdue || corrected) this.#planAgain();
    else this.#profile.advance(view.now);
    this.#early = false;
    for (const entry of this.#fresh) this.#reserve(entry);
    this.#planned.push(...this.#fresh);
    this.#fresh = [];
    this.#launchDue(decide);
    this.#correction?.wakeAtNextEnd(decide);
  }

  whyWaiting(job: JobId): WaitingReason {
    let at = Number.POSITIVE_INFINITY;
    for (const entry of this.#planned) if (entry.job === job) at = Math.min(at, entry.slot.start);
    return { kind: 'own-reservation', ...(at < Number.POSITIVE_INFINITY && { at }) };
  }

  #planAgain(): void {
    const { now } = this.#view;
    this.#profile.reset(this.#ends);
    if (this.#replans) {
      this.#planned.sort(bySubmission);
      for (const entry of this.#planned) this.#reserve(entry);
      return;
    }
    this.#planned.sort(byStart);
    for (const entry of this.#planned) if (entry.slot.start >= now) this.#change(entry, -1);
    for (const entry of this.#planned) {
      if (entry.slot.start >= now) this.#change(entry, 1);
      this.#reserve(entry);
    }
    this.#profile.advance(now);
  }

  #reserve(entry: Planned): void {
    entry.slot = this.#profile.earliest(entry.tasks, this.#expected.of(entry.job));
    this.#change(entry, -1);
  }

  #change({ tasks, slot, job }: Planned, sign: 1 | -1): void {
    this.#profile.change(tasks, slot, slot.start + this.#expected.of(job), sign);
  }

  /** Starts what is due; where a task has run past its expected end there may be no room yet. */
  #launchDue(decide: Decisions): void {
    const view = this.#view;
    const due = this.#planned.filter(({ slot }) => slot.start <= view.now);
    if (due.length === 0) return;
    const started = new Set<Planned>();
    for (const entry of due.sort(byStart)) {
      const nodes = this.#nodesFor(entry);
      if (nodes === null) continue;
      launchSet(view, entry.job, entry.tasks, nodes, decide);
      started.add(entry);
    }
    this.#planned = this.#planned.filter((entry) => !started.has(entry));
  }

  /** The planned nodes; where nothing runs and they do not do (of devices a plan knows the totals alone), any that do. */
  #nodesFor({ job, tasks, slot }: Planned): readonly NodeId[] | null {
    const view = this.#view;
    if (fitTogether(view, tasks, slot.nodes)) return slot.nodes;
    if (view.runningTasks > 0) return null;
    if (tasks.length > 1) return packJob(view, job);
    for (let node = 0; node < view.nodeCount; node++) if (view.fits(tasks[0]!, node)) return [node];
    return null;
  }
}

/** What an entry has before its first reservation. */
const NOWHERE: Slot = { start: Number.POSITIVE_INFINITY, nodes: [] };

function byStart(a: Planned, b: Planned): number {
  return a.slot.start - b.slot.start || bySubmission(a, b);
}

/** In order of submission, then of position in the job. */
function bySubmission(a: Planned, b: Planned): number {
  return a.submission - b.submission || a.tasks[0]! - b.tasks[0]!;
}

export const conservative: AllocatorDefinition = {
  name: 'conservative',
  summary: 'backfilling in which every queued job has a reservation; nodes are planned by first fit',
  source:
    "Mu'alem and Feitelson, Utilization, predictability, workloads, and user runtime estimates, TPDS 2001, section 2",
  options: {
    'on-early-end': {
      kind: 'choice',
      of: ['compress', 'replan'],
      default: 'compress',
      summary:
        'when something ends early: move reservations up in order of start, or make all anew in order of submission',
    },
    estimates: plannedRunTimeOption,
  },
  // Predictions are corrected when they are over, for which it wakes.
  startsOnly: (options) => options.text('estimates') !== 'predicted',
  create: (options, { view }) => {
    const estimates = options.text('estimates');
    const replans = options.text('on-early-end') === 'replan';
    return new Conservative(view, expectedRunTime(estimates, view), replans, estimates === 'predicted');
  },
};
