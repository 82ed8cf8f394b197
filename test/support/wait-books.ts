import type { JobOutcome } from '../../src/simulation/job-outcome.ts';
import type { ObservedRun, Observer } from '../../src/simulation/observer.ts';
import { type WaitFacts, whyWaits } from '../../src/simulation/wait-reason.ts';
import type { LawWorld } from './law-world.ts';
import type { TestJob } from './run-workload.ts';

/** A task that runs, by the facts of its start alone. */
export interface BookedTask {
  readonly job: number;
  readonly position: number;
  readonly node: number;
  readonly start: number;
  readonly demand: readonly number[];
}

/** One statement of why a job waited, with the books as they were then. */
export interface Statement {
  readonly time: number;
  readonly job: number;
  readonly facts: WaitFacts;
}

/**
 * Books of what is queued, runs and is free, rebuilt from starts and ends; asks behind each pass why each queued job
 * waits, and has the answer checked while the books are as they were.
 */
export class WaitBooks implements Observer {
  readonly world: LawWorld;
  readonly statements: Statement[] = [];
  readonly capacity: readonly (readonly number[])[];
  readonly zones: readonly (string | undefined)[];
  readonly running = new Map<string, BookedTask>();
  /** By job: positions of tasks that wait. */
  readonly queued = new Map<number, Set<number>>();
  readonly state: string[];
  now = 0;
  readonly #check: (statement: Statement, books: WaitBooks) => void;
  #run!: ObservedRun;

  constructor(world: LawWorld, check: (statement: Statement, books: WaitBooks) => void) {
    this.world = world;
    this.#check = check;
    const each = world.groups.flatMap((group) => Array.from({ length: group.count }, () => group));
    this.capacity = each.map(({ capacity }) => [...capacity]);
    this.zones = each.map(({ attributes }) => attributes['zone']);
    this.state = each.map(() => 'up');
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobSubmitted(_time: number, job: number): void {
    const index = this.#run.view.submission(job);
    this.queued.set(index, new Set(this.spec(index).tasks.keys()));
  }

  onTaskStarted(time: number, task: number, node: number): void {
    const { job, position } = this.#of(task);
    this.queued.get(job)!.delete(position);
    const { demand } = this.spec(job).tasks[position]!;
    this.running.set(`${job}/${position}`, { job, position, node, start: time, demand });
  }

  onTaskEnded(_time: number, task: number): void {
    const { job, position } = this.#of(task);
    this.running.delete(`${job}/${position}`);
  }

  onTaskPreempted(_time: number, task: number): void {
    this.#back(task);
  }

  onTaskLost(_time: number, task: number): void {
    this.#back(task);
  }

  onNodeChanged(_time: number, node: number): void {
    this.state[node] = this.#run.view.nodeState(node);
  }

  onJobEnded(_time: number, job: JobOutcome): void {
    this.queued.delete(job.index);
  }

  onPassed(time: number): void {
    this.now = time;
    const { view } = this.#run;
    for (let job = view.firstQueuedJob(); job !== -1; job = view.nextQueuedJob(job)) {
      const statement = { time, job: view.submission(job), facts: whyWaits(this.#run, job) };
      this.statements.push(statement);
      this.#check(statement, this);
    }
  }

  spec(job: number): TestJob {
    return this.world.jobs[job]!;
  }

  /** Jobs with queued tasks, in order of submission. */
  queue(): number[] {
    return [...this.queued]
      .filter(([, tasks]) => tasks.size > 0)
      .map(([job]) => job)
      .sort((a, b) => a - b);
  }

  /** Demands of the queued tasks of a job, in order of position. */
  demands(job: number): (readonly number[])[] {
    return [...this.queued.get(job)!].sort((a, b) => a - b).map((position) => this.spec(job).tasks[position]!.demand);
  }

  free(node: number): number[] {
    const free = [...this.capacity[node]!];
    for (const task of this.running.values()) {
      if (task.node === node) for (let r = 0; r < free.length; r++) free[r]! -= task.demand[r]!;
    }
    return free;
  }

  isAllowed(job: number, node: number): boolean {
    const zones = this.spec(job).constraint?.['zone'];
    return zones === undefined || zones.includes(this.zones[node]!);
  }

  /** What a policy takes a job's run time for that goes by estimates. */
  estimate(job: number): number {
    const { estimate, tasks } = this.spec(job);
    return estimate ?? Math.max(...tasks.map(({ run }) => run));
  }

  #back(task: number): void {
    const { job, position } = this.#of(task);
    this.running.delete(`${job}/${position}`);
    this.queued.get(job)?.add(position);
  }

  #of(task: number): { job: number; position: number } {
    const { view } = this.#run;
    return { job: view.submission(view.jobOf(task)), position: this.#run.taskPosition(task) };
  }
}
