import type { JobId, NodeId, TaskId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import { PolicyFactKind } from '../../policy-fact.ts';
import { type Bundle, minus } from '../resources/bundle.ts';
import { DriverMisuse } from '../schedulers/driver-misuse.ts';
import type { FrameworkDriver, Offer, Seat } from '../schedulers/framework-scheduler.ts';
import { carve } from './carve.ts';
import type { FrameworkParty } from './framework-party.ts';
import { HeldOffer } from './held-offer.ts';
import type { MasterBooks } from './master-books.ts';

/** What a task is about to use of an offer. */
interface Launch {
  readonly task: TaskId;
  readonly demand: Float64Array;
  readonly bundle: Bundle;
}

/** The master's side of what a framework asks for; it checks everything that it is told. */
export class PartyDriver implements FrameworkDriver {
  readonly #books: MasterBooks;
  readonly #party: FrameworkParty;
  /** How long the framework refuses what it gives back, if it does not say. */
  refuse: Time = 0;

  constructor(books: MasterBooks, party: FrameworkParty) {
    this.#books = books;
    this.#party = party;
  }

  get now(): Time {
    return this.#books.now;
  }

  accept(offer: Offer, tasks: readonly TaskId[], refuse = this.refuse, speed?: (task: TaskId) => number): void {
    const held = this.#answerable(offer);
    if (tasks.length === 0) throw new DriverMisuse(`accepted offer ${offer.id} without a task; declining it would do`);
    const launches = this.#carveAll(held, tasks);
    this.#close(held);
    for (const { task, demand, bundle } of launches) {
      this.#start(held.node, task, demand, bundle, null, () => {
        this.#books.decide.launch(task, held.node, undefined, speed?.(task) ?? 1);
      });
    }
    this.#settle(held, launches, refuse);
  }

  acceptGang(job: JobId, seats: readonly Seat[], refuse = this.refuse): void {
    const books = this.#books;
    const offers = [...new Set(seats.map(({ offer }) => this.#answerable(offer)))];
    const byTask = new Map(seats.map(({ task, offer }) => [task, offer as HeldOffer<FrameworkParty>]));
    const queued: TaskId[] = [];
    for (let task = this.#party.work.firstQueued(job); task >= 0; task = this.#party.work.nextQueued(task)) {
      if (!byTask.has(task)) throw new DriverMisuse(`started job ${job}, a gang, without all of its tasks`);
      queued.push(task);
    }
    if (queued.length !== byTask.size) throw new DriverMisuse(`started tasks that are no queued ones of job ${job}`);
    const launches = offers.map((held) =>
      this.#carveAll(
        held,
        seats.filter(({ offer }) => offer === held).map(({ task }) => task),
        true,
      ),
    );
    for (const held of offers) this.#close(held);
    const areUp = offers.every(({ node }) => books.view.nodeState(node) === 'up');
    if (areUp) {
      for (const [i, held] of offers.entries()) {
        for (const { task, demand, bundle } of launches[i]!) this.#enter(held.node, task, demand, bundle, null);
      }
      books.decide.launchGang(
        job,
        queued.map((task) => byTask.get(task)!.node),
      );
    } else {
      // A part would start on a node that is gone, which nobody knows yet: no task does, and all of it is lost with it.
      for (const [i, held] of offers.entries()) {
        for (const { task, demand, bundle } of launches[i]!) this.#enterLost(held.node, task, demand, bundle, null);
      }
    }
    for (const [i, held] of offers.entries()) this.#settle(held, launches[i]!, refuse);
  }

  decline(offer: Offer, refuse = this.refuse): void {
    const held = this.#answerable(offer);
    const books = this.#books;
    this.#close(held);
    books.record(PolicyFactKind.declined, this.#party.id, held.node, held.amounts, books.now - held.since);
    books.recoverOffered(this.#party, held.node, held.bundle, refuse);
  }

  hold(offer: Offer, amounts?: Float64Array, refuse = this.refuse): Offer {
    const held = this.#answerable(offer);
    const books = this.#books;
    const { node, bundle, since } = held;
    const kept = amounts === undefined ? bundle : carve(bundle, amounts);
    if (kept === null) throw new DriverMisuse(`kept more of offer ${held.id} than it has`);
    this.#close(held);
    const own = new HeldOffer(held.id, this.#party, node, kept, since, held.amounts.length);
    this.#party.kept.add(own);
    books.hierarchy.launch(this.#party.name, this.#party.role, books.nodeName(node), kept);
    this.#giveRest(held, own.amounts, minus(bundle, kept), refuse);
    return own;
  }

  launchHeld(offer: Offer, task: TaskId, speed = 1): void {
    const held = this.#kept(offer);
    this.#checkTask(task, held.node);
    const demand = this.#demandOf(task);
    for (let r = 0; r < demand.length; r++) {
      if (demand[r]! > held.left[r]!)
        throw new DriverMisuse(`launched task ${task} on ${held.id}, which has too little left`);
    }
    for (let r = 0; r < demand.length; r++) held.left[r] = held.left[r]! - demand[r]!;
    held.tasks++;
    this.#start(held.node, task, demand, null, held, () => {
      this.#books.decide.launch(task, held.node, undefined, speed);
    });
  }

  release(offer: Offer): void {
    const held = this.#kept(offer);
    if (held.tasks > 0) throw new DriverMisuse(`released ${held.id}, on which ${held.tasks} tasks run`);
    held.isLive = false;
    this.#party.kept.delete(held);
    this.#books.recoverUsed(this.#party, held.node, held.bundle);
  }

  suppress(): void {
    const { name, id, isSuppressed } = this.#party;
    if (isSuppressed) return;
    this.#party.isSuppressed = true;
    this.#books.record(PolicyFactKind.suppressed, id, -1);
    if (this.#isHeard) this.#books.hierarchy.suppress(name);
  }

  revive(): void {
    const { name, id } = this.#party;
    this.#party.isSuppressed = false;
    this.#books.record(PolicyFactKind.revived, id, -1);
    if (this.#isHeard) this.#books.hierarchy.revive(name);
  }

  wakeAt(time: Time): void {
    this.#books.wakeParty(this.#party, Math.ceil(time));
  }

  /** What is said while nobody listens holds from the next registration on. */
  get #isHeard(): boolean {
    return this.#party.standing === 'registered' && !this.#books.isRecovering;
  }

  #answerable(offer: Offer): HeldOffer<FrameworkParty> {
    this.#party.work.forgetTrials();
    const held = this.#party.offers.get(offer.id);
    if (held === undefined || held !== offer) throw new DriverMisuse(`answered offer ${offer.id}, which is not open`);
    return held;
  }

  #kept(offer: Offer): HeldOffer<FrameworkParty> {
    this.#party.work.forgetTrials();
    const held = offer as HeldOffer<FrameworkParty>;
    if (!this.#party.kept.has(held)) throw new DriverMisuse(`used ${offer.id}, which it does not keep`);
    return held;
  }

  #close(held: HeldOffer<FrameworkParty>): void {
    held.isLive = false;
    this.#party.offers.delete(held.id);
  }

  #checkTask(task: TaskId, node: NodeId, isGang = false): void {
    const { work, id } = this.#party;
    const { view } = this.#books;
    if (!Number.isInteger(task) || task < 0 || !work.isQueued(task))
      throw new DriverMisuse(`launched task ${task}, which is not queued`);
    const job = view.jobOf(task);
    if (view.frameworkOf(job) !== id) throw new DriverMisuse(`launched task ${task}, which is not its own`);
    if (work.isGang(job) && !isGang) throw new DriverMisuse(`launched task ${task} alone, which belongs to a gang`);
    if (!work.mayRun(task, node)) throw new DriverMisuse(`launched task ${task} on a node that it must not run on`);
  }

  #carveAll(held: HeldOffer<FrameworkParty>, tasks: readonly TaskId[], isGang = false): Launch[] {
    const launches: Launch[] = [];
    const seen = new Set<TaskId>();
    let rest = held.bundle;
    for (const task of tasks) {
      this.#checkTask(task, held.node, isGang);
      if (seen.has(task)) throw new DriverMisuse(`launched task ${task} twice`);
      seen.add(task);
      const demand = this.#demandOf(task);
      const bundle = carve(rest, demand);
      if (bundle === null) throw new DriverMisuse(`launched more on offer ${held.id} than it has`);
      rest = minus(rest, bundle);
      launches.push({ task, demand, bundle });
    }
    return launches;
  }

  #demandOf(task: TaskId): Float64Array {
    const { view } = this.#books;
    return Float64Array.from(view.resources, (_, r) => view.demand(task, r));
  }

  #start(
    node: NodeId,
    task: TaskId,
    demand: Float64Array,
    bundle: Bundle | null,
    kept: HeldOffer<FrameworkParty> | null,
    launch: () => void,
  ): void {
    if (this.#books.view.nodeState(node) === 'up') {
      this.#enter(node, task, demand, bundle, kept);
      launch();
    } else this.#enterLost(node, task, demand, bundle, kept);
  }

  #enter(
    node: NodeId,
    task: TaskId,
    demand: Float64Array,
    bundle: Bundle | null,
    kept: HeldOffer<FrameworkParty> | null,
  ): void {
    const books = this.#books;
    const job = books.view.jobOf(task);
    this.#party.countRunning(job, 1);
    books.running.add({ task, job, party: this.#party, node, bundle, kept, demand });
    if (bundle !== null) books.hierarchy.launch(this.#party.name, this.#party.role, books.nodeName(node), bundle);
  }

  /** The node is gone and nobody knows it yet: for its framework the task runs, until the loss is noticed. */
  #enterLost(
    node: NodeId,
    task: TaskId,
    demand: Float64Array,
    bundle: Bundle | null,
    kept: HeldOffer<FrameworkParty> | null,
  ): void {
    this.#enter(node, task, demand, bundle, kept);
    this.#party.untold.add(task);
  }

  /** Gives back what the tasks leave of an offer. */
  #settle(held: HeldOffer<FrameworkParty>, launches: readonly Launch[], refuse: Time): void {
    const used = new Float64Array(held.amounts.length);
    let rest = held.bundle;
    for (const { demand, bundle } of launches) {
      for (let r = 0; r < used.length; r++) used[r] = used[r]! + demand[r]!;
      rest = minus(rest, bundle);
    }
    this.#giveRest(held, used, rest, refuse);
  }

  /** Records what an offer was used for, and gives the rest back. */
  #giveRest(held: HeldOffer<FrameworkParty>, used: Float64Array, rest: Bundle, refuse: Time): void {
    const books = this.#books;
    const { id } = this.#party;
    books.record(PolicyFactKind.accepted, id, held.node, used, books.now - held.since);
    if (rest.isEmpty) return;
    const left = held.amounts.map((amount, r) => amount - used[r]!);
    books.record(PolicyFactKind.unused, id, held.node, left, books.now - held.since);
    books.recoverOffered(this.#party, held.node, rest, refuse);
  }
}
