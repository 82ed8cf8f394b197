import { expect } from 'vitest';
import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
  SchedulerDefinition,
  Seat,
  TaskOutcome,
} from '../../src/allocators/mesos/schedulers/framework-scheduler.ts';
import { OwnWork } from '../../src/allocators/mesos/schedulers/own-work.ts';
import { resource } from '../../src/base/amounts.ts';
import type { JobId, NodeId, TaskId } from '../../src/base/ids.ts';
import { OptionReader, resolveOptions } from '../../src/base/options.ts';
import { openStream, type Random } from '../../src/base/random.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import { SmallCluster, type SmallJob } from './small-cluster.ts';

/** What a fake master has besides its scheduler. */
interface FakeWorld {
  readonly nodes?: number;
  readonly attributes?: readonly Readonly<Record<string, string>>[];
  /** What the scheduler draws. */
  readonly chance?: Random;
}

/**
 * Plays the master to one scheduler, on nodes of plenty of cpus and mem, and writes down what it answers, a line each:
 * `run 0.1 on n2` is the second task of the first job submitted. Times are seconds; the usual refusal is 5.
 */
export class FakeDriver implements FrameworkDriver {
  now: Time = 0;
  readonly refuse: Time = 5 * SECOND;
  /** What the scheduler has counted. */
  readonly counted = { local: 0, remote: 0 };
  readonly #small: SmallCluster;
  readonly #scheduler: FrameworkScheduler;
  readonly #work: OwnWork;
  readonly #jobs: JobId[] = [];
  readonly #running = new Map<JobId, number>();
  readonly #untold = new Set<TaskId>();
  /** Offers without an answer. */
  readonly #open = new Set<Offer>();
  /** What is left of what the scheduler holds. */
  readonly #held = new Map<Offer, Float64Array>();
  readonly #heldOf = new Map<TaskId, Offer>();
  #wakes: Time[] = [];
  #offers = 0;
  #said: string[] = [];

  constructor(
    definition: SchedulerDefinition,
    options: Record<string, unknown> = {},
    { nodes = 4, attributes = [], chance }: FakeWorld = {},
  ) {
    const plenty = Array.from({ length: nodes }, () => [1e6, 1e6]);
    this.#small = new SmallCluster(plenty, attributes, [resource('cpus'), resource('mem')]);
    this.#work = new OwnWork(this.#small.cluster, this.#small.framework('a'), this.#untold, this.#running);
    const { values, problems } = resolveOptions(definition.options, options);
    expect(problems).toEqual([]);
    this.#scheduler = definition.create(new OptionReader(values), {
      driver: this,
      work: this.#work,
      nodes,
      stream: (name) => chance ?? openStream('1', name),
      count: (what) => this.counted[what]++,
    });
  }

  /** Submits a job: so many like tasks of 1 cpu and 1 MiB, or a list of demands. */
  job(tasks: number | readonly (readonly number[])[], how: Omit<SmallJob, 'demands'> = {}): number {
    const demands = typeof tasks === 'number' ? Array.from({ length: tasks }, () => [1, 1]) : tasks;
    this.#small.cluster.now = this.now;
    const job = this.#small.submit({ ...how, demands });
    this.#scheduler.onJobQueued?.(job);
    return this.#jobs.push(job) - 1;
  }

  /** Makes offers of so many cpus and MiB, a pair `node: amounts` each, and gives them to the scheduler together. */
  offer(...given: readonly (readonly [node: NodeId, cpus: number, mem?: number])[]): Offer[] {
    const offers = given.map(([node, cpus, mem = 1000]) => ({
      id: this.#offers++,
      node,
      amounts: Float64Array.of(cpus * 1000, mem * 1000),
      since: this.now,
    }));
    for (const offer of offers) this.#open.add(offer);
    this.#scheduler.onOffers(offers);
    this.#wake();
    return offers;
  }

  /** Moves the clock, and wakes the scheduler at each time that it has asked for. */
  until(seconds: number): void {
    for (;;) {
      const next = Math.min(...this.#wakes);
      if (next > seconds * SECOND) break;
      this.now = Math.max(this.now, next);
      this.#wake();
    }
    this.now = seconds * SECOND;
  }

  #wake(): void {
    while (this.#wakes.some((time) => time <= this.now)) {
      this.#wakes = this.#wakes.filter((time) => time > this.now);
      this.#scheduler.onWake?.();
    }
  }

  /** Ends a task, or takes it away; its job ends with its last. */
  end(job: number, position: number, outcome: TaskOutcome = 'finished'): void {
    this.tell(job, position, outcome);
    this.#wake();
  }

  /** The same without waking the scheduler: further news of the same instant may follow. */
  tell(job: number, position: number, outcome: TaskOutcome = 'finished'): void {
    const { cluster } = this.#small;
    const row = this.#jobs[job]!;
    const task = cluster.firstTask(row) + position;
    const node = cluster.nodeOf(task);
    if (outcome === 'finished') cluster.end(task);
    else cluster.requeue(task, 1);
    this.#running.set(row, this.#running.get(row)! - 1);
    const held = this.#heldOf.get(task);
    if (held !== undefined) this.#change(this.#held.get(held)!, task, 1);
    this.#heldOf.delete(task);
    this.#scheduler.onTaskEnded?.(task, row, node, outcome);
    if (outcome === 'finished' && cluster.finish(task)) this.#endJob(row);
    else if (outcome === 'finished' && cluster.hasStages(row)) this.#readyBehind(row, position);
  }

  /** Queues what has waited for a task, and for nothing else any more. */
  #readyBehind(row: number, position: number): void {
    const { cluster } = this.#small;
    const { firstTask } = cluster.stages.graphOf(row)!;
    for (const stage of cluster.stages.ended(row, position)) {
      const first = cluster.firstTask(row) + firstTask[stage]!;
      const count = firstTask[stage + 1]! - firstTask[stage]!;
      cluster.ready(first, count);
      this.#scheduler.onTasksReady?.(row, first, count);
    }
  }

  /** Gives a job up that has nothing running. */
  fail(job: number): void {
    const { cluster } = this.#small;
    const row = this.#jobs[job]!;
    for (const position of this.#small.tasksOf(row)) cluster.withdraw(cluster.firstTask(row) + position);
    this.#endJob(row);
    this.#wake();
  }

  #endJob(row: JobId): void {
    this.#running.delete(row);
    this.#scheduler.onJobEnded?.(row);
    this.#small.cluster.remove(row);
  }

  /** Takes an offer, or what is held, away. */
  rescind(offer: Offer): void {
    this.#open.delete(offer);
    this.#held.delete(offer);
    this.#scheduler.onRescinded?.(offer);
    this.#wake();
  }

  /** What the scheduler has said since this was last asked. */
  said(): string[] {
    const said = this.#said;
    this.#said = [];
    return said;
  }

  /** What the scheduler holds, in the order in which it took it. */
  held(): Offer[] {
    return [...this.#held.keys()];
  }

  accept(offer: Offer, tasks: readonly TaskId[], refuse?: Time, speed?: (task: TaskId) => number): void {
    this.#answer(offer);
    const left = offer.amounts.slice();
    for (const task of tasks) this.#start(task, offer, left, speed?.(task));
    this.#sayRefusal(`rest of n${offer.node}`, refuse);
  }

  acceptGang(job: JobId, seats: readonly Seat[], refuse?: Time): void {
    expect(seats.length).toBe(this.#small.cluster.queuedTaskCount(job));
    expect(this.#work.isGang(job)).toBe(true);
    const left = new Map<Offer, Float64Array>();
    for (const { task, offer } of seats) {
      if (!left.has(offer)) {
        this.#answer(offer);
        left.set(offer, offer.amounts.slice());
      }
      this.#start(task, offer, left.get(offer)!);
    }
    if (refuse !== 0) this.#sayRefusal('rest of the gang', refuse);
  }

  decline(offer: Offer, refuse?: Time): void {
    this.#answer(offer);
    this.#said.push(`decline n${offer.node}${refuse === undefined ? '' : ` for ${refuse / SECOND} s`}`);
  }

  hold(offer: Offer, amounts = offer.amounts, refuse?: Time): Offer {
    this.#answer(offer);
    expect(amounts.every((amount, r) => amount <= offer.amounts[r]!)).toBe(true);
    const held = { ...offer, amounts: amounts.slice() };
    this.#held.set(held, amounts.slice());
    this.#said.push(`hold ${amounts[0]! / 1000} cpus of n${offer.node}`);
    this.#sayRefusal(`rest of n${offer.node}`, refuse);
    return held;
  }

  launchHeld(held: Offer, task: TaskId, speed?: number): void {
    const left = this.#held.get(held);
    if (left === undefined) throw new Error(`it does not hold n${held.node}`);
    this.#start(task, held, left, speed);
    this.#heldOf.set(task, held);
  }

  release(held: Offer): void {
    expect(this.#held.get(held)).toEqual(held.amounts);
    this.#held.delete(held);
    this.#said.push(`release n${held.node}`);
  }

  suppress(): void {
    this.#said.push('suppress');
  }

  revive(): void {
    this.#said.push('revive');
  }

  wakeAt(time: Time): void {
    expect(time).toBeGreaterThanOrEqual(this.now);
    this.#wakes.push(time);
  }

  #answer(offer: Offer): void {
    if (!this.#open.delete(offer)) throw new Error(`the offer of n${offer.node} is not open`);
  }

  #start(task: TaskId, offer: Offer, left: Float64Array, speed?: number): void {
    const { cluster } = this.#small;
    const job = cluster.jobOf(task);
    expect(cluster.isQueued(task)).toBe(true);
    expect(this.#work.mayRun(task, offer.node)).toBe(true);
    this.#change(left, task, -1);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
    cluster.start(task, offer.node);
    this.#running.set(job, this.#work.running(job) + 1);
    const name = `${this.#jobs.lastIndexOf(job)}.${task - cluster.firstTask(job)}`;
    this.#said.push(`run ${name} on n${offer.node}${speed === undefined || speed === 1 ? '' : ` at ${speed}`}`);
  }

  #change(left: Float64Array, task: TaskId, sign: number): void {
    for (let r = 0; r < left.length; r++) left[r] = left[r]! + sign * this.#small.cluster.demand(task, r);
  }

  #sayRefusal(what: string, refuse: Time | undefined): void {
    if (refuse !== undefined) this.#said.push(`refuse ${what} for ${refuse / SECOND} s`);
  }
}
