import type { ResourceCatalog } from '../../base/amounts.ts';
import type { Channel } from '../../base/channel.ts';
import { type JobId, NONE, type NodeId, type TaskId } from '../../base/ids.ts';
import { fromSeconds, type Time, toSeconds } from '../../base/time.ts';
import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
  SchedulerContext,
  TaskOutcome,
} from '../mesos/schedulers/framework-scheduler.ts';
import type { DecisionOf } from './answer-fields.ts';
import { type Actions, Conversation } from './conversation.ts';
import { KnownJobs } from './known-jobs.ts';
import { describeJob, describeResources, drawSeed, lacking, unitsOf } from './messages.ts';
import { OpenOffers } from './open-offers.ts';
import { WrongDecision } from './wrong-decision.ts';

/** The decisions that a framework may answer with, and their fields. */
const FORMS = {
  accept: { offer: 'id', tasks: 'texts', refuse: 'seconds?' },
  'accept-gang': { job: 'id', offers: 'ids', refuse: 'seconds?' },
  decline: { offer: 'id', refuse: 'seconds?' },
  hold: { offer: 'id' },
  'launch-held': { offer: 'id', task: 'text' },
  release: { offer: 'id' },
  suppress: {},
  revive: {},
  'wake-at': { time: 'seconds' },
} as const;

type Decision = DecisionOf<typeof FORMS>;

/** What an external scheduler is told beside what every scheduler is made with. */
export interface ExternalFramework {
  /** The framework's name. */
  readonly framework: string;
  readonly role: string;
  readonly resources: ResourceCatalog;
  /** How long it may take for each answer, microseconds of the world's own time. */
  readonly limit: Time;
}

/**
 * A framework's scheduler in another process: each event is a message, and what it answers is done at once.
 *
 * Every method throws a {@link PartyFault} where the other side crashes, hangs or breaks its contract; it is closed then,
 * and hears of nothing more.
 *
 * @see docs/formats/external.md
 */
export class ExternalScheduler implements FrameworkScheduler {
  readonly #context: SchedulerContext;
  readonly #resources: ResourceCatalog;
  readonly #talk: Conversation<typeof FORMS>;
  readonly #jobs: KnownJobs;
  readonly #offers = new OpenOffers();
  readonly #actions: Actions<typeof FORMS>;

  constructor(channel: Channel, context: SchedulerContext, { framework, role, resources, limit }: ExternalFramework) {
    this.#context = context;
    this.#resources = resources;
    this.#jobs = new KnownJobs(context.work);
    const hello = () => ({
      party: 'framework',
      name: framework,
      role,
      seed: drawSeed(context.stream('seed')),
      nodes: context.nodes,
      resources: describeResources(resources),
    });
    const now = () => context.driver.now;
    this.#talk = new Conversation({ channel, party: `framework ${framework}`, limit, now, hello }, FORMS);
    this.#actions = this.#makeActions(context.driver);
  }

  /** Ends the other side. */
  close(): void {
    this.#talk.close();
  }

  onOffers(offers: readonly Offer[]): void {
    for (const offer of offers) this.#offers.add(offer);
    this.#tell('offers', {
      offers: offers.map(({ id, node, amounts, since }) => ({
        offer: id,
        node,
        amounts: unitsOf(this.#resources, (r) => amounts[r]!),
        since: toSeconds(since),
      })),
    });
  }

  onRescinded(offer: Offer): void {
    this.#offers.remove(offer.id);
    this.#tell('rescinded', { offer: offer.id });
  }

  onJobQueued(job: JobId): void {
    this.#jobs.add(job);
    const { work } = this.#context;
    this.#tell(
      'job-queued',
      describeJob(job, work, this.#resources, (task) => this.#whereMayRun(task)),
    );
  }

  onTaskEnded(task: TaskId, job: JobId, node: NodeId, outcome: TaskOutcome): void {
    const number = this.#context.work.submission(job);
    this.#tell('task-ended', { task: this.#jobs.nameOf(task), job: number, node, outcome });
  }

  onJobEnded(job: JobId): void {
    this.#jobs.remove(job);
    this.#tell('job-ended', { job: this.#context.work.submission(job) });
  }

  onWake(): void {
    this.#tell('wake', {});
  }

  #tell(type: string, facts: object): void {
    const time = toSeconds(this.#context.driver.now);
    this.#talk.ask({ type, time, ...facts }, this.#actions);
  }

  #makeActions(driver: FrameworkDriver): Actions<typeof FORMS> {
    return {
      accept: (decision) => this.#accept(decision),
      'accept-gang': (decision) => this.#acceptGang(decision),
      decline: ({ offer: id, refuse }) => {
        const offer = this.#offers.open(id);
        this.#offers.remove(id);
        driver.decline(offer, refusal(refuse));
      },
      hold: ({ offer: id }) => {
        const offer = this.#offers.open(id);
        this.#offers.hold(offer);
        driver.hold(offer);
      },
      'launch-held': ({ offer: id, task }) => {
        const offer = this.#offers.held(id);
        driver.launchHeld(offer, this.#queued(task, offer));
      },
      release: ({ offer: id }) => {
        const offer = this.#offers.held(id);
        this.#offers.remove(id);
        driver.release(offer);
      },
      suppress: () => driver.suppress(),
      revive: () => driver.revive(),
      'wake-at': ({ time }) => driver.wakeAt(fromSeconds(time)),
    };
  }

  #accept({ offer: id, tasks: names, refuse }: Extract<Decision, { type: 'accept' }>): void {
    const offer = this.#offers.open(id);
    const tasks = names.map((name) => this.#queued(name, offer));
    if (tasks.length === 0) throw new WrongDecision(`offer ${id} was accepted for no task; decline gives it back`);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new WrongDecision(`task ${twice} was launched twice on offer ${id}`);
    this.#checkRoom(offer, tasks);
    this.#offers.remove(id);
    this.#context.driver.accept(offer, tasks, refusal(refuse));
  }

  #acceptGang({ job: number, offers: ids, refuse }: Extract<Decision, { type: 'accept-gang' }>): void {
    const { work, driver } = this.#context;
    const job = this.#jobs.job(number);
    if (!work.isGang(job)) throw new WrongDecision(`job ${number} is no gang; accept launches its tasks`);
    const tasks: TaskId[] = [];
    for (let task = work.firstQueued(job); task !== NONE; task = work.nextQueued(task)) tasks.push(task);
    if (tasks.length !== ids.length)
      throw new WrongDecision(`job ${number} has ${tasks.length} queued tasks, and ${ids.length} offers were named`);
    const seats = tasks.map((task, i) => ({ task, offer: this.#offers.open(ids[i]!) }));
    for (const { task, offer } of seats) this.#checkNode(task, offer);
    for (const offer of new Set(seats.map((seat) => seat.offer))) {
      this.#checkRoom(
        offer,
        seats.filter((seat) => seat.offer === offer).map(({ task }) => task),
      );
      this.#offers.remove(offer.id);
    }
    driver.acceptGang(job, seats, refusal(refuse));
  }

  /** Gives a task that may be launched by itself on what an offer is of. */
  #queued(name: string, offer: Offer): TaskId {
    const { work } = this.#context;
    const task = this.#jobs.task(name);
    if (work.isGang(work.jobOf(task)))
      throw new WrongDecision(`task ${name} belongs to a gang; accept-gang starts all of it or nothing`);
    if (!work.isQueued(task))
      throw new WrongDecision(`task ${name} is not queued: it ${work.isRunning(task) ? 'runs' : 'has ended'}`);
    this.#checkNode(task, offer);
    return task;
  }

  #checkNode(task: TaskId, { id, node }: Offer): void {
    if (this.#context.work.mayRun(task, node)) return;
    throw new WrongDecision(`task ${this.#jobs.nameOf(task)} may not run on node ${node}, which offer ${id} is of`);
  }

  #checkRoom({ id, amounts }: Offer, tasks: readonly TaskId[]): void {
    const { work } = this.#context;
    const needed = (r: number) => tasks.reduce((sum, task) => sum + work.demand(task, r), 0);
    const problem = lacking(this.#resources, needed, (r) => amounts[r]!);
    if (problem !== '')
      throw new WrongDecision(`what was launched on offer ${id} needs more than was offered: ${problem}`);
  }

  /** The nodes that a task may run on, unless it is all of them. */
  #whereMayRun(task: TaskId): object {
    const { work, nodes: count } = this.#context;
    const nodes = Array.from({ length: count }, (_, node) => node).filter((node) => work.mayRun(task, node));
    return nodes.length === count ? {} : { nodes };
  }
}

/** Microseconds; the framework's own refusal where nothing is said. */
function refusal(seconds: number | undefined): Time | undefined {
  return seconds === undefined ? undefined : fromSeconds(seconds);
}
