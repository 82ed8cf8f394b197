import type { Worker, WorkerOptions } from 'bullmq';

/** Milliseconds after which a job counts as left alone by those who took it, and between two looks for such jobs. */
const LEFT_ALONE = 15_000;
const BETWEEN = 5_000;

/**
 * Takes jobs from a queue and answers them.
 *
 * While a job goes on its place in the queue is held; when its holder dies, one of the others gives it back as dead.
 * A job that is answered with null goes back to be the next that somebody takes, as if nobody had taken it.
 */
export class JobServer {
  readonly #worker: Worker;
  #atWork = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static async open<Job, Answer>(
    name: string,
    width: number,
    answer: (id: string, job: Job) => Promise<Answer | null>,
    options: Pick<WorkerOptions, 'connection' | 'prefix'>,
  ): Promise<JobServer> {
    const { Worker: BullWorker, WaitingError } = await import('bullmq');
    const worker = new BullWorker(
      name,
      async (job, token) => {
        server.#atWork++;
        try {
          const given = await answer(job.id!, job.data as Job);
          if (given !== null) return given;
          await job.moveToWait(token);
          throw new WaitingError();
        } finally {
          server.#atWork--;
        }
      },
      {
        ...options,
        concurrency: width,
        autorun: false,
        lockDuration: LEFT_ALONE,
        stalledInterval: BETWEEN,
        // Whoever put the job there says how often it is tried.
        maxStalledCount: 0,
      },
    );
    const server = new JobServer(worker);
    // Errors of the connection are noticed by those who ask how the queue is; an answer that comes too late is dropped.
    worker.on('error', () => {});
    worker.run().catch(() => {});
    return server;
  }

  /** How many jobs go on. */
  get atWork(): number {
    return this.#atWork;
  }

  /** Takes no further jobs and waits until those that go on are answered, unless nobody would hear it. */
  close(isLost = false): Promise<void> {
    return this.#worker.close(isLost);
  }
}
