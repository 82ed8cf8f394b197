import { type ResourceCatalog, toSteps } from '../../base/amounts.ts';
import { type JobId, NONE, type TaskId } from '../../base/ids.ts';
import { didYouMean } from '../../base/nearest.ts';
import { quote } from '../../base/quote.ts';
import { fromSeconds, type Time } from '../../base/time.ts';
import type { Offer, SchedulerContext } from '../mesos/schedulers/framework-scheduler.ts';
import type { DecisionOf } from './answer-fields.ts';
import type { Actions } from './conversation.ts';
import type { KnownJobs } from './known-jobs.ts';
import { lacking } from './messages.ts';
import type { OpenOffers } from './open-offers.ts';
import { WrongDecision } from './wrong-decision.ts';

/** The decisions that a framework may answer with, and their fields. */
export const frameworkForms = {
  accept: { offer: 'id', tasks: 'texts', refuse: 'seconds?' },
  'accept-gang': { job: 'id', offers: 'ids', refuse: 'seconds?' },
  decline: { offer: 'id', refuse: 'seconds?' },
  hold: { offer: 'id', amounts: 'amounts?', refuse: 'seconds?' },
  'launch-held': { offer: 'id', task: 'text' },
  release: { offer: 'id' },
  suppress: {},
  revive: {},
  'wake-at': { time: 'seconds' },
} as const;

type Of<T extends keyof typeof frameworkForms> = Extract<DecisionOf<typeof frameworkForms>, { readonly type: T }>;

/** Does what a framework in another process has decided, once it has been found possible. */
export class FrameworkActions implements Actions<typeof frameworkForms> {
  /** Times at which the framework has asked to be woken, until it was. */
  readonly wakes = new Set<Time>();
  readonly #context: SchedulerContext;
  readonly #resources: ResourceCatalog;
  readonly #jobs: KnownJobs;
  readonly #offers: OpenOffers;

  constructor(context: SchedulerContext, resources: ResourceCatalog, jobs: KnownJobs, offers: OpenOffers) {
    this.#context = context;
    this.#resources = resources;
    this.#jobs = jobs;
    this.#offers = offers;
  }

  accept({ offer: id, tasks: names, refuse }: Of<'accept'>): void {
    const offer = this.#offers.open(id);
    if (names.length === 0) throw new WrongDecision(`offer ${id} was accepted for no task; decline gives it back`);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new WrongDecision(`task ${twice} was launched twice on offer ${id}`);
    const tasks = names.map((name) => this.#queued(name, offer));
    this.#checkRoom(offer, tasks);
    this.#offers.remove(id);
    this.#context.driver.accept(offer, tasks, refusal(refuse));
  }

  'accept-gang'({ job: number, offers: ids, refuse }: Of<'accept-gang'>): void {
    const job = this.#jobs.job(number);
    if (!this.#context.work.isGang(job))
      throw new WrongDecision(`job ${number} is no gang; accept launches its tasks one by one`);
    const tasks = this.#queuedOf(job);
    if (tasks.length !== ids.length)
      throw new WrongDecision(`job ${number} has ${tasks.length} queued tasks, and ${ids.length} offers were named`);
    const seats = tasks.map((task, i) => ({ task, offer: this.#offers.open(ids[i]!) }));
    for (const [i, { task, offer }] of seats.entries()) this.#checkNode(task, `${number}/${i}`, offer);
    for (const offer of new Set(seats.map((seat) => seat.offer))) {
      const seated = seats.filter((seat) => seat.offer === offer).map(({ task }) => task);
      this.#checkRoom(offer, seated);
    }
    for (const { offer } of seats) this.#offers.remove(offer.id);
    this.#context.driver.acceptGang(job, seats, refusal(refuse));
  }

  decline({ offer: id, refuse }: Of<'decline'>): void {
    const offer = this.#offers.open(id);
    this.#offers.remove(id);
    this.#context.driver.decline(offer, refusal(refuse));
  }

  hold({ offer: id, amounts, refuse }: Of<'hold'>): void {
    const offer = this.#offers.open(id);
    const steps = amounts && this.#steps(amounts);
    if (steps !== undefined) this.#checkHas(offer, 'is to be held', (r) => steps[r]!);
    this.#offers.remove(id);
    this.#offers.hold(id, this.#context.driver.hold(offer, steps, refusal(refuse)));
  }

  'launch-held'({ offer: id, task }: Of<'launch-held'>): void {
    const offer = this.#offers.held(id);
    this.#context.driver.launchHeld(offer, this.#queued(task, offer));
  }

  release({ offer: id }: Of<'release'>): void {
    const offer = this.#offers.held(id);
    this.#context.driver.release(offer);
    this.#offers.remove(id);
  }

  suppress(): void {
    this.#context.driver.suppress();
  }

  revive(): void {
    this.#context.driver.revive();
  }

  'wake-at'({ time }: Of<'wake-at'>): void {
    const at = fromSeconds(time);
    this.#context.driver.wakeAt(at);
    this.wakes.add(at);
  }

  #queuedOf(job: JobId): TaskId[] {
    const { work } = this.#context;
    const tasks: TaskId[] = [];
    for (let task = work.firstQueued(job); task !== NONE; task = work.nextQueued(task)) tasks.push(task);
    return tasks;
  }

  /** Gives a task that may be launched by itself on what an offer is of. */
  #queued(name: string, offer: Offer): TaskId {
    const { work } = this.#context;
    const task = this.#jobs.task(name);
    if (work.isGang(work.jobOf(task)))
      throw new WrongDecision(`task ${name} belongs to a gang; accept-gang starts all of it or nothing`);
    if (work.isWaiting(task)) throw new WrongDecision(`task ${name} waits for others of its job`);
    if (!work.isQueued(task))
      throw new WrongDecision(`task ${name} is not queued: it ${work.isRunning(task) ? 'runs' : 'has ended'}`);
    this.#checkNode(task, name, offer);
    return task;
  }

  #checkNode(task: TaskId, name: string, { id, node }: Offer): void {
    if (this.#context.work.mayRun(task, node)) return;
    throw new WrongDecision(`task ${name} may not run on node ${node}, which offer ${id} is of`);
  }

  #checkRoom(offer: Offer, tasks: readonly TaskId[]): void {
    const { work } = this.#context;
    this.#checkHas(offer, 'was launched', (r) => tasks.reduce((sum, task) => sum + work.demand(task, r), 0));
  }

  #checkHas({ id, amounts }: Offer, what: string, needed: (resource: number) => number): void {
    const problem = lacking(this.#resources, needed, (r) => amounts[r]!);
    if (problem === '') return;
    throw new WrongDecision(`what ${what} on offer ${id} needs more than was offered: ${problem}`);
  }

  /** Whole steps of each resource; nothing of those that are not named. */
  #steps(amounts: Readonly<Record<string, number>>): Float64Array {
    const names = this.#resources.map(({ name }) => name);
    const unknown = Object.keys(amounts).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      const hint = didYouMean(unknown, names) ?? `there are ${names.join(', ')}`;
      throw new WrongDecision(`there is no resource ${quote(unknown)} (${hint})`);
    }
    return Float64Array.from(
      this.#resources,
      (resource) => toSteps(amounts[resource.name] ?? 0, resource, 'demand').amount,
    );
  }
}

/** Microseconds; the framework's own refusal where nothing is said. */
function refusal(seconds: number | undefined): Time | undefined {
  return seconds === undefined ? undefined : fromSeconds(seconds);
}
