import { setTimeout as pause } from 'node:timers/promises';
import { parseNotice, type SweepNotice } from '../experiment/queued-sweep.ts';
import type { JobQueue } from '../platform/job-queue.ts';
import { Redis } from '../platform/redis.ts';
import { ExitCode } from './exit-code.ts';
import { threadsOf } from './experiment-options.ts';
import { interruptible } from './interruptible.ts';
import { tell } from './output.ts';
import { admit } from './queued-work.ts';
import { RunServer } from './run-server.ts';

/** What `worker` is told. */
export interface WorkArguments {
  readonly redis: string;
  readonly threads?: number | undefined;
  readonly memory?: string | undefined;
  readonly 'until-empty'?: boolean | undefined;
  readonly folder?: string | undefined;
  readonly programs?: boolean | undefined;
}

/** Milliseconds between two looks at what there is to do. */
const BETWEEN = 500;
/** Milliseconds in which runs may go back to their queue when the worker is told to end. */
const PARTING = 5_000;

/** Does runs of sweeps that lie in queues until it is told to stop; gives the exit code. */
export async function workAndReport(args: WorkArguments): Promise<number> {
  const { threads, memory } = args;
  const width = threadsOf({ confidence: 0.95, threads, memory });
  const redis = await Redis.open(args.redis);
  const desk = new Desk(redis, args, width);
  try {
    return await interruptible(
      'the runs that go on here are finished first',
      () => desk.stop(),
      () => desk.work(),
      (code) => desk.quit(code),
    );
  } finally {
    await desk.close();
    await redis.close();
  }
}

/** A sweep that this worker may take part in, and how much of it there is to do. */
interface Offer {
  readonly notice: SweepNotice;
  readonly waiting: number;
  readonly active: number;
}

/** Looks which sweeps there are and does the runs of one after the other. */
class Desk {
  readonly #redis: Redis;
  readonly #args: WorkArguments;
  readonly #width: ReturnType<typeof threadsOf>;
  readonly #queues = new Map<string, JobQueue<unknown, unknown>>();
  /** Why sweeps are not taken, by queue; null where they are. */
  readonly #refusals = new Map<string, string | null>();
  #server: RunServer | null = null;
  #isStopped = false;
  #quitWith: number | null = null;
  #done = 0;
  #failed = 0;

  constructor(redis: Redis, args: WorkArguments, width: ReturnType<typeof threadsOf>) {
    this.#redis = redis;
    this.#args = args;
    this.#width = width;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Lets the runs that go on here to others, and ends with this code. */
  quit(code: number): void {
    this.stop();
    this.#quitWith = code;
    if (this.#server !== null && this.#server.atWork > 0) tell('told to end: the runs that go on here go back');
    this.#server?.giveBack();
    setTimeout(() => process.exit(code), PARTING).unref();
  }

  async work(): Promise<number> {
    tell(`waiting for runs at ${this.#redis.address.name}`);
    while (!this.#isStopped) {
      const offers = await this.#offers();
      await this.#choose(offers);
      if (this.#args['until-empty'] && this.#server === null && !(await this.#isAwaited(offers))) break;
      await pause(BETWEEN);
    }
    if (this.#quitWith !== null) this.#server?.giveBack();
    await this.#leave(false);
    const failed = this.#failed === 0 ? '' : `, ${this.#failed} of which failed`;
    tell(`${this.#done === 1 ? 'one run' : `${this.#done} runs`} done${failed}`);
    if (this.#quitWith !== null) return this.#quitWith;
    const isRefused = [...this.#refusals.values()].some((reason) => reason !== null);
    return this.#args['until-empty'] && isRefused ? ExitCode.badInput : ExitCode.ok;
  }

  async close(): Promise<void> {
    await this.#leave(true);
    for (const queue of this.#queues.values()) await queue.close();
  }

  /** Stays with a sweep while it has runs to do, or runs of others who may die, unless another one waits. */
  async #choose(offers: readonly Offer[]): Promise<void> {
    const own = this.#server?.queue;
    const isBusy = this.#server !== null && this.#server.atWork > 0;
    const current = offers.find(({ notice }) => notice.queue === own);
    if (isBusy || (current && current.waiting > 0)) return;
    const next = offers.find(({ waiting }) => waiting > 0) ?? offers.find(({ active }) => active > 0);
    if (next?.notice.queue === own) return;
    await this.#leave(false);
    if (next === undefined) return;
    this.#server = await RunServer.open(this.#redis, next.notice, {
      folder: this.#args.folder ?? next.notice.folder,
      ...this.#width,
      programs: this.#args.programs ?? false,
      onRun: (hasFailed) => {
        this.#done++;
        if (hasFailed) this.#failed++;
      },
    });
    tell(`at ${next.notice.scenario} (${next.notice.queue})`);
  }

  async #leave(isLost: boolean): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.close(isLost);
  }

  /** Gives the sweeps that this worker may take part in. */
  async #offers(): Promise<Offer[]> {
    const offers: Offer[] = [];
    for (const text of Object.values(await this.#redis.notices())) {
      const notice = parseNotice(text);
      if (notice === null || !(await this.#isAdmitted(notice))) continue;
      const queue = this.#queues.get(notice.queue) ?? (await this.#redis.queue<unknown, unknown>(notice.queue));
      this.#queues.set(notice.queue, queue);
      offers.push({ notice, ...(await queue.counts()) });
    }
    return offers;
  }

  async #isAdmitted(notice: SweepNotice): Promise<boolean> {
    const { queue, scenario } = notice;
    if (!this.#refusals.has(queue)) {
      const reason = await admit(notice, this.#args.folder ?? notice.folder, this.#args.programs ?? false);
      this.#refusals.set(queue, reason);
      if (reason !== null) tell(`not taking part in ${scenario} (${queue}): ${reason}`);
    }
    return this.#refusals.get(queue) === null;
  }

  /** Runs may come as long as somebody coordinates a sweep. */
  async #isAwaited(offers: readonly Offer[]): Promise<boolean> {
    for (const { notice, waiting, active } of offers) {
      if (waiting + active > 0 || (await this.#redis.holder(notice.queue)) !== null) return true;
    }
    return false;
  }
}
