import { closeSync, fstatSync, fsync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { ScenarioError } from '../base/errors.ts';

const LINE_FEED = 10;

/**
 * Appends lines to a file, so that each is there for good whatever becomes of the process.
 *
 * A line is handed to the system at once and brought to the disk as soon as the one before is; a line that was cut off
 * when the process died is ended first, and so spoils none that follows.
 */
export class LineLog {
  readonly #path: string;
  readonly #file: number;
  #isSyncing = false;
  #isBehind = false;
  #isOpen = true;

  /** @throws ScenarioError if the file cannot be written, here and in `append`. */
  constructor(path: string) {
    this.#path = path;
    this.#file = this.#attempt(() => openSync(path, 'a+'));
    if (!this.#endsLine()) this.#write('\n');
  }

  /** Adds a line; the text has no line feed. */
  append(line: string): void {
    this.#write(`${line}\n`);
    this.#isBehind = true;
    this.#sync();
  }

  /** Waits until all is on the disk. */
  close(): void {
    this.#isOpen = false;
    this.#attempt(() => fsyncSync(this.#file));
    if (!this.#isSyncing) closeSync(this.#file);
  }

  #sync(): void {
    if (this.#isSyncing || !this.#isBehind || !this.#isOpen) return;
    this.#isSyncing = true;
    this.#isBehind = false;
    fsync(this.#file, () => {
      // A disk that cannot do this may still keep what was written; `close` says so where it cannot.
      this.#isSyncing = false;
      if (this.#isOpen) this.#sync();
      else closeSync(this.#file);
    });
  }

  #endsLine(): boolean {
    const { size } = fstatSync(this.#file);
    const last = new Uint8Array(1);
    return size === 0 || (readSync(this.#file, last, 0, 1, size - 1) === 1 && last[0] === LINE_FEED);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += this.#attempt(() => writeSync(this.#file, bytes, at));
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ScenarioError(`it cannot be written: ${message}`, { file: this.#path });
    }
  }
}
