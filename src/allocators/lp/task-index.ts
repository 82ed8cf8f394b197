import { SimulationError } from '../../base/errors.ts';
import { type JobId, NONE, type TaskId } from '../../base/ids.ts';
import type { Time } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';

/** Queued tasks of one kind: same role, weight, priority, constraint and demand; gangs of one size by themselves. */
export interface QueuedKind {
  readonly key: string;
  readonly role: number;
  readonly weight: number;
  readonly priority: number;
  readonly constraint: number;
  readonly demand: Float64Array;
  readonly isGang: boolean;
  /** Tasks that wait. */
  count: number;
  /** Tasks in order of submission, then position, with the submission of each; those before `head` are done with. */
  readonly tasks: TaskId[];
  readonly submissions: number[];
  head: number;
  isSorted: boolean;
}

/**
 * The queued tasks by kind, so that a pass costs as much as there are kinds and not as there are tasks.
 *
 * It is told of every task that enters or leaves the queue. What has left stands in its list until the head passes it.
 */
export class TaskIndex {
  readonly #view: ClusterView;
  readonly #kinds = new Map<string, QueuedKind>();
  /** By row of the task. */
  readonly #kindOf: (QueuedKind | undefined)[] = [];
  /** Gangs whose tasks demand unlike amounts, which are no kind; in order of submission. */
  readonly #unlike = new Map<number, JobId>();

  constructor(view: ClusterView) {
    this.#view = view;
  }

  queueJob(job: JobId): void {
    const view = this.#view;
    let kind: QueuedKind | undefined;
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) {
      if (kind === undefined || !this.#demandsLike(task, kind)) {
        if (kind?.isGang) {
          this.#setApart(job);
          return;
        }
        kind = this.#kind(task, job);
      }
      this.#enter(task, kind);
    }
  }

  queueTask(task: TaskId, job: JobId): void {
    if (this.#isUnlike(job)) {
      this.#setApart(job);
      return;
    }
    const kind = this.#kind(task, job);
    if (kind.tasks.length > kind.head) kind.isSorted = false;
    this.#enter(task, kind);
  }

  kindOf(task: TaskId): QueuedKind | undefined {
    return this.#kindOf[task];
  }

  leave(task: TaskId): void {
    const kind = this.#kindOf[task];
    if (kind === undefined) return;
    this.#kindOf[task] = undefined;
    kind.count--;
    if (kind.count === 0) this.#kinds.delete(kind.key);
  }

  /** The kinds of which tasks wait, the one with the oldest task first. */
  kinds(): QueuedKind[] {
    const kinds = [...this.#kinds.values()];
    const first = new Map(kinds.map((kind) => [kind, this.next(kind)]));
    const age = (kind: QueuedKind) => this.#view.submission(this.#view.jobOf(first.get(kind)!));
    return kinds.sort((a, b) => age(a) - age(b) || first.get(a)! - first.get(b)!);
  }

  /** The task of the kind that is next, of a gang its first. */
  next(kind: QueuedKind): TaskId {
    this.#sort(kind);
    while (!this.#waits(kind, kind.head)) {
      if (++kind.head >= kind.tasks.length) throw new SimulationError('the index of queued tasks has lost some');
    }
    if (kind.head > 1024 && kind.head > kind.tasks.length / 2) this.#forget(kind);
    return kind.tasks[kind.head]!;
  }

  /** When the oldest task of the kind was submitted. */
  since(kind: QueuedKind): Time {
    return this.#view.submitTime(this.#view.jobOf(this.next(kind)));
  }

  /** Gangs of unlike tasks that wait, in order of submission. */
  unlikeGangs(): JobId[] {
    const gangs: JobId[] = [];
    for (const [submission, job] of [...this.#unlike].sort(([a], [b]) => a - b)) {
      const isSame = this.#view.submission(job) === submission && this.#view.queuedTaskCount(job) > 0;
      if (isSame) gangs.push(job);
      else this.#unlike.delete(submission);
    }
    return gangs;
  }

  #enter(task: TaskId, kind: QueuedKind): void {
    this.#kindOf[task] = kind;
    kind.count++;
    kind.tasks.push(task);
    kind.submissions.push(this.#view.submission(this.#view.jobOf(task)));
  }

  /** Takes all tasks of a gang out of the kinds; it is tried by itself. */
  #setApart(job: JobId): void {
    const view = this.#view;
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) this.leave(task);
    this.#unlike.set(view.submission(job), job);
  }

  #isUnlike(job: JobId): boolean {
    const view = this.#view;
    if (!view.isGang(job)) return false;
    const first = view.firstTask(job);
    for (let task = first + 1; task < first + view.taskCount(job); task++) {
      for (let r = 0; r < view.resources.length; r++) {
        if (view.demand(task, r) !== view.demand(first, r)) return true;
      }
    }
    return false;
  }

  #demandsLike(task: TaskId, { demand }: QueuedKind): boolean {
    for (let r = 0; r < demand.length; r++) if (this.#view.demand(task, r) !== demand[r]) return false;
    return true;
  }

  #kind(task: TaskId, job: JobId): QueuedKind {
    const view = this.#view;
    const demand = Float64Array.from({ length: view.resources.length }, (_, r) => view.demand(task, r));
    const role = view.roleOf(view.frameworkOf(job));
    const weight = view.weight(job);
    const priority = view.priority(job);
    const constraint = view.constraint(task);
    const gang = view.isGang(job) && view.taskCount(job) > 1 ? view.taskCount(job) : 1;
    const key = `${role} ${weight} ${priority} ${constraint} ${gang} ${demand.join(' ')}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const queue = { count: 0, tasks: [], submissions: [], head: 0, isSorted: true };
      kind = { key, role, weight, priority, constraint, demand, isGang: gang > 1, ...queue };
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  /** Says whether the entry is still that of a task in the queue; rows of tasks are used again. */
  #waits(kind: QueuedKind, at: number): boolean {
    const task = kind.tasks[at]!;
    return this.#kindOf[task] === kind && this.#view.submission(this.#view.jobOf(task)) === kind.submissions[at];
  }

  /** Brings tasks that came back to their places. */
  #sort(kind: QueuedKind): void {
    if (kind.isSorted) return;
    const order = kind.tasks.map((task, at) => ({ task, submission: kind.submissions[at]! })).slice(kind.head);
    order.sort((a, b) => a.submission - b.submission || a.task - b.task);
    kind.head = 0;
    kind.tasks.length = 0;
    kind.submissions.length = 0;
    for (const { task, submission } of order) {
      if (kind.tasks.at(-1) === task && kind.submissions.at(-1) === submission) continue;
      kind.tasks.push(task);
      kind.submissions.push(submission);
    }
    kind.isSorted = true;
  }

  #forget(kind: QueuedKind): void {
    kind.tasks.splice(0, kind.head);
    kind.submissions.splice(0, kind.head);
    kind.head = 0;
  }
}
