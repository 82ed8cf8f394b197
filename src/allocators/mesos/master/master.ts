import type { JobId, NodeId, TaskId } from '../../../base/ids.ts';
import { below, type Random } from '../../../base/random.ts';
import { NEVER, type Time } from '../../../base/time.ts';
import type { NodeState } from '../../../cluster/node-states.ts';
import type { ClusterView } from '../../../cluster/view.ts';
import type { Allocator, Decisions } from '../../allocator.ts';
import type { PartyEvent } from '../../outside-event.ts';
import type { Parties } from '../../parties.ts';
import { PolicyFactKind } from '../../policy-fact.ts';
import type { Clock } from '../clock.ts';
import type { HierarchicalAllocator, OfferListener } from '../hierarchical-allocator.ts';
import type { Bundle } from '../resources/bundle.ts';
import type { FrameworkScheduler, SchedulerContext } from '../schedulers/framework-scheduler.ts';
import { OwnWork } from '../schedulers/own-work.ts';
import { FrameworkParty } from './framework-party.ts';
import { MasterBooks, type MasterFlags } from './master-books.ts';
import { MasterClock } from './master-clock.ts';
import { NodeWatch } from './node-watch.ts';
import { OfferDesk } from './offer-desk.ts';
import { PartyDriver } from './party-driver.ts';
import { QuotaDesk } from './quota-desk.ts';
import type { RunningTask } from './running-task.ts';

/** A framework's side, made when it first registers. */
export interface OpenedScheduler {
  readonly scheduler: FrameworkScheduler;
  /** How long it refuses what it declines, if it does not say. */
  readonly refusal: Time;
  /** How long it holds offers before it answers. */
  readonly think: Time;
  /** True if it asks for no offers while it has nothing to start. */
  readonly suppresses: boolean;
  /** Ends it, where it is a program of its own. */
  readonly close?: () => void;
}

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
  /** What tasks held that have finished on nodes that are unreachable. */
  readonly #unheard = new Map<NodeId, { party: FrameworkParty; bundle: Bundle }[]>();
  readonly #opened = new Map<FrameworkParty, OpenedScheduler>();
  /** What is known of frameworks that have a job or are listed, by framework. */
  #inbox: Happening[] = [];
  #branch = this.#clock.branch();
  #isBegun = false;
  #isDown = false;
  #lastProgress: Time = 0;
  #wake: Time = Number.NaN;

  constructor(parts: MasterParts) {
    this.#parts = parts;
    this.#books = new MasterBooks(parts.view, this.#clock, parts.flags);
    this.#books.onActed = (party) => this.#mindIdleness(party);
    this.#desk = new OfferDesk(this.#books);
    this.#watch = new NodeWatch(this.#books, this.#desk, {
      lose: (running) => this.#lose(running),
      hear: (node) => this.#hear(node),
    });
    this.#quotas = new QuotaDesk(this.#books, this.#desk, parts.parties);
  }

  onJobQueued(job: JobId): void {
    this.#inbox.push({ what: 'queued', job });
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
      for (const party of this.#books.faulty.splice(0)) this.#disconnect(party);
    } while (this.#inbox.length > 0);
    if (view.runningTasks !== runningTasks || view.queuedTasks !== queuedTasks) this.#lastProgress = view.now;
    this.#askToBeWoken(decide);
  }

  #begin(): void {
    this.#isBegun = true;
    const { view, parties } = this.#parts;
    this.#openAllocator();
    this.#quotas.begin();
    for (let node = 0; node < view.nodeCount; node++) if (view.nodeState(node) === 'up') this.#watch.register(node);
    for (let framework = 0; framework < view.frameworkCount; framework++) {
      const party = this.#party(framework);
      const { registers } = party.settings;
      if (registers === null || !parties.listed.includes(party.name)) continue;
      const { session } = party;
      const register = () => party.session === session && this.#register(party);
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
        this.#desk.offer(party, offers, this.#opened.get(party)!.think);
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
      case 'ended':
        // Of a task that is gone with its node the master hears when it finds out about the node.
        if (!one.isLost) this.#takeEnd(one.running);
        else if (this.#isGangElsewhere(one.running)) this.#lose(one.running);
        break;
      case 'job-ended':
        for (const party of this.#books.parties) {
          if (!party.jobs.delete(one.job)) continue;
          party.running.delete(one.job);
          party.scheduler?.onJobEnded?.(one.job);
          this.#mindIdleness(party);
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

  /** A task of a gang that another node has taken along: its own node is there and tells at once. */
  #isGangElsewhere({ node }: RunningTask): boolean {
    const state = this.#parts.view.nodeState(node);
    return state === 'up' || state === 'draining';
  }

  #takeJob(job: JobId): void {
    const { view } = this.#parts;
    const party = this.#party(view.frameworkOf(job));
    if (party.standing === 'removed') {
      this.#books.decide.fail(job, 'its framework was removed');
      return;
    }
    party.jobs.add(job);
    this.#mindGpus(party, job);
    if (this.#opened.has(party)) this.#books.tell(party, () => party.scheduler.onJobQueued?.(job));
    else if (party.standing === 'unknown' && party.settings.registers === null) {
      // Who comes while there is no master registers with the next one, as all others do.
      if (this.#books.isRecovering) party.standing = 'disconnected';
      else this.#register(party);
    }
    this.#mindIdleness(party);
  }

  /** A framework of which nothing else is said tells that it can handle GPUs once it needs some. */
  #mindGpus(party: FrameworkParty, job: JobId): void {
    const { view } = this.#parts;
    const gpus = view.resources.findIndex(({ name }) => name === 'gpus');
    if (gpus < 0 || party.usesGpus || party.settings.capabilities !== null) return;
    party.usesGpus = view.demand(view.firstTask(job), gpus) > 0;
    if (!party.usesGpus || party.standing !== 'registered' || this.#books.isRecovering) return;
    this.#books.hierarchy.updateFramework(party.name, { capabilities: party.capabilities });
    this.#drivers.get(party)!.revive();
  }

  /** Has a framework suppress or revive its offers as it has nothing, or something, to start. */
  #mindIdleness(party: FrameworkParty): void {
    const opened = this.#opened.get(party);
    if (opened === undefined || !opened.suppresses || party.standing !== 'registered') return;
    const driver = this.#drivers.get(party)!;
    if (party.work.hasQueued) {
      if (party.isSuppressed) driver.revive();
    } else if (!party.isSuppressed) driver.suppress();
  }

  readonly #drivers = new Map<FrameworkParty, PartyDriver>();

  #party(framework: number): FrameworkParty {
    const known = this.#books.parties[framework];
    if (known !== undefined) return known;
    const { view, parties } = this.#parts;
    for (let id = this.#books.parties.length; id <= framework; id++) {
      const name = view.frameworkName(id);
      const party = new FrameworkParty(id, name, view.roleName(view.roleOf(id)), parties.framework(name));
      party.work = new OwnWork(view, id, party.untold, party.running);
      this.#books.parties.push(party);
      this.#books.partyByName.set(name, party);
    }
    return this.#books.parties[framework]!;
  }

  #register(party: FrameworkParty): void {
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

  /** @param givesBack false where what it held comes back later. */
  #end(running: RunningTask, outcome: 'finished' | 'lost', givesBack = true): void {
    const books = this.#books;
    const { task, job, party, node, bundle, kept, demand } = running;
    if (!books.running.delete(running)) return;
    party.untold.delete(task);
    party.countRunning(job, -1);
    if (kept !== null) {
      for (let r = 0; r < demand.length; r++) kept.left[r] = kept.left[r]! + demand[r]!;
      kept.tasks--;
    } else if (givesBack) books.recoverUsed(party, node, bundle!);
    if (party.standing === 'removed' || party.scheduler === undefined) return;
    books.tell(party, () => party.scheduler.onTaskEnded?.(task, job, node, outcome));
    this.#mindIdleness(party);
  }

  /** A task has finished; on a node that nobody hears of, what it held comes back when that is over. */
  #takeEnd(running: RunningTask): void {
    const { node, party, bundle } = running;
    if (this.#parts.view.nodeState(node) !== 'unreachable' || bundle === null) {
      this.#end(running, 'finished');
      return;
    }
    const unheard = this.#unheard.get(node) ?? [];
    unheard.push({ party, bundle });
    this.#unheard.set(node, unheard);
    this.#end(running, 'finished', false);
  }

  /** What has finished on a node that was not heard of is known at last. */
  #hear(node: NodeId): void {
    const unheard = this.#unheard.get(node) ?? [];
    this.#unheard.delete(node);
    for (const { party, bundle } of unheard) this.#books.recoverUsed(party, node, bundle);
  }

  /** What was to start with it, of a gang, on nodes that are there has not started either. */
  #lose(running: RunningTask): void {
    const { job, party } = running;
    this.#end(running, 'lost');
    if (party.untold.size === 0) return;
    for (const task of [...party.untold]) {
      const mate = this.#books.running.get(task);
      if (mate !== undefined && mate.job === job && this.#isGang(job) && this.#isGangElsewhere(mate))
        this.#end(mate, 'lost');
    }
  }

  #isGang(job: JobId): boolean {
    const { view } = this.#parts;
    return view.isGang(job) && view.taskCount(job) > 1;
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
        if (event.what === 'framework-down') this.#disconnect(party);
        else if (event.what === 'framework-gone') this.#remove(party);
        else this.#reconnect(party);
      }
    }
  }

  #disconnect(party: FrameworkParty): void {
    if (party.standing !== 'registered') return;
    const books = this.#books;
    const { failoverTimeout } = party.settings;
    books.hierarchy.deactivateFramework(party.name);
    this.#desk.rescindAll(party);
    party.standing = 'disconnected';
    const session = ++party.session;
    books.record(PolicyFactKind.disconnected, party.id, -1);
    if (failoverTimeout === 0) this.#remove(party);
    else books.clock.schedule(books.now + failoverTimeout, () => party.session === session && this.#remove(party));
  }

  #reconnect(party: FrameworkParty): void {
    if (party.standing === 'registered') return;
    if (!party.isKnown) {
      this.#register(party);
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
  #remove(party: FrameworkParty): void {
    const books = this.#books;
    if (party.standing === 'removed' || party.standing === 'unknown') return;
    this.#desk.rescindAll(party);
    if (party.standing === 'registered') books.record(PolicyFactKind.disconnected, party.id, -1);
    party.standing = 'removed';
    party.session++;
    for (const job of [...party.jobs]) books.decide.fail(job, 'its framework was removed');
    for (const running of [...books.running.values()]) if (running.party === party) this.#end(running, 'lost');
    for (const held of party.kept) books.recoverUsed(party, held.node, held.bundle);
    party.kept.clear();
    party.jobs.clear();
    if (party.isKnown) books.hierarchy.removeFramework(party.name);
    party.isKnown = false;
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
      this.#branch.schedule(soon(), () => party.standing === 'disconnected' && this.#register(party));
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
