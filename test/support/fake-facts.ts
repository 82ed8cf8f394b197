import { type ResourceCatalog, resource } from '../../src/base/amounts.ts';
import { NONE } from '../../src/base/ids.ts';
import { fromSeconds, type Time } from '../../src/base/time.ts';
import type { ClusterView } from '../../src/cluster/view.ts';
import type { JobStatus } from '../../src/simulation/job-outcome.ts';
import type { ObservedRun, Observer } from '../../src/simulation/observer.ts';
import { Observers } from '../../src/simulation/observers.ts';

/** What a fake run is told: capacities in units, roles as name to weight and parent, frameworks as name to role. */
export interface FakeCluster {
  readonly capacity: Readonly<Record<string, number>>;
  readonly roles?: Readonly<Record<string, { readonly weight?: number; readonly parent?: string }>>;
  /** A framework not named here has a role of its own name, with weight 1. */
  readonly frameworks?: Readonly<Record<string, string>>;
  readonly warm?: number;
}

interface FakeTask {
  readonly job: FakeJob;
  readonly id: number;
  readonly demand: readonly number[];
  state: 'queued' | 'running' | 'ended';
  start: Time;
  end: Time;
}

interface FakeJob {
  readonly id: number;
  readonly index: number;
  readonly name: string;
  readonly framework: number;
  readonly submit: Time;
  readonly tasks: FakeTask[];
}

/**
 * Makes facts by hand for tests of observers: what stands is found by looking through all tasks each time, so that the
 * view is plainly right. Times are in seconds, amounts in units.
 *
 * Rows of jobs and tasks that have ended are used again, as in a real run.
 */
export class FakeFacts {
  readonly resources: ResourceCatalog;
  readonly view: ClusterView;
  readonly #told: Observers;
  readonly #warm: Time;
  readonly #capacity: number[];
  readonly #roles: { name: string; weight: number; parent: number }[] = [];
  readonly #frameworks: { name: string; role: number }[] = [];
  readonly #frameworkRoles: Readonly<Record<string, string>>;
  #tasks: (FakeTask | undefined)[] = [];
  #jobs: (FakeJob | undefined)[] = [];
  #now: Time = 0;
  #first = Number.NaN;
  #lastEnd = 0;
  #submissions = 0;

  constructor(cluster: FakeCluster, observersOf: (run: FakeFacts) => readonly Observer[]) {
    this.resources = catalogOf(cluster);
    this.#capacity = Object.values(cluster.capacity).map((amount) => amount * 1000);
    this.#frameworkRoles = cluster.frameworks ?? {};
    this.#warm = fromSeconds(cluster.warm ?? 0);
    for (const [name, { weight = 1, parent }] of Object.entries(cluster.roles ?? {})) {
      const above = parent === undefined ? NONE : this.#roles.findIndex((role) => role.name === parent);
      this.#roles.push({ name, weight, parent: above });
    }
    this.view = this.#fakeView();
    this.#told = new Observers(observersOf(this), this.resources.length);
    this.#told.start({
      view: this.view,
      frameworkName: (id: number) => this.#frameworks[id]!.name,
      jobName: (id: number) => this.#jobs[id]!.name,
    } as ObservedRun);
  }

  /** Moves the clock. */
  at(seconds: number): this {
    const now = fromSeconds(seconds);
    if (now === this.#now) return this;
    this.#told.time(this.#now, now);
    this.#now = now;
    return this;
  }

  /** Submits a job with one task a demand. */
  submit(name: string, framework: string, ...demands: Readonly<Record<string, number>>[]): this {
    const id = freeRow(this.#jobs);
    const job: FakeJob = {
      id,
      index: this.#submissions++,
      name,
      framework: this.#framework(framework),
      submit: this.#now,
      tasks: [],
    };
    this.#jobs[id] = job;
    const rows = freeRows(this.#tasks, demands.length);
    for (const [i, demand] of demands.entries()) {
      const amounts = this.resources.map((r) => (demand[r.name] ?? 0) * 1000);
      const row = rows + i;
      const task: FakeTask = { job, id: row, demand: amounts, state: 'queued', start: Number.NaN, end: Number.NaN };
      this.#tasks[row] = task;
      job.tasks.push(task);
    }
    if (Number.isNaN(this.#first)) this.#first = this.#now;
    this.#told.jobSubmitted(this.#now, id);
    this.#told.flush();
    return this;
  }

  /** Starts tasks of a job by position; all of them where none is named. */
  start(name: string, ...positions: number[]): this {
    for (const task of this.#pick(name, positions)) {
      const isFirst = task.job.tasks.every(({ start }) => Number.isNaN(start));
      task.state = 'running';
      // The first start is what a job's facts go by.
      if (Number.isNaN(task.start)) task.start = this.#now;
      this.#told.taskStarted(this.#now, task.id, 0, isFirst);
      this.#told.flush();
    }
    return this;
  }

  /** Puts running tasks of a job, by position, back into the queue; no work is lost. */
  preempt(name: string, ...positions: number[]): this {
    for (const task of this.#pick(name, positions)) {
      task.state = 'queued';
      this.#told.taskPreempted(this.#now, task.id, 0, 0);
      this.#told.flush();
    }
    return this;
  }

  /** Ends tasks of a job by position, all of them where none is named; with the last one the job has ended. */
  end(name: string, ...positions: number[]): this {
    const job = this.#job(name);
    for (const task of this.#pick(name, positions)) {
      task.state = 'ended';
      task.end = this.#now;
      this.#lastEnd = this.#now;
      this.#told.taskEnded(this.#now, task.id, 0, false);
      this.#told.flush();
    }
    if (job.tasks.every(({ state }) => state === 'ended')) this.close(name, 'completed');
    return this;
  }

  /** Gives up a job of which no task has started. */
  withdraw(name: string): this {
    for (const [i, task] of this.#job(name).tasks.entries()) {
      task.state = 'ended';
      this.#told.taskWithdrawn(this.#now, task.id, i === 0);
      this.#told.flush();
    }
    return this.close(name, 'failed');
  }

  /** Tells the end of a job with the status given. */
  close(name: string, status: JobStatus): this {
    const job = this.#job(name);
    const started = job.tasks.map(({ start }) => start).filter((start) => !Number.isNaN(start));
    const runs = job.tasks.map(({ start, end }) => end - start);
    const widths = job.tasks.map(({ demand }) => demand[0]! / 1000);
    const outcome = {
      index: job.index,
      name,
      framework: job.framework,
      submit: job.submit,
      start: started.length > 0 ? Math.min(...started) : Number.NaN,
      end: status === 'rejected' || status === 'unfinished' ? Number.NaN : this.#now,
      run: Math.max(...runs),
      width: widths.reduce((sum, width) => sum + width, 0),
      area: widths.reduce((sum, width, i) => sum + width * runs[i]!, 0),
      tasks: job.tasks.length,
      status,
      reason: '',
      source: 0,
    };
    this.#told.jobEnded(this.#now, outcome);
    this.#told.flush();
    this.#jobs[job.id] = undefined;
    for (const task of job.tasks) this.#tasks[task.id] = undefined;
    return this;
  }

  /** Tells of a job that was never accepted. */
  reject(name: string, framework: string): this {
    const nothing = { name, framework: this.#framework(framework), reason: 'too large', source: 0 };
    const times = { submit: this.#now, start: Number.NaN, end: Number.NaN, run: 0, width: 0, area: 0, tasks: 1 };
    const outcome = { index: this.#submissions++, status: 'rejected' as const, ...nothing, ...times };
    this.#told.jobRejected(this.#now, outcome);
    this.#told.flush();
    return this;
  }

  /** Ends the run: at the last end, or cut at the time given with what is left unfinished. */
  finish(until?: number): this {
    if (until !== undefined) {
      this.at(until);
      for (const job of [...this.#jobs]) if (job !== undefined) this.close(job.name, 'unfinished');
    }
    const end = until === undefined ? this.#lastEnd : this.#now;
    const start = Number.isNaN(this.#first) ? 0 : this.#first;
    this.#told.end({ start, end, warm: this.#warm, cut: until !== undefined });
    return this;
  }

  /** Changes a capacity, as nodes that come and go would. */
  resize(name: string, amount: number): this {
    this.#capacity[this.resources.findIndex((r) => r.name === name)] = amount * 1000;
    this.#told.capacityChanged(this.#now);
    this.#told.flush();
    return this;
  }

  /** What a framework is doing now; amounts in thousandths. */
  standing(framework: number): { used: number[]; demand: number[]; queued: number; running: number } {
    const tasks = this.#tasks.filter((task) => task?.job.framework === framework && task.state !== 'ended');
    const running = tasks.filter((task) => task!.state === 'running');
    const sum = (of: typeof tasks, r: number) => of.reduce((total, task) => total + task!.demand[r]!, 0);
    return {
      used: this.resources.map((_, r) => sum(running, r)),
      demand: this.resources.map((_, r) => sum(tasks, r)),
      queued: tasks.length - running.length,
      running: running.length,
    };
  }

  /** Jobs of which no task has started. */
  waitingJobs(): number {
    return this.#jobs.filter((job) => job?.tasks.every(({ start }) => Number.isNaN(start))).length;
  }

  frameworkId(name: string): number {
    return this.#frameworks.findIndex((framework) => framework.name === name);
  }

  roleId(name: string): number {
    return this.#roles.findIndex((role) => role.name === name);
  }

  #job(name: string): FakeJob {
    return this.#jobs.find((job) => job?.name === name)!;
  }

  #pick(name: string, positions: readonly number[]): FakeTask[] {
    const { tasks } = this.#job(name);
    return positions.length === 0 ? tasks : positions.map((position) => tasks[position]!);
  }

  #framework(name: string): number {
    const known = this.frameworkId(name);
    if (known >= 0) return known;
    const role = this.#frameworkRoles[name] ?? name;
    if (this.roleId(role) < 0) this.#roles.push({ name: role, weight: 1, parent: NONE });
    return this.#frameworks.push({ name, role: this.roleId(role) }) - 1;
  }

  #within(role: number, top: number): boolean {
    for (let r = role; r !== NONE; r = this.#roles[r]!.parent) if (r === top) return true;
    return false;
  }

  #used(resource: number, of: (framework: number) => boolean): number {
    const running = this.#tasks.filter((task) => task?.state === 'running' && of(task.job.framework));
    return running.reduce((sum, task) => sum + task!.demand[resource]!, 0);
  }

  #queued(of: (framework: number) => boolean): number {
    return this.#tasks.filter((task) => task?.state === 'queued' && of(task.job.framework)).length;
  }

  #fakeView(): ClusterView {
    const queuedOf = (job: number) => this.#jobs[job]!.tasks.filter(({ state }) => state === 'queued');
    const run = this;
    const view: Partial<ClusterView> = {
      resources: this.resources,
      get queuedTasks() {
        return run.#queued(() => true);
      },
      get frameworkCount() {
        return run.#frameworks.length;
      },
      get roleCount() {
        return run.#roles.length;
      },
      firstQueuedTask: (job) => queuedOf(job)[0]?.id ?? NONE,
      nextQueuedTask: (task) => {
        const all = queuedOf(this.#tasks[task]!.job.id).map(({ id }) => id);
        return all[all.indexOf(task) + 1] ?? NONE;
      },
      frameworkOf: (job) => this.#jobs[job]!.framework,
      submission: (job) => this.#jobs[job]!.index,
      firstTask: (job) => this.#jobs[job]!.tasks[0]!.id,
      taskCount: (job) => this.#jobs[job]!.tasks.length,
      isFluid: () => false,
      hasStages: () => false,
      jobOf: (task) => this.#tasks[task]!.job.id,
      demand: (task, r) => this.#tasks[task]!.demand[r]!,
      totalCapacity: (r) => this.#capacity[r]!,
      totalFree: (r) => this.#capacity[r]! - this.#used(r, () => true),
      roleOf: (framework) => this.#frameworks[framework]!.role,
      frameworkUsed: (framework, r) => this.#used(r, (f) => f === framework),
      frameworkQueuedTasks: (framework) => this.#queued((f) => f === framework),
      roleName: (role) => this.#roles[role]!.name,
      roleParent: (role) => this.#roles[role]!.parent,
      roleWeight: (role) => this.#roles[role]!.weight,
      roleUsed: (role, r) => this.#used(r, (f) => this.#within(this.#frameworks[f]!.role, role)),
    };
    return view as ClusterView;
  }
}

/** The resources a fake cluster has, with the usual precision of a thousandth. */
export function catalogOf(cluster: FakeCluster): ResourceCatalog {
  return Object.keys(cluster.capacity).map((name) => resource(name));
}

/** The first of so many unused rows side by side. */
function freeRows(rows: readonly unknown[], count: number): number {
  let first = 0;
  for (let row = 0; row < first + count && row < rows.length; row++) if (rows[row] !== undefined) first = row + 1;
  return first;
}

function freeRow(rows: readonly unknown[]): number {
  const free = rows.indexOf(undefined);
  return free >= 0 ? free : rows.length;
}
