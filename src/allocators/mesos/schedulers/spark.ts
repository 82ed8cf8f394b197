import { toSteps } from '../../../base/amounts.ts';
import { type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { OptionReader } from '../../../base/options.ts';
import type { Time } from '../../../base/time.ts';
import { Executor } from './executor.ts';
import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
  SchedulerContext,
  SchedulerDefinition,
  TaskOutcome,
} from './framework-scheduler.ts';
import { awaitsGang, gangsOf } from './greedy.ts';
import { LeastDemand } from './least-demand.ts';
import type { OwnWork } from './own-work.ts';
import { isBelow } from './rest-of-offer.ts';
import { startGangs } from './start-gangs.ts';

/** Holds executors, and runs the tasks of its jobs on them in order of submission. */
export const spark: SchedulerDefinition = {
  name: 'spark',
  summary: 'keeps what it accepts as executors, on which one task after the other runs, near what earlier ones cached',
  source: 'Hindman et al., Mesos, NSDI 2011, section 5.3; Spark on Mesos, coarse-grained mode with dynamic allocation',
  options: {
    'executor-cpus': {
      kind: 'number',
      min: 0,
      default: 0,
      summary: 'cpus of one executor; 0: all that is offered',
    },
    'executor-mem': {
      kind: 'number',
      min: 0,
      default: 0,
      summary: 'memory of one executor, in MiB; 0: all that is offered',
    },
    'max-executors': {
      kind: 'number',
      whole: true,
      min: 0,
      default: 0,
      summary: 'how many it holds at most; 0: no limit',
    },
    'idle-timeout': {
      kind: 'duration',
      optional: true,
      zero: true,
      default: '60s',
      summary: 'how long it keeps an executor on which nothing runs; none: until no job is left',
    },
    'cached-speed': {
      kind: 'number',
      min: 0.001,
      default: 1,
      summary: 'how fast a task runs on an executor on which another of its job has finished',
    },
  },
  create: (options, context) => new SparkScheduler(options, context),
};

class SparkScheduler implements FrameworkScheduler {
  readonly #driver: FrameworkDriver;
  readonly #work: OwnWork;
  /** Whole steps of one executor, one a resource; 0 for all that is offered. */
  readonly #size: Float64Array;
  readonly #max: number;
  readonly #idleTimeout: Time | null;
  readonly #cachedSpeed: number;
  /** In the order in which they were taken. */
  readonly #executors = new Map<number, Executor>();
  #taken = 0;
  readonly #executorOf = new Map<TaskId, Executor>();
  /** Those on which nothing runs, and since when; the longest idle first. */
  readonly #idle = new Map<Executor, Time>();
  readonly #jobs = new Set<JobId>();
  readonly #least: LeastDemand;
  /** Executors with more room than when tasks were last placed, and jobs with other tasks queued. */
  readonly #roomier = new Set<Executor>();
  readonly #changed = new Set<JobId>();

  constructor(options: OptionReader, { driver, work }: SchedulerContext) {
    this.#driver = driver;
    this.#work = work;
    this.#least = new LeastDemand(work);
    const units: Readonly<Record<string, number>> = {
      cpus: options.number('executor-cpus'),
      mem: options.number('executor-mem'),
    };
    this.#size = Float64Array.from(work.catalog, (of) => toSteps(units[of.name] ?? 0, of, 'demand').amount);
    this.#max = options.number('max-executors') || Number.POSITIVE_INFINITY;
    this.#idleTimeout = options.duration('idle-timeout');
    this.#cachedSpeed = options.number('cached-speed');
  }

  onOffers(offers: readonly Offer[]): void {
    this.#place();
    const least = this.#least.now();
    const left = startGangs(offers, gangsOf(this.#work), this.#driver, this.#work, false);
    const awaits = awaitsGang(this.#work);
    for (const offer of left) {
      const mayTake = this.#executors.size < this.#max && !isBelow(offer.amounts, least);
      const amounts = mayTake ? this.#amountsOf(offer) : null;
      // Offers that a gang waits for must come together.
      if (amounts === null) this.#driver.decline(offer, awaits ? 0 : undefined);
      else this.#take(offer, amounts, least);
    }
    this.#releaseIdle();
  }

  /** How much of the offer becomes an executor, so that the first task fits that may; null where none does. */
  #amountsOf(offer: Offer): Float64Array | null {
    for (const job of this.#work.jobs()) {
      const task = this.#work.firstQueued(job);
      if (this.#work.isGang(job) || !this.#suits(offer, task)) continue;
      return offer.amounts.map((offered, r) => (this.#size[r] === 0 ? offered : this.#sizeFor(r, task)));
    }
    return null;
  }

  #suits({ amounts, node }: Offer, task: TaskId): boolean {
    for (let r = 0; r < amounts.length; r++) if (this.#sizeFor(r, task) > amounts[r]!) return false;
    return this.#work.mayRun(task, node);
  }

  /** What an executor has at least, so that it is of use to the task it is made for. */
  #sizeFor(r: number, task: TaskId): number {
    return Math.max(this.#size[r]!, this.#work.demand(task, r));
  }

  #take(offer: Offer, amounts: Float64Array, least: Float64Array): void {
    const isWhole = amounts.every((amount, r) => amount === offer.amounts[r]!);
    // What is left of the node may become its next executor.
    const refuse = !isWhole && this.#executors.size + 1 < this.#max ? 0 : undefined;
    const executor = new Executor(this.#driver.hold(offer, amounts, refuse), this.#taken, this.#work);
    this.#executors.set(this.#taken++, executor);
    for (const job of this.#work.jobs()) {
      if (isBelow(executor.left, least)) return;
      this.#runOn(job, [executor]);
    }
  }

  /** Places what may have found room since it was last tried. */
  #place(): void {
    if (this.#roomier.size === 0 && this.#changed.size === 0) return;
    const roomier = [...this.#roomier].sort((a, b) => a.number - b.number);
    for (const job of this.#work.jobs()) {
      this.#runOn(job, this.#changed.has(job) ? [...this.#executors.values()] : roomier);
    }
    this.#roomier.clear();
    this.#changed.clear();
  }

  /** Runs tasks of a job up to the first that none of the executors has room for; those with its data come first. */
  #runOn(job: JobId, executors: readonly Executor[]): void {
    const work = this.#work;
    if (work.isGang(job)) return;
    const order = executors.length > 1 ? nearFirst(executors, job) : executors;
    let at = 0;
    let before = NONE;
    for (let task = work.firstQueued(job); task !== NONE; ) {
      // Of like tasks none fits where the one before found no room.
      if (before !== NONE && !work.isLike(before, task)) at = 0;
      while (at < order.length && !order[at]!.fits(task)) at++;
      if (at === order.length) return;
      before = task;
      task = work.nextQueued(task);
      this.#launch(before, job, order[at]!);
    }
  }

  #launch(task: TaskId, job: JobId, executor: Executor): void {
    executor.take(task);
    this.#idle.delete(executor);
    this.#executorOf.set(task, executor);
    this.#driver.launchHeld(executor.held, task, executor.cached.has(job) ? this.#cachedSpeed : 1);
  }

  onWake(): void {
    this.#place();
    this.#releaseIdle();
  }

  #releaseIdle(): void {
    const timeout = this.#idleTimeout;
    const { now } = this.#driver;
    // Without a timeout: what is idle while tasks wait has room for none of them, and must not be in their way.
    const all = timeout === null && (this.#jobs.size === 0 || (this.#idle.size > 0 && this.#work.hasQueued));
    for (const [executor, since] of this.#idle) {
      if (!all && (timeout === null || now < since + timeout)) return;
      this.#drop(executor);
      this.#driver.release(executor.held);
    }
  }

  #drop(executor: Executor): void {
    this.#executors.delete(executor.number);
    this.#idle.delete(executor);
    this.#roomier.delete(executor);
  }

  onRescinded(offer: Offer): void {
    for (const executor of this.#executors.values()) if (executor.held === offer) this.#drop(executor);
  }

  onJobQueued(job: JobId): void {
    this.#jobs.add(job);
    this.#changed.add(job);
    this.#actNow();
  }

  onTasksReady(job: JobId): void {
    this.#changed.add(job);
    this.#actNow();
  }

  onTaskEnded(task: TaskId, job: JobId, _node: NodeId, outcome: TaskOutcome): void {
    if (outcome !== 'finished') this.#changed.add(job);
    const executor = this.#executorOf.get(task);
    this.#executorOf.delete(task);
    if (executor === undefined) return;
    executor.giveBack(task);
    if (outcome === 'finished') executor.cached.add(job);
    // Its node is gone, and it with it.
    if (outcome === 'lost') this.#drop(executor);
    if (this.#executors.has(executor.number)) this.#hasRoom(executor);
    this.#actNow();
  }

  #hasRoom(executor: Executor): void {
    this.#roomier.add(executor);
    if (executor.running > 0) return;
    this.#idle.set(executor, this.#driver.now);
    if (this.#idleTimeout !== null) this.#driver.wakeAt(this.#driver.now + this.#idleTimeout);
  }

  onJobEnded(job: JobId): void {
    this.#jobs.delete(job);
    this.#changed.delete(job);
    this.#least.onJobEnded(job);
    for (const executor of this.#executors.values()) executor.cached.delete(job);
    this.#actNow();
  }

  /** Offers and wakes alone are answered: several things may happen in one instant. */
  #actNow(): void {
    if (this.#executors.size > 0) this.#driver.wakeAt(this.#driver.now);
  }
}

function nearFirst(executors: readonly Executor[], job: JobId): readonly Executor[] {
  const near = executors.filter(({ cached }) => cached.has(job));
  return near.length === 0 ? executors : [...near, ...executors.filter(({ cached }) => !cached.has(job))];
}
