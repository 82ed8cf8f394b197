import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Channel, ChannelError, type ChannelTrouble } from '../base/channel.ts';

/** Milliseconds that the thread which owns the child may take beyond the child's own time. */
const SLACK = 10_000;
/** Milliseconds that a child may take to end when it is told that nothing more will come. */
const GRACE = 1_000;
/** The longest time, milliseconds, that timers can count. */
const LONGEST_WAIT = 2_147_483_647 - SLACK;

type Reply =
  | { readonly line: string }
  | { readonly trouble: ChannelTrouble; readonly message: string }
  | { readonly closed: true };

/**
 * A child process that is asked on its standard input and answers on its standard output, a line each.
 *
 * A thread owns the child, and the caller sleeps until that has an answer. The child leads a group of processes, which
 * ends with it; none outlives the channel, nor this process where that ends in an orderly way. What it writes to its
 * standard error goes to that of this process.
 */
export class ChildChannel implements Channel {
  readonly #port: MessagePort;
  readonly #worker: Worker;
  /** How many answers have come; and the process id of the child. */
  readonly #shared = new Int32Array(new SharedArrayBuffer(8));
  readonly #endNow = (): void => this.#end(0);
  #trouble: ChannelError | null = null;
  #closed = false;

  /** Starts `command` in `folder`; whether that works shows with the first exchange. */
  constructor(command: readonly string[], folder: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(new URL('./child-worker.js', import.meta.url), {
      workerData: { port: port2, shared: this.#shared, command: [...command], folder },
      transferList: [port2],
      // Loaders of this process are none of its business, and could wait for this thread while it waits.
      execArgv: [],
    });
    this.#worker.unref();
    process.setMaxListeners(process.getMaxListeners() + 1);
    process.on('exit', this.#endNow);
  }

  exchange(message: string, limitMs: number): string {
    if (this.#trouble !== null) throw this.#trouble;
    if (this.#closed) throw new ChannelError('exit', 'it was closed');
    const limit = Math.min(Math.max(1, Math.ceil(limitMs)), LONGEST_WAIT);
    const reply = this.#ask({ message, limit }, limit + SLACK);
    if ('line' in reply) return reply.line;
    this.#trouble =
      'trouble' in reply ? new ChannelError(reply.trouble, reply.message) : new ChannelError('exit', 'it was closed');
    throw this.#trouble;
  }

  close(): void {
    this.#end(GRACE);
  }

  #end(grace: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ask({ grace }, grace + SLACK);
    this.#kill();
    process.off('exit', this.#endNow);
    process.setMaxListeners(process.getMaxListeners() - 1);
    this.#port.close();
    void this.#worker.terminate();
  }

  #ask(request: object, limit: number): Reply {
    const before = Atomics.load(this.#shared, 0);
    this.#port.postMessage(request);
    // A wake-up may still be that of the answer before.
    while (Atomics.load(this.#shared, 0) === before) {
      if (Atomics.wait(this.#shared, 0, before, limit) === 'timed-out') break;
    }
    const reply = receiveMessageOnPort(this.#port);
    if (reply !== undefined) return reply.message as Reply;
    this.#kill();
    return { trouble: 'time', message: 'nothing is heard of the thread that looks after it' };
  }

  /** Ends the child and whatever it has started, without a word. */
  #kill(): void {
    const pid = Atomics.load(this.#shared, 1);
    if (pid <= 0) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}
