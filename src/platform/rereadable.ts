import { ScenarioError } from '../base/errors.ts';

/**
 * Lets a stream that comes only once, such as standard input, be read several times.
 *
 * Keeps what has come so far, up to `limit` bytes; beyond, only the reader that stands at the end can go on, and others
 * get a ScenarioError. Reading ahead stops with the readers.
 */
export class Rereadable {
  readonly #name: string;
  readonly #stream: () => AsyncIterable<Uint8Array>;
  readonly #limit: number;
  #source: AsyncIterator<Uint8Array> | undefined;
  #pulling: Promise<boolean> | undefined;
  #kept: Uint8Array[] = [];
  #dropped = 0;
  #bytes = 0;

  constructor(name: string, stream: () => AsyncIterable<Uint8Array>, limit: number) {
    this.#name = name;
    this.#stream = stream;
    this.#limit = limit;
  }

  /** Yields the chunks from the first on. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; ; i++) {
      while (i >= this.#dropped + this.#kept.length) if (!(await this.#pull())) return;
      if (i < this.#dropped) {
        const message = `longer than ${this.#limit} bytes, and so can be read only once; give a file instead`;
        throw new ScenarioError(message, { file: this.#name });
      }
      yield this.#kept[i - this.#dropped]!;
    }
  }

  /** Waits for one more chunk, together with whoever waits already; false at the end. */
  #pull(): Promise<boolean> {
    this.#pulling ??= this.#take().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  async #take(): Promise<boolean> {
    this.#source ??= this.#stream()[Symbol.asyncIterator]();
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.#bytes += value.length;
    if (this.#bytes > this.#limit) {
      this.#dropped += this.#kept.length;
      this.#kept = [];
    }
    this.#kept.push(value);
    return true;
  }
}
