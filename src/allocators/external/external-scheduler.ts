import type { ResourceCatalog } from '../../base/amounts.ts';
import type { Channel } from '../../base/channel.ts';
import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import { toSeconds } from '../../base/time.ts';
import type {
  FrameworkScheduler,
  Offer,
  SchedulerContext,
  TaskOutcome,
} from '../mesos/schedulers/framework-scheduler.ts';
import { Conversation } from './conversation.ts';
import { FrameworkActions, frameworkForms } from './framework-actions.ts';
import { KnownJobs } from './known-jobs.ts';
import { describeJob, describeResources, drawSeed, unitsOf } from './messages.ts';
import { OpenOffers } from './open-offers.ts';

/** What an external scheduler is told beside what every scheduler is made with. */
export interface ExternalFramework {
  /** The framework's name. */
  readonly framework: string;
  readonly role: string;
  readonly resources: ResourceCatalog;
  /** How long it may take for each answer, milliseconds of the world's own time. */
  readonly limitMs: number;
}

/**
 * A framework's scheduler in another process: offers and wake-ups are messages, with what has happened since the last,
 * and what it answers is done at once. News alone wakes it before the pass ends.
 *
 * {@link onOffers} and {@link onWake} throw a PartyFault where the other side crashes, hangs or breaks its contract; it is
 * closed then, and hears of nothing more.
 *
 * @see docs/formats/external.md
 */
export class ExternalScheduler implements FrameworkScheduler {
  readonly #context: SchedulerContext;
  readonly #resources: ResourceCatalog;
  readonly #talk: Conversation<typeof frameworkForms>;
  readonly #actions: FrameworkActions;
  readonly #jobs = new KnownJobs();
  readonly #offers = new OpenOffers();
  #news: object[] = [];

  constructor(channel: Channel, context: SchedulerContext, { framework, role, resources, limitMs }: ExternalFramework) {
    this.#context = context;
    this.#resources = resources;
    this.#actions = new FrameworkActions(context, resources, this.#jobs, this.#offers);
    this.#talk = new Conversation(
      {
        channel,
        party: `framework ${framework}`,
        limitMs,
        now: () => context.driver.now,
        hello: () => ({
          party: 'framework',
          name: framework,
          role,
          seed: drawSeed(context.stream('seed')),
          nodes: context.nodes,
          resources: describeResources(resources),
        }),
      },
      frameworkForms,
    );
  }

  /** Ends the other side. */
  close(): void {
    this.#talk.close();
  }

  onOffers(offers: readonly Offer[]): void {
    for (const offer of offers) this.#offers.add(offer);
    this.#ask('offers', {
      offers: offers.map(({ id, node, amounts, since }) => ({
        offer: id,
        node,
        amounts: unitsOf(this.#resources, (r) => amounts[r]!),
        since: toSeconds(since),
      })),
    });
  }

  onWake(): void {
    const isAsked = this.#actions.wakes.delete(this.#context.driver.now);
    // News may have gone out with offers before the wake-up that was for it.
    if (isAsked || this.#news.length > 0) this.#ask('wake', {});
  }

  onRescinded(offer: Offer): void {
    this.#offers.remove(offer.id);
    this.#note({ type: 'rescinded', offer: offer.id });
  }

  onJobQueued(job: JobId): void {
    const { work } = this.#context;
    const number = work.submission(job);
    // A master may tell of a job again when the framework registers.
    if (this.#jobs.has(number)) return;
    this.#jobs.add({
      row: job,
      number,
      firstTask: work.firstTask(job),
      taskCount: work.taskCount(job),
    });
    const facts = describeJob(job, work, this.#resources, (task) => this.#whereMayRun(task));
    this.#note({ type: 'job-queued', ...facts });
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    const names = Array.from({ length: count }, (_, i) => this.#jobs.nameOf(first + i, job));
    const tasks = names.filter((name) => name !== undefined);
    if (tasks.length > 0) this.#note({ type: 'tasks-ready', tasks });
  }

  onTaskEnded(task: TaskId, job: JobId, node: NodeId, outcome: TaskOutcome): void {
    const name = this.#jobs.nameOf(task, job);
    if (name !== undefined) this.#note({ type: 'task-ended', task: name, node, outcome });
  }

  onJobEnded(job: JobId): void {
    const number = this.#jobs.remove(job);
    if (number !== undefined) this.#note({ type: 'job-ended', job: number });
  }

  /** Keeps news for the next message, and sees to it that there is one. */
  #note(event: object): void {
    if (this.#talk.isClosed) return;
    if (this.#news.length === 0) this.#context.driver.wakeAt(this.#context.driver.now);
    this.#news.push(event);
  }

  #ask(type: string, facts: object): void {
    const events = this.#news;
    this.#news = [];
    const time = toSeconds(this.#context.driver.now);
    this.#talk.ask({ type, time, events, ...facts }, this.#actions);
  }

  /** The nodes that a task may run on, unless it is all of them. */
  #whereMayRun(task: TaskId): object {
    const { work, nodes: count } = this.#context;
    const nodes = Array.from({ length: count }, (_, node) => node).filter((node) => work.mayRun(task, node));
    return nodes.length === count ? {} : { nodes };
  }
}
