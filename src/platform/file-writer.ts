import { closeSync, openSync, writeSync } from 'node:fs';
import { ScenarioError } from '../base/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'no permission to write it',
  EPERM: 'no permission to write it',
  EROFS: 'the disk can only be read',
  EISDIR: 'this is a directory, not a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
};

/**
 * Writes a file from its beginning; what was there is lost. All errors are ScenarioErrors that name the file.
 *
 * Waits until the system has taken the bytes, so that their buffer can be filled again, and what was written remains
 * whatever becomes of the process.
 */
export class FileWriter {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = this.#attempt(() => openSync(path, 'w'));
  }

  /** Writes all bytes, or throws. */
  write(bytes: Uint8Array): void {
    // The system may take a part only, as it does when the disk becomes full: the next call then says so.
    for (let at = 0; at < bytes.length; ) at += this.#attempt(() => writeSync(this.#file, bytes, at));
  }

  close(): void {
    this.#attempt(() => closeSync(this.#file));
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new ScenarioError(REASONS[code ?? ''] ?? `it cannot be written: ${message}`, { file: this.#path });
    }
  }
}
