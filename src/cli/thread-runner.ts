import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Extras, Measured } from '../experiment/measure-run.ts';
import { RunFailure, type Runner } from '../experiment/runner.ts';
import { processors, ThreadDeath, Threads } from '../platform/threads.ts';
import type { Scenario } from '../scenario/schema.ts';
import answerHere, { type RunAnswer, type RunTask } from './run-worker.ts';

/** Milliseconds that runs may take to end once they are told to. */
const GRACE = 2_000;

/** What runs are carried out with. */
export interface RunnerOptions {
  /** Where the paths of scenarios begin. */
  readonly folder: string;
  /** As many as the machine runs side by side unless said otherwise. */
  readonly threads?: number;
  /** MiB that each thread may hold as objects. */
  readonly heap?: number;
}

/** Opens a runner over threads; over this one where there is no built module to start threads on. */
export async function openRunner({ folder, threads = processors(), heap }: RunnerOptions): Promise<Runner> {
  const module = new URL('./run-worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(module))) return new ThreadRunner(folder, 1, answerHere, async () => {});
  const pool = await Threads.open<RunTask, RunAnswer>(module, threads, heap);
  return new ThreadRunner(
    folder,
    threads,
    (task) => pool.run(task),
    () => pool.close(),
  );
}

class ThreadRunner implements Runner {
  readonly width: number;
  readonly #folder: string;
  readonly #ask: (task: RunTask) => Promise<RunAnswer>;
  readonly #end: () => Promise<void>;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));

  constructor(folder: string, width: number, ask: (task: RunTask) => Promise<RunAnswer>, end: () => Promise<void>) {
    this.#folder = folder;
    this.width = width;
    this.#ask = ask;
    this.#end = end;
  }

  async run(scenario: Scenario, extras: Extras): Promise<Measured> {
    const answer = await this.#answer({ scenario, extras, folder: this.#folder, stop: this.#stop });
    if ('measured' in answer) return answer.measured;
    throw new RunFailure(this.#isStopped ? 'stopped' : answer.reason, answer.message);
  }

  async #answer(task: RunTask): Promise<RunAnswer> {
    try {
      return await this.#ask(task);
    } catch (error) {
      if (!(error instanceof ThreadDeath)) throw error;
      const { ranOutOfMemory, message } = error;
      throw new RunFailure(this.#isStopped ? 'stopped' : ranOutOfMemory ? 'memory' : 'crash', message);
    }
  }

  get #isStopped(): boolean {
    return Atomics.load(this.#stop, 0) === 1;
  }

  stop(): void {
    Atomics.store(this.#stop, 0, 1);
    setTimeout(() => void this.#end(), GRACE).unref();
  }

  close(): Promise<void> {
    return this.#end();
  }
}
