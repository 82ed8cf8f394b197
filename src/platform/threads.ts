import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type { Piscina } from 'piscina';

/** How a thread died while it was at work. */
export class ThreadDeath extends Error {
  override readonly name = 'ThreadDeath';
  readonly ranOutOfMemory: boolean;

  constructor(message: string, ranOutOfMemory: boolean) {
    super(message);
    this.ranOutOfMemory = ranOutOfMemory;
  }
}

/** Gives how many threads this machine runs side by side. */
export function processors(): number {
  return availableParallelism();
}

/** A few threads that take one task each at a time; one that dies is replaced. */
export class Threads<Task, Answer> {
  readonly count: number;
  readonly #pool: Piscina<Task, Answer>;
  #collectsAlone = false;
  /** Rejects when a thread dies while it starts, as all that follow would; one that dies idle is replaced. */
  readonly #barren: Promise<never>;

  private constructor(pool: Piscina<Task, Answer>, count: number) {
    this.#pool = pool;
    this.count = count;
    this.#barren = new Promise((_, reject) =>
      pool.on('error', (error) => {
        if (pool.threads.length < count) reject(error);
      }),
    );
    this.#barren.catch(() => {});
  }

  /**
   * Starts threads on a module whose default export answers tasks.
   *
   * @param heap MiB that each may hold as objects; buffers are not counted.
   */
  static async open<Task, Answer>(module: URL, count: number, heap?: number): Promise<Threads<Task, Answer>> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<Task, Answer>({
      filename: module.href,
      minThreads: count,
      maxThreads: count,
      // Between two tasks a thread may have something to end, such as a program that decided in the last one.
      atomics: 'disabled',
      // Loaders of this process are none of their business.
      execArgv: [],
      ...(heap !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heap } }),
    });
    return new Threads(pool, count);
  }

  /** Gives a task to a thread that is free; rejects with a {@link ThreadDeath} if the thread dies of it. */
  async run(task: Task): Promise<Answer> {
    try {
      const answer = await Promise.race([this.#pool.run(task), this.#barren]);
      this.#collectAlone();
      return answer;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new ThreadDeath(message, code === 'ERR_WORKER_OUT_OF_MEMORY');
    }
  }

  /**
   * Has each of several threads collect its own garbage: helpers would take the processors from the other threads, and
   * wait for one another. Not before the first answer, as V8 takes kept bytecode only under the flags it was made with.
   */
  #collectAlone(): void {
    if (this.#collectsAlone || this.count === 1) return;
    this.#collectsAlone = true;
    setFlagsFromString('--no-parallel-scavenge');
  }

  /** Ends all threads where they are. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
