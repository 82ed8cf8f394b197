import { renameSync, rmSync } from 'node:fs';
import { createGzip, type Gzip } from 'node:zlib';
import { ScenarioError } from '../base/errors.ts';
import { FileWriter } from './file-writer.ts';

/** Bytes on their way out. */
export interface Output {
  /** Writes all bytes, or throws. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the output; only then is there a file of that name. */
  finish(): Promise<void>;
  /** Leaves no trace of what has been written. */
  abandon(): void;
}

/**
 * Opens a file for writing, or standard output for `-`; a name that ends in `.gz` is packed.
 *
 * What is there stays until all has been written, under a name of its own beside it, and goes if the process ends
 * earlier. All errors are ScenarioErrors that name the file.
 */
export function openOutput(path: string): Output {
  const plain = path === '-' ? standardOutput() : replacing(path);
  return path.endsWith('.gz') ? packed(plain) : plain;
}

function standardOutput(): Output {
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  return { write, finish: async () => {}, abandon: () => {} };
}

function replacing(path: string): Output {
  const unfinished = `${path}.${process.pid}.part`;
  const file = new FileWriter(unfinished);
  const remove = (): void => rmSync(unfinished, { force: true });
  process.once('exit', remove);
  return {
    write: async (bytes) => file.write(bytes),
    async finish() {
      file.close();
      try {
        renameSync(unfinished, path);
      } catch (error) {
        throw new ScenarioError(`it cannot be written: ${(error as Error).message}`, { file: path });
      }
      process.off('exit', remove);
    },
    abandon() {
      process.off('exit', remove);
      file.close();
      remove();
    },
  };
}

function packed(plain: Output): Output {
  const gzip = createGzip({ level: 9 });
  let ready: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => ready.push(chunk));
  const pass = async (): Promise<void> => {
    const chunks = ready;
    ready = [];
    for (const chunk of chunks) await plain.write(chunk);
  };
  return {
    async write(bytes) {
      await given(gzip, bytes);
      await pass();
    },
    async finish() {
      const ended = new Promise((resolve) => gzip.once('end', resolve));
      gzip.end();
      await ended;
      await pass();
      await plain.finish();
    },
    abandon: () => plain.abandon(),
  };
}

function given(gzip: Gzip, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
