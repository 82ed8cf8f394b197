import type { JobId, NodeId, TaskId } from '../../../base/ids.ts';
import type { OptionReader, OptionSpecs } from '../../../base/options.ts';
import type { Random } from '../../../base/random.ts';
import type { Time } from '../../../base/time.ts';
import type { OwnWork } from './own-work.ts';

/** What a framework was offered of one node; it is the framework's until it answers or the master takes it back. */
export interface Offer {
  readonly id: number;
  readonly node: NodeId;
  /** Whole steps, one a resource, whether reserved for its role or not. */
  readonly amounts: Float64Array;
  /** When it was made. */
  readonly since: Time;
}

/** One task of a gang, and the offer that it is to run on. */
export interface Seat {
  readonly task: TaskId;
  readonly offer: Offer;
}

/**
 * Why a running task of the framework is not running any more: it has finished; its node is gone, so that it is queued
 * again; or its framework has stopped it, likewise.
 */
export type TaskOutcome = 'finished' | 'lost' | 'killed';

/** What a framework can tell the master. Times to refuse are microseconds; the framework's own where left out. */
export interface FrameworkDriver {
  readonly now: Time;
  /** How long it refuses what it gives back where nothing else is said. */
  readonly refuse: Time;
  /**
   * Starts tasks on an offer and gives the rest back, not to be offered such again for so long.
   *
   * @param speed how fast each of them runs, microseconds of work in one; 1 where left out.
   * @throws AllocatorError if the offer is not the framework's (any more), or the tasks do not fit into it together.
   */
  accept(offer: Offer, tasks: readonly TaskId[], refuse?: Time, speed?: (task: TaskId) => number): void;
  /** Starts all queued tasks of a gang at once, each on an offer; the rest of all these offers is given back. */
  acceptGang(job: JobId, seats: readonly Seat[], refuse?: Time): void;
  decline(offer: Offer, refuse?: Time): void;
  /**
   * Takes the offer, or so much of it, into its own keeping: nobody else gets it until {@link release}, whatever runs on
   * it. The rest is given back.
   *
   * @returns what it holds, with the amounts held.
   */
  hold(offer: Offer, amounts?: Float64Array, refuse?: Time): Offer;
  /** Starts a task on what the framework holds. */
  launchHeld(held: Offer, task: TaskId, speed?: number): void;
  /** Gives what it holds back; nothing may run on it. */
  release(held: Offer): void;
  /** Asks for no more offers until {@link revive}. */
  suppress(): void;
  /** Asks for offers, whatever was refused before. */
  revive(): void;
  /** Asks to be woken at that time; where that is now, before the pass ends. */
  wakeAt(time: Time): void;
}

/**
 * The second level: decides what a framework does with what it is offered. It sees its offers and its own tasks.
 *
 * It acts when it gets offers and when it is woken; the other calls only tell it what has happened. Offers that it
 * neither accepts nor declines stay with it.
 */
export interface FrameworkScheduler {
  onOffers(offers: readonly Offer[]): void;
  /** An offer, or what it held, was taken back or is gone with its node; it may no longer be used. */
  onRescinded?(offer: Offer): void;
  onJobQueued?(job: JobId): void;
  /** So many tasks of a job, from `first` on, have nothing left to wait for and are queued. */
  onTasksReady?(job: JobId, first: TaskId, count: number): void;
  onTaskEnded?(task: TaskId, job: JobId, node: NodeId, outcome: TaskOutcome): void;
  onJobEnded?(job: JobId): void;
  onWake?(): void;
}

/** What a scheduler is made with. */
export interface SchedulerContext {
  readonly driver: FrameworkDriver;
  readonly work: OwnWork;
  /** How many nodes the cluster has; where a framework's data may lie. */
  readonly nodes: number;
  /** Opens a stream of chance that belongs to this framework. */
  stream(name: string): Random;
  /** Counts something that observers may ask for: a start beside its data, or far from it. */
  count(what: 'local' | 'remote', node: NodeId): void;
}

/** What a scheduler's file exports; `registry.ts` lists them. */
export interface SchedulerDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSpecs;
  create(options: OptionReader, context: SchedulerContext): FrameworkScheduler;
}
