import type { Job as BullJob, Queue } from 'bullmq';

/** A job that is over: with an answer, or because those died that were at it. */
export interface Settled<Answer> {
  readonly id: string;
  readonly answer?: Answer;
  readonly death?: string;
}

/** A queue from the side of those who put jobs into it; what is over stays there until it is forgotten. */
export class JobQueue<Job, Answer> {
  readonly #queue: Queue;
  readonly #attempt: <T>(action: () => Promise<T>) => Promise<T>;

  /** @param attempt turns errors of the connection into those of our own. */
  constructor(queue: Queue, attempt: <T>(action: () => Promise<T>) => Promise<T>) {
    this.#queue = queue;
    this.#attempt = attempt;
    // Whoever asks next gets it.
    queue.on('error', () => {});
  }

  /** Puts a job into the queue, unless one of that id is there. */
  async put(id: string, job: Job): Promise<void> {
    await this.#attempt(() => this.#queue.add('job', job, { jobId: id }));
  }

  /** Gives the jobs that are over but for those that `skip` knows. */
  settled(skip: (id: string) => boolean): Promise<Settled<Answer>[]> {
    return this.#attempt(async () => {
      const ids = await this.#queue.getRanges(['completed', 'failed'], 0, -1);
      const jobs = await Promise.all(ids.filter((id) => !skip(id)).map((id) => this.#queue.getJob(id)));
      return jobs.flatMap((job) => (job === undefined ? [] : settledOf<Answer>(job)));
    });
  }

  /** Gives how many jobs nobody has taken yet, and at how many somebody is. */
  counts(): Promise<{ waiting: number; active: number }> {
    return this.#attempt(async () => {
      const { wait = 0, paused = 0, active = 0 } = await this.#queue.getJobCounts('wait', 'paused', 'active');
      return { waiting: wait + paused, active };
    });
  }

  async forget(id: string): Promise<void> {
    await this.#attempt(() => this.#queue.remove(id));
  }

  /** Takes away the queue with all that is in it; what somebody is at counts for nothing. */
  async clear(): Promise<void> {
    await this.#attempt(() => this.#queue.obliterate({ force: true }));
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(() => {});
  }
}

function settledOf<Answer>(job: BullJob): Settled<Answer> {
  const id = job.id!;
  return job.failedReason ? { id, death: job.failedReason } : { id, answer: job.returnvalue as Answer };
}
