import { accessSync, constants, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { ByteSource, RandomAccess } from '../base/byte-source.ts';
import { ScenarioError } from '../base/errors.ts';
import { gunzipped, isPacked, LONGEST_SIGNATURE } from './gunzip.ts';
import { Rereadable } from './rereadable.ts';
import { sha256 } from './sha256.ts';

/** Bytes a read; with less, handing over costs more than reading, with more, bytes leave the processor's cache. */
const CHUNK = 512 * 1024;

const STANDARD_INPUT = 'standard input';
const MISSING = 'there is no such file';
const FORBIDDEN = 'no permission to read it';
const DIRECTORY = 'this is a directory, not a file';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EISDIR: DIRECTORY,
};

const standardInput = new Rereadable(STANDARD_INPUT, inputChunks, 64 * 1024 * 1024);

/**
 * Opens a file for reading in pieces; a path of `-` is standard input.
 *
 * What begins like gzip is unpacked, whatever its name. All errors come while reading, as ScenarioErrors that name the
 * file: one that is missing, a directory, unreadable, cut short, damaged, or packed by another program.
 *
 * @param onRead is told how many bytes of the file have been read, packed ones as they lie on the disk.
 */
export function openBytes(path: string, onRead?: (bytes: number) => void): Required<ByteSource> {
  const name = path === '-' ? STANDARD_INPUT : path;
  return {
    name,
    chunks: () => {
      const chunks = path === '-' ? standardInput.chunks() : fileChunks(path);
      return gunzipped(name, onRead === undefined ? chunks : counted(chunks, onRead));
    },
    randomAccess: async () => (path === '-' ? null : anywhere(path, onRead)),
  };
}

/** Opens a file for reading at any place; null for a packed one, and for a pipe. Nothing stays open between reads. */
async function anywhere(path: string, onRead: (bytes: number) => void = () => {}): Promise<RandomAccess | null> {
  const slice = async (from: number, to: number): Promise<Uint8Array> => {
    const file = await named(path, open(path));
    try {
      const bytes = new Uint8Array(to - from);
      for (let filled = 0; filled < bytes.length; ) {
        const { bytesRead } = await named(path, file.read(bytes, filled, bytes.length - filled, from + filled));
        if (bytesRead === 0) throw new ScenarioError('the file became shorter while it was read', { file: path });
        filled += bytesRead;
      }
      onRead(to);
      return bytes;
    } finally {
      await file.close();
    }
  };
  const found = await named(path, stat(path));
  if (!found.isFile()) return null;
  return isPacked(await slice(0, Math.min(LONGEST_SIGNATURE, found.size))) ? null : { size: found.size, slice };
}

/** Gives why a file cannot be read, or null when it can. */
export function fileProblem(path: string): string | null {
  if (path === '-') return null;
  try {
    if (statSync(path).isDirectory()) return DIRECTORY;
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    return reason(error);
  }
}

/** Gives the SHA-256 of a file as it lies on the disk, in hexadecimal; errors are those of {@link openBytes}. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = sha256();
  for await (const chunk of fileChunks(path)) hash.update(chunk);
  return hash.hex();
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onRead(bytes);
    yield chunk;
  }
}

/** Reads into one buffer over and over: a stream would make a new one each time, which costs more than the reading. */
async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await named(path, open(path));
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  try {
    for (let length = await read(file, buffer, path); length > 0; length = await read(file, buffer, path)) {
      yield buffer.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, into: Uint8Array, path: string): Promise<number> {
  return (await named(path, file.read(into, 0, into.length))).bytesRead;
}

/** Waits, and names the file where that fails. */
async function named<T>(path: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw new ScenarioError(reason(error), { file: path });
  }
}

/** Reads standard input without keeping the process alive between reads, as a reader may stop before the end. */
async function* inputChunks(): AsyncGenerator<Uint8Array> {
  const { stdin } = process;
  const chunks = stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    stdin.ref?.();
    const { done, value } = await chunks.next();
    stdin.unref?.();
    if (done) return;
    yield value;
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `it cannot be read: ${message}`;
}
