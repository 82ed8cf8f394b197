import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ScenarioError } from '../base/errors.ts';
import type { Extras, Measured } from '../experiment/measure-run.ts';
import type { QueuedRun, SweepNotice } from '../experiment/queued-sweep.ts';
import { RunFailure, type Runner } from '../experiment/runner.ts';
import type { JobQueue, Settled } from '../platform/job-queue.ts';
import { Redis } from '../platform/redis.ts';
import { RedisFault } from '../platform/redis-fault.ts';
import type { Scenario } from '../scenario/schema.ts';
import { tell } from './output.ts';
import type { RunAnswer } from './run-worker.ts';

/** Runs that lie in the queue at once, so that a large plan need not fit into the memory of the Redis. */
const WIDTH = 1_000;
/** Milliseconds between two looks at the queue. */
const BETWEEN = 200;
/** Milliseconds that a sweep stays with a coordinator that is heard of no more. */
const CLAIM = 10_000;

/** What a queue is opened with. */
export interface QueueRunnerOptions {
  readonly address: string;
  readonly notice: SweepNotice;
  /** Leaves the runs in the queue when the user ends the sweep. */
  readonly keep: boolean;
  /** Takes what came of a run that is not asked for; says whether it is known and may go. */
  readonly onSurplus: (id: string, measured: Measured) => boolean;
}

interface Asker {
  readonly resolve: (measured: Measured) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Has runs done by workers on any machine, over a queue.
 *
 * The queue is the memory: what was put there or done while no coordinator lived is found by the next one.
 */
export class QueueRunner implements Runner {
  readonly width = WIDTH;
  readonly #redis: Redis;
  readonly #queue: JobQueue<QueuedRun, RunAnswer>;
  readonly #options: QueueRunnerOptions;
  readonly #owner: string;
  readonly #askers = new Map<string, Asker>();
  /** Answers to runs that nobody has asked for yet. */
  readonly #early = new Map<string, Measured>();
  /** Answers that are given and not yet written down. */
  readonly #given = new Set<string>();
  readonly #forgetting = new Set<Promise<void>>();
  readonly #watching: Promise<void>;
  #fault: Error | null = null;
  #isStopped = false;
  #isClosed = false;

  private constructor(redis: Redis, queue: JobQueue<QueuedRun, RunAnswer>, options: QueueRunnerOptions, owner: string) {
    this.#redis = redis;
    this.#queue = queue;
    this.#options = options;
    this.#owner = owner;
    this.#watching = this.#watch();
  }

  /** @throws ScenarioError if there is no Redis, or another process coordinates this very sweep. */
  static async open(options: QueueRunnerOptions): Promise<QueueRunner> {
    const { address, notice } = options;
    const redis = await Redis.open(address);
    const owner = `${hostname()}:${process.pid}`;
    try {
      await claim(redis, notice.queue, owner);
      await redis.post(notice.queue, JSON.stringify(notice));
      return new QueueRunner(redis, await redis.queue<QueuedRun, RunAnswer>(notice.queue), options, owner);
    } catch (error) {
      await redis.close();
      throw error;
    }
  }

  async run(scenario: Scenario, extras: Extras, id: string): Promise<Measured> {
    if (this.#fault !== null) throw this.#fault;
    const early = this.#early.get(id);
    if (early !== undefined) {
      this.#early.delete(id);
      this.#given.add(id);
      return early;
    }
    const answer = new Promise<Measured>((resolve, reject) => this.#askers.set(id, { resolve, reject }));
    this.#queue.put(id, { scenario, extras }).catch((error: Error) => this.#fail(error));
    return answer;
  }

  written(id: string): void {
    this.#forget(id).catch((error: Error) => this.#fail(error));
  }

  stop(): void {
    this.#isStopped = true;
    this.#refuseAll(new RunFailure('stopped', 'interrupted'));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#watching;
    const { notice, keep } = this.#options;
    if (this.#fault === null) {
      await Promise.all(this.#forgetting);
      if (!(this.#isStopped && keep)) {
        await this.#redis.takeDown(notice.queue);
        await this.#queue.clear();
      }
      await this.#redis.release(notice.queue);
    }
    await this.#queue.close();
    await this.#redis.close();
  }

  async #watch(): Promise<void> {
    try {
      while (!this.#isClosed) {
        await this.#keepClaim();
        const known = (id: string): boolean => this.#given.has(id) || this.#early.has(id);
        const settled = await this.#queue.settled(known);
        for (const each of settled) await this.#take(each);
        if (settled.length === 0) await pause(BETWEEN);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  async #keepClaim(): Promise<void> {
    const holder = await this.#redis.claim(this.#options.notice.queue, this.#owner, CLAIM);
    if (holder !== this.#owner) throw new RedisFault(`another process has taken over this sweep: ${holder}`);
  }

  async #take({ id, answer, death }: Settled<RunAnswer>): Promise<void> {
    if (answer !== undefined && 'measured' in answer) {
      this.#give(id, answer.measured);
      return;
    }
    // It may be asked for again, and must then be no longer there.
    await this.#queue.forget(id);
    const failure = answer === undefined ? new RunFailure('crash', died(death)) : refusal(answer);
    this.#askers.get(id)?.reject(failure);
    this.#askers.delete(id);
  }

  #give(id: string, measured: Measured): void {
    const asker = this.#askers.get(id);
    if (asker !== undefined) {
      this.#askers.delete(id);
      this.#given.add(id);
      asker.resolve(measured);
    } else if (this.#options.onSurplus(id, measured)) {
      this.#given.add(id);
      this.written(id);
    } else this.#early.set(id, measured);
  }

  #forget(id: string): Promise<void> {
    const forgetting = this.#queue.forget(id).then(() => {
      this.#given.delete(id);
      this.#forgetting.delete(forgetting);
    });
    this.#forgetting.add(forgetting);
    return forgetting;
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    this.#isClosed = true;
    this.#refuseAll(error);
  }

  #refuseAll(error: Error): void {
    for (const { reject } of this.#askers.values()) reject(error);
    this.#askers.clear();
  }
}

function refusal(answer: Exclude<RunAnswer, { readonly measured: Measured }>): RunFailure {
  return new RunFailure(answer.reason, answer.message);
}

/** The queue says that a job stalled: nobody holds its place any more. */
function died(death: string | undefined): string {
  return death === undefined || death.includes('stalled') ? 'the worker that had it is gone' : death;
}

/** A coordinator that was killed is waited for until its claim ends. */
async function claim(redis: Redis, queue: string, owner: string): Promise<void> {
  for (let waited = 0; ; waited += BETWEEN) {
    const holder = await redis.claim(queue, owner, CLAIM);
    if (holder === owner) return;
    if (waited === 0) tell(`${holder} coordinates this sweep, or did a moment ago: waiting whether it goes on`);
    if (waited > CLAIM + 1_000) throw new ScenarioError(`${holder} coordinates this very sweep already`);
    await pause(BETWEEN);
  }
}
