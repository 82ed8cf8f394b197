import { inOrder, type TwinOrder } from './twin-order.ts';
import { chooseNode, chooseNodesOfGang, type Places, type TwinPlacement } from './twin-placement.ts';
import { Appearances, neediestFramework, type TwinHierarchy } from './twin-shares.ts';
import { fits, giveBack, type LiveJob, type LiveTask, queuedTasks, type TwinWorld, take } from './twin-world.ts';

/** The three choices of a policy; `drf` has an order of its own and passes over frameworks, whatever `queue` says. */
export interface TwinPolicy {
  readonly order: TwinOrder | 'drf';
  readonly queue: 'strict' | 'skip';
  readonly placement: TwinPlacement;
  /** For `drf`; hdrf where nothing is said. */
  readonly hierarchy?: TwinHierarchy;
}

/** Where and when one task ran; nulls where it never did. Seconds. */
export interface TwinRun {
  readonly job: number;
  readonly position: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly node: number | null;
}

/** What a run came to. */
export interface TwinSchedule {
  readonly rejected: readonly number[];
  readonly tasks: readonly TwinRun[];
}

/**
 * Simulates second by second with plain objects, full sorts and no index: slow, short and easy to check by eye.
 *
 * Written from the model alone, it is the oracle that the engine is held against.
 */
export class UnitStepTwin {
  readonly #policy: TwinPolicy;
  readonly #places: Places;
  readonly #jobs: LiveJob[];
  readonly #totals: readonly number[];
  readonly #appearances: Appearances;
  #submitted: LiveJob[] = [];
  #running: LiveTask[] = [];
  #now = 0;
  /** Frameworks whose next task fitted nowhere, until something ends. */
  readonly #blocked = new Set<string>();
  #somethingEnded = false;

  constructor(world: TwinWorld, policy: TwinPolicy) {
    this.#policy = policy;
    const nodes = world.nodes.map((capacity) => ({ capacity, free: [...capacity] }));
    this.#places = { placement: policy.placement, nodes, cursor: 0 };
    this.#totals = world.nodes[0]!.map((_, r) => world.nodes.reduce((sum, capacity) => sum + capacity[r]!, 0));
    this.#appearances = new Appearances(world, policy.hierarchy ?? 'hdrf');
    this.#jobs = world.jobs.map((spec, submission) => {
      const job: LiveJob = { spec, submission, tasks: [], rejected: false };
      for (const [position, { demand, run }] of spec.tasks.entries())
        job.tasks.push({ job, position, demand, run, node: null, start: null, end: null });
      return job;
    });
  }

  run(): TwinSchedule {
    const lastSubmit = Math.max(...this.#jobs.map((job) => job.spec.submit));
    for (this.#now = 0; this.#now <= lastSubmit || this.#running.length > 0; this.#now++) {
      while (this.#completions() + this.#arrivals() > 0) this.#pass();
    }
    return {
      rejected: this.#jobs.filter((job) => job.rejected).map((job) => job.submission),
      tasks: this.#jobs.flatMap((job) =>
        job.tasks.map(({ start, end, node }, position) => ({ job: job.submission, position, start, end, node })),
      ),
    };
  }

  /** Ends what is due and says how many tasks that were. */
  #completions(): number {
    const due = this.#running.filter((task) => task.start! + task.run === this.#now);
    this.#running = this.#running.filter((task) => !due.includes(task));
    if (due.length > 0) this.#somethingEnded = true;
    for (const task of due) {
      task.end = this.#now;
      giveBack(this.#places.nodes[task.node!]!, task.demand);
    }
    return due.length;
  }

  /** Submits what is due, rejects what can never run, and says how many jobs that were. */
  #arrivals(): number {
    const due = this.#jobs.filter((job) => job.spec.submit === this.#now && !this.#submitted.includes(job));
    this.#submitted = [...this.#submitted, ...due];
    for (const job of due) {
      this.#appearances.submitted(job.spec.framework);
      job.rejected = !this.#canEverRun(job);
    }
    return due.length;
  }

  #canEverRun(job: LiveJob): boolean {
    const capacities = this.#places.nodes.map((node) => [...node.capacity]);
    if (job.spec.gang) return canPack(job.tasks, capacities);
    return job.tasks.every((task) => canPack([task], capacities));
  }

  #queue(): LiveJob[] {
    return this.#submitted.filter((job) => !job.rejected && queuedTasks(job).length > 0);
  }

  #pass(): void {
    const { order, queue } = this.#policy;
    if (order === 'drf') {
      this.#fillByShare();
      return;
    }
    for (const job of inOrder(order, this.#queue(), this.#now)) {
      if (!this.#startAll(job) && queue === 'strict') return;
    }
  }

  /** Starts what it can of a job; true if nothing of it is left in the queue. */
  #startAll(job: LiveJob): boolean {
    while (queuedTasks(job).length > 0) if (!this.#startNext(job)) return false;
    return true;
  }

  /** Starts the next task of a job, or the whole gang; false if it does not fit. */
  #startNext(job: LiveJob): boolean {
    const queued = queuedTasks(job);
    if (!job.spec.gang) {
      const node = chooseNode(this.#places, queued[0]!.demand);
      if (node !== null) this.#start(queued[0]!, node);
      return node !== null;
    }
    const nodes = chooseNodesOfGang(this.#places, queued);
    nodes?.forEach((node, i) => {
      this.#start(queued[i]!, node);
    });
    return nodes !== null;
  }

  #start(task: LiveTask, node: number): void {
    task.start = this.#now;
    task.node = node;
    take(this.#places.nodes[node]!, task.demand);
    this.#running.push(task);
  }

  /**
   * Gives one task after another to the framework that is furthest behind, until every one of them is saturated: it has
   * nothing queued, or its next task needs a resource that has run out, or fitted nowhere since something last ended.
   */
  #fillByShare(): void {
    if (this.#somethingEnded) this.#blocked.clear();
    this.#somethingEnded = false;
    for (;;) {
      const saturated = new Set(this.#blocked);
      for (const job of this.#nextJobs()) if (this.#lacks(job)) saturated.add(job.spec.framework);
      const tree = this.#appearances.tree(this.#submitted, this.#totals, (framework) => saturated.has(framework));
      const neediest = neediestFramework(tree);
      if (neediest === null) return;
      if (!this.#startNext(this.#nextJobs().find((job) => job.spec.framework === neediest)!))
        this.#blocked.add(neediest);
    }
  }

  /** Says whether the job's next task needs a resource of which no node has anything left. */
  #lacks(job: LiveJob): boolean {
    const left = this.#totals.map((_, r) => this.#places.nodes.reduce((sum, node) => sum + node.free[r]!, 0));
    return queuedTasks(job)[0]!.demand.some((amount, r) => amount > 0 && left[r] === 0);
  }

  /** The first job in the queue of each framework. */
  #nextJobs(): LiveJob[] {
    const queue = this.#queue();
    return queue.filter((job) => queue.find((other) => other.spec.framework === job.spec.framework) === job);
  }
}

/** Tries every way to put tasks on empty nodes. */
function canPack(tasks: readonly LiveTask[], free: readonly (readonly number[])[]): boolean {
  const [task, ...rest] = tasks;
  if (task === undefined) return true;
  return free.some(
    (room, node) =>
      fits(task.demand, room) &&
      canPack(
        rest,
        free.map((other, i) => (i === node ? other.map((amount, r) => amount - task.demand[r]!) : other)),
      ),
  );
}
