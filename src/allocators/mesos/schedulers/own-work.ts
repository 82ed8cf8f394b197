import type { ResourceCatalog } from '../../../base/amounts.ts';
import { type FrameworkId, type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { ClusterView } from '../../../cluster/view.ts';

/** What a framework knows of its own jobs and tasks. */
export class OwnWork {
  /** How many resources there are. */
  readonly resources: number;
  readonly catalog: ResourceCatalog;
  readonly #view: ClusterView;
  readonly #framework: FrameworkId;
  /** Tasks that are gone with their node, which nobody has told the framework yet. */
  readonly #untold: ReadonlySet<TaskId>;
  /** How many tasks of each job the framework has running, as far as it knows. */
  readonly #running: ReadonlyMap<JobId, number>;

  constructor(
    view: ClusterView,
    framework: FrameworkId,
    untold: ReadonlySet<TaskId>,
    running: ReadonlyMap<JobId, number>,
  ) {
    this.#view = view;
    this.#framework = framework;
    this.#untold = untold;
    this.#running = running;
    this.resources = view.resources.length;
    this.catalog = view.resources;
  }

  /** True if a task waits for an offer. */
  get hasQueued(): boolean {
    const waiting = this.#view.frameworkQueuedTasks(this.#framework);
    if (this.#untold.size === 0) return waiting > 0;
    for (const _ of this.jobs()) return true;
    return false;
  }

  /** The jobs with a queued task, in order of submission. */
  *jobs(): Iterable<JobId> {
    const view = this.#view;
    for (let job = view.firstQueuedJobOf(this.#framework); job !== NONE; ) {
      const next = view.nextQueuedJobOf(job);
      if (this.firstQueued(job) !== NONE) yield job;
      job = next;
    }
  }

  /** The first queued task of a job, or -1; a gang has none before all that it has lost is told. */
  firstQueued(job: JobId): TaskId {
    if (this.#untold.size > 0 && this.isGang(job) && this.#isPartlyUntold(job)) return NONE;
    return this.#told(this.#view.firstQueuedTask(job));
  }

  /** The next one behind a queued task, or -1. */
  nextQueued(task: TaskId): TaskId {
    return this.#told(this.#view.nextQueuedTask(task));
  }

  #isPartlyUntold(gang: JobId): boolean {
    for (const task of this.#untold) if (this.#view.jobOf(task) === gang) return true;
    return false;
  }

  #told(task: TaskId): TaskId {
    let at = task;
    while (at !== NONE && this.#untold.has(at)) at = this.#view.nextQueuedTask(at);
    return at;
  }

  /** How many tasks of a job run. */
  running(job: JobId): number {
    return this.#running.get(job) ?? 0;
  }

  isGang(job: JobId): boolean {
    return this.#view.isGang(job) && this.#view.taskCount(job) > 1;
  }

  isRunning(task: TaskId): boolean {
    return this.#view.isRunning(task);
  }

  isQueued(task: TaskId): boolean {
    return !this.#untold.has(task) && this.#view.isQueued(task);
  }

  /** True for a task that waits for others of its job. */
  isWaiting(task: TaskId): boolean {
    return this.#view.isWaiting(task);
  }

  /** True if some tasks of the job wait for others, at least at first. */
  hasStages(job: JobId): boolean {
    return this.#view.hasStages(job);
  }

  jobOf(task: TaskId): JobId {
    return this.#view.jobOf(task);
  }

  firstTask(job: JobId): TaskId {
    return this.#view.firstTask(job);
  }

  taskCount(job: JobId): number {
    return this.#view.taskCount(job);
  }

  /** Position in the sequence of all submissions. */
  submission(job: JobId): number {
    return this.#view.submission(job);
  }

  submitTime(job: JobId): Time {
    return this.#view.submitTime(job);
  }

  priority(job: JobId): number {
    return this.#view.priority(job);
  }

  /** The user's guess of the run time. */
  estimate(job: JobId): Time {
    return this.#view.estimate(job);
  }

  demand(task: TaskId, resource: number): number {
    return this.#view.demand(task, resource);
  }

  /** Says whether two tasks demand the same. */
  isLike(a: TaskId, b: TaskId): boolean {
    for (let r = 0; r < this.resources; r++) if (this.demand(a, r) !== this.demand(b, r)) return false;
    return true;
  }

  /** True if the task asks for devices, of which a node may have enough in sum and still none that will do. */
  needsDevices(task: TaskId): boolean {
    const { resources } = this.#view;
    for (let r = 0; r < resources.length; r++) if (resources[r]!.devices && this.demand(task, r) > 0) return true;
    return false;
  }

  /** Says whether the node's devices, less those that were tried, will do for the task. */
  hasDevices(task: TaskId, node: NodeId): boolean {
    return this.#view.fits(task, node);
  }

  /** Takes the task's devices on trial, until the master is told something, or the scheduler is done. */
  tryDevices(task: TaskId, node: NodeId): void {
    this.#view.trial.take(task, node);
  }

  /** Forgets the last devices that were tried. */
  untryDevices(): void {
    this.#view.trial.rollback(this.#view.trial.depth - 1);
  }

  /** Forgets all devices that were tried. */
  forgetTrials(): void {
    this.#view.trial.rollback();
  }

  /** Says whether a node has the attributes that the task asks for. */
  mayRun(task: TaskId, node: NodeId): boolean {
    const constraint = this.#view.constraint(task);
    return constraint === 0 || this.#view.classSatisfies(this.#view.nodeClass(node), constraint);
  }
}
