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
  };
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
