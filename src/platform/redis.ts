import type { Queue, RedisOptions } from 'bullmq';
import { ScenarioError } from '../base/errors.ts';
import { JobQueue } from './job-queue.ts';
import { JobServer } from './job-server.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import { RedisFault } from './redis-fault.ts';

/** Milliseconds to wait for a first answer, and between two tries to reach a Redis that was there before. */
const PATIENCE = 5_000;
const BETWEEN = 1_000;
/** Tries before a Redis that was there counts as gone. */
const TRIES = 30;
/** What is said of a connection that is lost. */
const GONE = /max retries per request|connection is closed|ECONN|ETIMEDOUT|EPIPE/i;
/** What begins every key. */
const PREFIX = 'allot';

/** Takes the key if nobody else has it, or keeps it; gives who has it then. */
const CLAIM = `local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;

/** A Redis with queues, notices that anybody may read, and claims that end by themselves. */
export class Redis {
  readonly address: RedisAddress;
  readonly #home: Queue;
  readonly #options: RedisOptions;

  private constructor(address: RedisAddress, home: Queue, options: RedisOptions) {
    this.address = address;
    this.#home = home;
    this.#options = options;
  }

  /** @throws ScenarioError if the text is no address, or nothing that will do answers there. */
  static async open(text: string): Promise<Redis> {
    const address = readRedisAddress(text);
    const { host, port, db, username, password, tls } = address;
    let isUp = false;
    const options: RedisOptions = {
      ...{ host, port, db, connectTimeout: PATIENCE },
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(tls && { tls: {} }),
      retryStrategy: (times) => (isUp && times <= TRIES ? BETWEEN : null),
    };
    const { Queue: BullQueue } = await import('bullmq');
    const home = new BullQueue(PREFIX, { connection: options, prefix: PREFIX, skipMetasUpdate: true });
    let reason: unknown;
    home.on('error', (error) => {
      reason ??= error;
    });
    try {
      const client = await home.waitUntilReady();
      // A database that is not there is told of in passing, and another one taken.
      if (reason !== undefined) throw reason;
      client.defineCommand('allot:claim', { numberOfKeys: 1, lua: CLAIM });
      isUp = true;
    } catch (error) {
      await home.close().catch(() => {});
      throw new ScenarioError(`no Redis to work with at ${address.name}: ${wording(reason ?? error)}`);
    }
    return new Redis(address, home, options);
  }

  /** Gives all notices by name. */
  notices(): Promise<Readonly<Record<string, string>>> {
    return this.attempt(async () => (await this.#home.client).hgetall(`${PREFIX}:notices`));
  }

  async post(name: string, notice: string): Promise<void> {
    await this.attempt(async () => (await this.#home.client).hset(`${PREFIX}:notices`, { [name]: notice }));
  }

  async takeDown(name: string): Promise<void> {
    await this.attempt(async () => (await this.#home.client).hdel(`${PREFIX}:notices`, name));
  }

  /** Takes or keeps a name for so many milliseconds; gives who has it then. */
  claim(name: string, owner: string, ms: number): Promise<string> {
    const key = `${PREFIX}:claim:${name}`;
    return this.attempt(async () => (await this.#home.client).runCommand('allot:claim', [key, owner, ms]));
  }

  /** Gives who has a name; null where nobody has. */
  holder(name: string): Promise<string | null> {
    return this.attempt(async () => (await this.#home.client).get(`${PREFIX}:claim:${name}`));
  }

  async release(name: string): Promise<void> {
    await this.attempt(async () => (await this.#home.client).del(`${PREFIX}:claim:${name}`));
  }

  /** Opens a queue of jobs from the side that gives them. */
  async queue<Job, Answer>(name: string): Promise<JobQueue<Job, Answer>> {
    const { Queue: BullQueue } = await import('bullmq');
    const queue = new BullQueue(name, { connection: this.#options, prefix: PREFIX });
    return new JobQueue<Job, Answer>(queue, this.attempt);
  }

  /** Takes jobs from a queue, so many at a time; those that are answered with null go back. */
  async serve<Job, Answer>(
    name: string,
    width: number,
    answer: (id: string, job: Job) => Promise<Answer | null>,
  ): Promise<JobServer> {
    return JobServer.open(name, width, answer, { connection: this.#options, prefix: PREFIX });
  }

  async close(): Promise<void> {
    await this.#home.close().catch(() => {});
  }

  /** Does something with the Redis; rejects with a {@link RedisFault} that names it. */
  readonly attempt = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      const text = wording(error);
      const isGone = GONE.test(text);
      throw new RedisFault(`${this.address.name} ${isGone ? 'does not answer any more' : `refuses: ${text}`}`);
    }
  };
}

/** Addresses that were tried one by one have a reason each and none in common. */
function wording(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wording).join(', ');
  return error instanceof Error ? error.message : String(error);
}
