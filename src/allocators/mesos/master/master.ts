import type { JobId, NodeId, TaskId } from '../../../base/ids.ts';
import { below, type Random } from '../../../base/random.ts';
import { NEVER, type Time } from '../../../base/time.ts';
import type { NodeState } from '../../../cluster/node-states.ts';
import type { ClusterView } from '../../../cluster/view.ts';
import type { Allocator, Decisions } from '../../allocator.ts';
import type { PartyEvent } from '../../outside-event.ts';
import type { Parties } from '../../parties.ts';
import { PolicyFactKind } from '../../policy-fact.ts';
import type { WaitingReason } from '../../waiting-reason.ts';
import type { Clock } from '../clock.ts';
import type { HierarchicalAllocator, OfferListener } from '../hierarchical-allocator.ts';
import type { SchedulerContext } from '../schedulers/framework-scheduler.ts';
import { FrameworkDesk, type OpenedScheduler } from './framework-desk.ts';
import type { FrameworkParty } from './framework-party.ts';
import { MasterBooks, type MasterFlags } from './master-books.ts';
import { MasterClock } from './master-clock.ts';
import { NodeWatch } from './node-watch.ts';
import { OfferDesk } from './offer-desk.ts';
import { QuotaDesk } from './quota-desk.ts';
import type { RunningTask } from './running-task.ts';
import { TaskDesk } from './task-desk.ts';
import { whyNotOffered } from './why-not-offered.ts';

/** What a master is made with. */
export interface MasterParts {
  readonly view: ClusterView;
  readonly flags: MasterFlags;
  readonly parties: Parties;
  /** Makes an allocator with the master's options; again after each failover. */
  readonly openAllocator: (clock: Clock, listener: OfferListener) => HierarchicalAllocator;
  readonly openScheduler: (
    party: FrameworkParty,
    context: Omit<SchedulerContext, 'stream' | 'nodes'>,
  ) => OpenedScheduler;
  /** Draws when nodes and frameworks register again. */
  readonly random: Random;
}

/** What has happened since the last pass, in order. */
type Happening =
  | { readonly what: 'queued'; readonly job: JobId }
  | { readonly what: 'ready'; readonly job: JobId; readonly first: TaskId; readonly count: number }
  | { readonly what: 'ended'; readonly running: RunningTask; readonly isLost: boolean }
  | { readonly what: 'job-ended'; readonly job: JobId }
  | { readonly what: 'node-changed'; readonly node: NodeId; readonly state: NodeState }
  | { readonly what: 'party'; readonly event: PartyEvent }
  | { readonly what: 'order'; readonly carryOut: () => void };

/**
 * The Mesos master: offers resources to frameworks, whose schedulers decide what runs on them.
 *
 * Each pass first takes in what has happened at this instant, in order, and then its own timers that are due. Nothing a
 * framework says takes time, unless it is told to think.
 *
 * @see Hindman et al., Mesos: a platform for fine-grained resource sharing in the data center, NSDI 2011
 */
export class Master implements Allocator {
  readonly name = 'mesos';
  readonly isTwoLevel = true;
  readonly #parts: MasterParts;
  readonly #books: MasterBooks;
  readonly #desk: OfferDesk;
  readonly #watch: NodeWatch;
  readonly #quotas: QuotaDesk;
  readonly #clock = new MasterClock();
  readonly #frameworks: FrameworkDesk;
  readonly #tasks: TaskDesk;
  #inbox: Happening[] = [];
  #branch = this.#clock.branch();
  #isBegun = false;
  #isDown = false;
  #lastProgress: Time = 0;
  #wake: Time = Number.NaN;

  constructor(parts: MasterParts) {
    this.#parts = parts;
    this.#books = new MasterBooks(parts.view, this.#clock, parts.flags);
    this.#books.onActed = (party) => this.#frameworks.mindIdleness(party);
    this.#desk = new OfferDesk(this.#books);
    this.#tasks = new TaskDesk(this.#books, (party) => this.#frameworks.mindIdleness(party));
    const { parties, openScheduler } = parts;
    this.#frameworks = new FrameworkDesk({
      books: this.#books,
      offers: this.#desk,
      tasks: this.#tasks,
      parties,
      openScheduler,
    });
    this.#watch = new NodeWatch(this.#books, this.#desk, this.#tasks);
    this.#quotas = new QuotaDesk(this.#books, this.#desk, parts.parties);
  }

  onJobQueued(job: JobId): void {
    this.#inbox.push({ what: 'queued', job });
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    this.#inbox.push({ what: 'ready', job, first, count });
  }

  onTaskEnded(task: TaskId): void {
    this.#note(task, false);
  }

  onTaskPreempted(task: TaskId): void {
    const running = this.#books.running.get(task);
    // It is queued again, but until its framework hears of that it counts as running.
    if (running !== undefined) running.party.untold.add(task);
    this.#note(task, true);
  }

  onJobEnded(job: JobId): void {
    this.#inbox.push({ what: 'job-ended', job });
  }

  onNodeChanged(node: NodeId): void {
    this.#inbox.push({ what: 'node-changed', node, state: this.#parts.view.nodeState(node) });
  }

  onPartyEvent(event: PartyEvent): void {
    this.#inbox.push({ what: 'party', event });
  }

  /** True while the master counts the node among its own. */
  knows(node: NodeId): boolean {
    return this.#books.known[node] === 1;
  }

  /** Gives a node up in the next pass without waiting for its silence, as when it says goodbye or is marked gone. */
  giveUpNode(node: NodeId): void {
    this.#inbox.push({ what: 'order', carryOut: () => this.#watch.giveUp(node) });
  }

  /** Takes every offer of a framework back in the next pass, as an operator's call may make it. */
  rescindOffers(framework: string): void {
    this.#inbox.push({ what: 'order', carryOut: () => this.#desk.rescindAll(this.#books.partyByName.get(framework)!) });
  }

  #note(task: TaskId, isLost: boolean): void {
    const running = this.#books.running.get(task);
    if (running !== undefined) this.#inbox.push({ what: 'ended', running, isLost });
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const clock = this.#clock;
    this.#books.decide = decide;
    clock.now = view.now;
    if (!this.#isBegun) this.#begin();
    const { runningTasks, queuedTasks } = view;
    if (this.#inbox.length > 0) this.#lastProgress = view.now;
    do {
      this.#takeIn();
      clock.advance();
      for (const party of this.#books.faulty.splice(0)) this.#frameworks.disconnect(party);
    } while (this.#inbox.length > 0);
    if (view.runningTasks !== runningTasks || view.queuedTasks !== queuedTasks) this.#lastProgress = view.now;
    this.#askToBeWoken(decide);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    if (this.#isDown) return { kind: 'no-master' };
    const { view } = this.#parts;
    const name = view.frameworkName(view.frameworkOf(job));
    const party = this.#books.partyByName.get(name);
    const standing = party?.standing ?? 'unknown';
    if (party === undefined || standing !== 'registered') return { kind: 'not-registered', framework: name, standing };
    return whyNotOffered(this.#books, party, job);
  }

  #begin(): void {
    this.#isBegun = true;
    const { view, parties } = this.#parts;
    this.#openAllocator();
    this.#quotas.begin();
    for (let node = 0; node < view.nodeCount; node++) if (view.nodeState(node) === 'up') this.#watch.register(node);
    for (let framework = 0; framework < view.frameworkCount; framework++) {
      const party = this.#frameworks.of(framework);
      const { registers } = party.settings;
      if (registers === null || !parties.listed.includes(party.name)) continue;
      const { session } = party;
      const register = () => party.session === session && this.#frameworks.register(party);
      if (registers <= view.now) register();
      else this.#clock.schedule(registers, register);
    }
    this.#books.hierarchy.start();
  }

  #openAllocator(): void {
    this.#branch.close();
    this.#branch = this.#clock.branch();
    this.#books.hierarchy = this.#parts.openAllocator(this.#branch, {
      onOffers: (name, offers) => {
        const party = this.#books.partyByName.get(name)!;
        this.#desk.offer(party, offers, this.#frameworks.thinkTime(party));
      },
      onInverseOffers: (name, offers) => this.#desk.offerInverse(this.#books.partyByName.get(name)!, offers),
      onRun: (run) => {
        this.#books.record(PolicyFactKind.allocationRun, -1, -1, undefined, run.cost, run.nodes);
        if (run.filtered > 0) this.#books.record(PolicyFactKind.filtered, -1, -1, undefined, 0, run.filtered);
      },
    });
  }

  /** Takes in what has happened; while there is no master it waits for the next one. */
  #takeIn(): void {
    const happened = this.#inbox;
    this.#inbox = [];
    for (const one of happened) {
      if (!this.#isDown) this.#take(one);
      else if (one.what === 'party' && one.event.what === 'master-up') this.#recover();
      else this.#inbox.push(one);
    }
    if (this.#isDown) {
      this.#waiting.push(...this.#inbox);
      this.#inbox = [];
    }
  }

  /** What has happened while there was no master. */
  #waiting: Happening[] = [];

  #take(one: Happening): void {
    switch (one.what) {
      case 'queued':
        this.#takeJob(one.job);
        break;
      case 'ready':
        this.#takeReady(one.job, one.first, one.count);
        break;
      case 'ended':
        // Of a task that is gone with its node the master hears when it finds out about the node.
        if (!one.isLost) this.#tasks.takeEnd(one.running);
        else if (this.#tasks.isGangElsewhere(one.running)) this.#tasks.lose(one.running);
        break;
      case 'job-ended':
        for (const party of this.#books.parties) {
          if (!party.jobs.delete(one.job)) continue;
          party.running.delete(one.job);
          party.scheduler?.onJobEnded?.(one.job);
          this.#frameworks.mindIdleness(party);
        }
        break;
      case 'node-changed':
        this.#watch.changed(one.node, one.state);
        break;
      case 'order':
        one.carryOut();
        break;
      case 'party':
        this.#happen(one.event);
    }
  }

  #takeReady(job: JobId, first: TaskId, count: number): void {
    const party = this.#books.parties.find(({ jobs }) => jobs.has(job));
    if (party === undefined) return;
    if (this.#frameworks.isOpen(party))
      this.#books.tell(party, () => party.scheduler.onTasksReady?.(job, first, count));
    this.#frameworks.mindIdleness(party);
  }

  #takeJob(job: JobId): void {
    const { view } = this.#parts;
    const party = this.#frameworks.of(view.frameworkOf(job));
    if (party.standing === 'removed') {
      this.#books.decide.fail(job, 'its framework was removed');
      return;
    }
    party.jobs.add(job);
    this.#frameworks.mindGpus(party, job);
    if (this.#frameworks.isOpen(party)) this.#books.tell(party, () => party.scheduler.onJobQueued?.(job));
    else if (party.standing === 'unknown' && party.settings.registers === null) {
      // Who comes while there is no master registers with the next one, as all others do.
      if (this.#books.isRecovering) party.standing = 'disconnected';
      else this.#frameworks.register(party);
    }
    this.#frameworks.mindIdleness(party);
  }

  #happen(event: PartyEvent): void {
    const books = this.#books;
    switch (event.what) {
      case 'master-down':
        this.#goDown();
        break;
      case 'master-up':
        break;
      case 'weight':
        this.#quotas.setWeight(event.role, event.weight);
        break;
      case 'quota':
        this.#quotas.setQuota(event.role, event);
        break;
      default: {
        const party = books.partyByName.get(event.framework);
        if (party === undefined) return;
        if (event.what === 'framework-down') this.#frameworks.disconnect(party);
        else if (event.what === 'framework-gone') this.#frameworks.remove(party);
        else this.#frameworks.reconnect(party);
      }
    }
  }

  /** The master is lost with all that it offered and was told; what runs goes on. */
  #goDown(): void {
    const books = this.#books;
    books.isRecovering = true;
    for (const party of books.parties) {
      this.#desk.rescindAll(party);
      if (party.standing === 'registered') party.standing = 'disconnected';
      party.isKnown = false;
      party.session++;
    }
    this.#watch.forget();
    this.#branch.close();
    this.#isDown = true;
  }

  /** Another master takes over: it learns what happened meanwhile, then nodes and frameworks register again. */
  #recover(): void {
    const { view, random, flags } = this.#parts;
    const books = this.#books;
    this.#isDown = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) if (one.what !== 'party') this.#take(one);
    books.isRecovering = false;
    this.#openAllocator();
    this.#quotas.begin();
    books.hierarchy.awaitNodes(view.nodeCount, flags.recoveryFactor, flags.recoveryTimeout);
    const soon = () => books.now + below(random, flags.registrationBackoff + 1);
    for (let node = 0; node < view.nodeCount; node++) {
      if (view.nodeState(node) === 'down' || view.nodeState(node) === 'unreachable') continue;
      this.#branch.schedule(soon(), () => books.known[node] === 0 && this.#watch.register(node));
    }
    for (const party of books.parties) {
      if (party.standing !== 'disconnected') continue;
      this.#branch.schedule(soon(), () => party.standing === 'disconnected' && this.#frameworks.register(party));
    }
    books.hierarchy.start();
    this.#inbox.push(...waiting.filter(({ what }) => what === 'party'));
  }

  /** Asks for a pass at the next timer, unless nothing is left that could come of it. */
  #askToBeWoken(decide: Decisions): void {
    const { view, flags } = this.#parts;
    const { next } = this.#clock;
    if (next === NEVER || next === this.#wake) return;
    const isIdle = view.runningTasks === 0 && this.#books.running.size === 0;
    if (isIdle && view.queuedTasks === 0) return;
    if (isIdle && next - this.#lastProgress > flags.patience) return;
    this.#wake = next;
    decide.wakeAt(next);
  }
}
