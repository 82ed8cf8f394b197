import { ScenarioError } from './errors.ts';

/** Bytes to be read in pieces: a file, standard input, or text in memory. */
export interface ByteSource {
  /** What errors call it: the path as the user wrote it. */
  readonly name: string;
  /**
   * Yields the bytes from the start, decompressed; a call may be left early, and another begins again.
   *
   * A chunk is good until the next is asked for: the same memory may be filled again.
   */
  chunks(): AsyncIterable<Uint8Array>;
  /** Opens the bytes for reading at any place; null where they come in order alone, as packed ones do. May be left out. */
  randomAccess?(): Promise<RandomAccess | null>;
}

/** Bytes that can be read at any place. */
export interface RandomAccess {
  /** How many bytes there are. */
  readonly size: number;
  /** Reads the bytes from `from` up to and without `to`, which are places among them. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

const PIECE = 256 * 1024;

/** Gives bytes or text that are already in memory as a source. */
export function bytesInMemory(name: string, content: string | Uint8Array): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
    randomAccess: async () => inMemory(bytes),
  };
}

function inMemory(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, slice: async (from, to) => bytes.subarray(from, to) };
}

/**
 * Opens bytes for reading at any place; those that come in order alone are read whole first.
 *
 * Throws a ScenarioError where that would be more than `limit` bytes.
 */
export async function openAnywhere(bytes: ByteSource, limit: number): Promise<RandomAccess> {
  const access = await bytes.randomAccess?.();
  if (access) return access;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes.chunks()) {
    size += chunk.length;
    if (size > limit) {
      const message = `longer than ${limit} bytes, and can only be read in order; unpack it, or give a file`;
      throw new ScenarioError(message, { file: bytes.name });
    }
    chunks.push(chunk.slice());
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return inMemory(whole);
}

/** Reads the first `length` bytes, or all if there are fewer, and closes the source. */
export async function readHead(bytes: ByteSource, length = 64 * 1024): Promise<Uint8Array> {
  const head = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of bytes.chunks()) {
    const piece = chunk.subarray(0, length - filled);
    head.set(piece, filled);
    filled += piece.length;
    if (filled === length) break;
  }
  return head.subarray(0, filled);
}
