import type { FrameworkId, JobId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { Parties } from '../../parties.ts';
import { PolicyFactKind } from '../../policy-fact.ts';
import type { FrameworkScheduler, SchedulerContext } from '../schedulers/framework-scheduler.ts';
import { OwnWork } from '../schedulers/own-work.ts';
import { FrameworkParty } from './framework-party.ts';
import type { MasterBooks } from './master-books.ts';
import type { OfferDesk } from './offer-desk.ts';
import { PartyDriver } from './party-driver.ts';
import type { TaskDesk } from './task-desk.ts';

/** A framework's side, made when it first registers. */
export interface OpenedScheduler {
  readonly scheduler: FrameworkScheduler;
  /** How long it refuses what it declines, if it does not say. */
  readonly refusal: Time;
  /** How long it holds offers before it answers. */
  readonly think: Time;
  /** True if it asks for no offers while it has nothing to start. */
  readonly suppresses: boolean;
}

/** What a desk is made with. */
export interface FrameworkDeskParts {
  readonly books: MasterBooks;
  readonly offers: OfferDesk;
  readonly tasks: TaskDesk;
  readonly parties: Parties;
  readonly openScheduler: (
    party: FrameworkParty,
    context: Omit<SchedulerContext, 'stream' | 'nodes'>,
  ) => OpenedScheduler;
}

/** Registers frameworks, loses them, and sees that they ask for offers when they have something to start. */
export class FrameworkDesk {
  readonly #parts: FrameworkDeskParts;
  readonly #books: MasterBooks;
  readonly #opened = new Map<FrameworkParty, OpenedScheduler>();
  readonly #drivers = new Map<FrameworkParty, PartyDriver>();

  constructor(parts: FrameworkDeskParts) {
    this.#parts = parts;
    this.#books = parts.books;
  }

  /** True once the framework has a scheduler: it has registered before. */
  isOpen(party: FrameworkParty): boolean {
    return this.#opened.has(party);
  }

  /** How long the framework holds offers before it answers. */
  thinkTime(party: FrameworkParty): Time {
    return this.#opened.get(party)!.think;
  }

  /** A framework of which nothing else is said tells that it can handle GPUs once it needs some. */
  mindGpus(party: FrameworkParty, job: JobId): void {
    const { view } = this.#books;
    const gpus = view.resources.findIndex(({ name }) => name === 'gpus');
    if (gpus < 0 || party.usesGpus || party.settings.capabilities !== null) return;
    party.usesGpus = view.demand(view.firstTask(job), gpus) > 0;
    if (!party.usesGpus || party.standing !== 'registered' || this.#books.isRecovering) return;
    this.#books.hierarchy.updateFramework(party.name, { capabilities: party.capabilities });
    this.#drivers.get(party)!.revive();
  }

  /** Has a framework suppress or revive its offers as it has nothing, or something, to start. */
  mindIdleness(party: FrameworkParty): void {
    const opened = this.#opened.get(party);
    if (opened === undefined || !opened.suppresses || party.standing !== 'registered') return;
    const driver = this.#drivers.get(party)!;
    if (party.work.hasQueued) {
      if (party.isSuppressed) driver.revive();
    } else if (!party.isSuppressed) driver.suppress();
  }

  of(framework: FrameworkId): FrameworkParty {
    const known = this.#books.parties[framework];
    if (known !== undefined) return known;
    const { view } = this.#books;
    for (let id = this.#books.parties.length; id <= framework; id++) {
      const name = view.frameworkName(id);
      const party = new FrameworkParty(id, name, view.roleName(view.roleOf(id)), this.#parts.parties.framework(name));
      party.work = new OwnWork(view, id, party.untold, party.running);
      this.#books.parties.push(party);
      this.#books.partyByName.set(name, party);
    }
    return this.#books.parties[framework]!;
  }

  register(party: FrameworkParty): void {
    const books = this.#books;
    party.session++;
    party.wakeAt = Number.NaN;
    let opened = this.#opened.get(party);
    if (opened === undefined) {
      const driver = new PartyDriver(books, party);
      opened = this.#parts.openScheduler(party, {
        driver,
        work: party.work,
        count: (what, node) => books.record(PolicyFactKind[what], party.id, node),
      });
      driver.refuse = opened.refusal;
      party.scheduler = opened.scheduler;
      this.#drivers.set(party, driver);
      this.#opened.set(party, opened);
      for (const job of party.jobs) books.tell(party, () => party.scheduler.onJobQueued?.(job));
    }
    party.standing = 'registered';
    party.isKnown = true;
    if (opened.suppresses) party.isSuppressed = !party.work.hasQueued;
    books.record(PolicyFactKind.subscribed, party.id, -1);
    const inUse = [...books.running.values()].filter((one) => one.party === party && one.bundle !== null);
    const used = [...inUse, ...party.kept]
      .filter(({ node }) => books.known[node] === 1)
      .map(({ node, bundle }) => ({ node: books.nodeName(node), role: party.role, resources: bundle! }));
    books.hierarchy.addFramework({
      name: party.name,
      roles: [party.role],
      suppressed: party.isSuppressed ? [party.role] : [],
      capabilities: party.capabilities,
      used,
    });
  }

  disconnect(party: FrameworkParty): void {
    if (party.standing !== 'registered') return;
    const books = this.#books;
    const { failoverTimeout } = party.settings;
    books.hierarchy.deactivateFramework(party.name);
    this.#parts.offers.rescindAll(party);
    party.standing = 'disconnected';
    const session = ++party.session;
    books.record(PolicyFactKind.disconnected, party.id, -1);
    if (failoverTimeout === 0) this.remove(party);
    else books.clock.schedule(books.now + failoverTimeout, () => party.session === session && this.remove(party));
  }

  reconnect(party: FrameworkParty): void {
    if (party.standing === 'registered') return;
    if (!party.isKnown) {
      this.register(party);
      return;
    }
    party.standing = 'registered';
    party.session++;
    this.#books.record(PolicyFactKind.subscribed, party.id, -1);
    if (this.#opened.get(party)!.suppresses) party.isSuppressed = !party.work.hasQueued;
    this.#books.hierarchy.updateFramework(party.name, { suppressed: party.isSuppressed ? [party.role] : [] });
    this.#books.hierarchy.activateFramework(party.name);
  }

  /** The framework leaves for good: its tasks are killed, its jobs given up. */
  remove(party: FrameworkParty): void {
    const books = this.#books;
    if (party.standing === 'removed' || party.standing === 'unknown') return;
    this.#parts.offers.rescindAll(party);
    if (party.standing === 'registered') books.record(PolicyFactKind.disconnected, party.id, -1);
    party.standing = 'removed';
    party.session++;
    for (const job of [...party.jobs]) books.decide.fail(job, 'its framework was removed');
    for (const running of [...books.running.values()])
      if (running.party === party) this.#parts.tasks.end(running, 'lost');
    for (const held of party.kept) books.recoverUsed(party, held.node, held.bundle);
    party.kept.clear();
    party.jobs.clear();
    if (party.isKnown) books.hierarchy.removeFramework(party.name);
    party.isKnown = false;
  }
}
