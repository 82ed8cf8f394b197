import { isItself, type QueuedRun, type SweepNotice, startsPrograms } from '../experiment/queued-sweep.ts';
import { RunFailure, type Runner } from '../experiment/runner.ts';
import type { JobServer } from '../platform/job-server.ts';
import type { Redis } from '../platform/redis.ts';
import { sha256 } from '../platform/sha256.ts';
import type { RunAnswer } from './run-worker.ts';
import { openRunner, type RunnerOptions } from './thread-runner.ts';

/** How the runs of a sweep are done here. */
export interface RunServerOptions extends RunnerOptions {
  /** Whether runs may start programs. */
  readonly programs: boolean;
  /** Is told of each run that is over. */
  readonly onRun: (hasFailed: boolean) => void;
}

/** Does runs of one sweep on the threads of this machine. */
export class RunServer {
  readonly queue: string;
  readonly #runner: Runner;
  readonly #server: JobServer;

  private constructor(queue: string, runner: Runner, server: JobServer) {
    this.queue = queue;
    this.#runner = runner;
    this.#server = server;
  }

  static async open(redis: Redis, notice: SweepNotice, options: RunServerOptions): Promise<RunServer> {
    const runner = await openRunner(options);
    const server = await redis.serve<QueuedRun, RunAnswer>(notice.queue, runner.width, async (id, run) => {
      const answer = await answerTo(id, run, runner, notice, options);
      if (answer !== null) options.onRun(!('measured' in answer));
      return answer;
    });
    return new RunServer(notice.queue, runner, server);
  }

  get atWork(): number {
    return this.#server.atWork;
  }

  /** Puts the runs that go on here back into the queue; {@link close} waits for that. */
  giveBack(): void {
    // It takes no other run, nor the same one again.
    void this.#server.close();
    this.#runner.stop();
  }

  /** Finishes what goes on, unless nobody would hear of it. */
  async close(isLost: boolean): Promise<void> {
    await this.#server.close(isLost);
    await this.#runner.close();
  }
}

/** Gives what came of a run; null where it was stopped, so that somebody else has to do it. */
async function answerTo(
  id: string,
  run: QueuedRun,
  runner: Runner,
  { traces }: SweepNotice,
  { programs }: RunServerOptions,
): Promise<RunAnswer | null> {
  if (!isItself(id, run, traces, sha256)) {
    return { reason: 'error', message: 'what lies in the queue is not the run that it is called after' };
  }
  if (startsPrograms(run.scenario) && !programs) {
    return { reason: 'input', message: 'programs decide in it, which this worker may not start' };
  }
  try {
    return { measured: await runner.run(run.scenario, run.extras, id) };
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    return error.reason === 'stopped' ? null : { reason: error.reason, message: error.message };
  }
}
