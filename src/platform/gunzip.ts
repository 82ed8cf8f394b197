import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ScenarioError } from '../base/errors.ts';

/** Bytes that unpacking gives at a time. */
const CHUNK = 256 * 1024;

/** How packed files begin, and what packs them so. */
const SIGNATURES: readonly (readonly [packer: string, ...bytes: number[]])[] = [
  ['gzip', 0x1f, 0x8b],
  ['bzip2', 0x42, 0x5a, 0x68],
  ['xz', 0xfd, 0x37, 0x7a, 0x58, 0x5a],
  ['zstd', 0x28, 0xb5, 0x2f, 0xfd],
  ['zip', 0x50, 0x4b, 0x03, 0x04],
];
/** Bytes of the longest of them. */
export const LONGEST_SIGNATURE = 5;

/**
 * Unpacks what begins like gzip and passes on what is not packed; `name` is what errors call the bytes.
 *
 * Throws a ScenarioError for gzip that is cut short or damaged, and for other packers.
 */
export async function* gunzipped(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const head = await firstBytes(source);
  const bytes = resumed(head, source);
  const packer = packerOf(head);
  if (packer === undefined) yield* bytes;
  else if (packer === 'gzip') yield* unpacked(name, bytes);
  else {
    await bytes.return(undefined);
    throw new ScenarioError(`packed with ${packer}; unpack it first, or use gzip`, { file: name });
  }
}

/** Says whether bytes begin like those of some packer. */
export function isPacked(head: Uint8Array): boolean {
  return packerOf(head) !== undefined;
}

function packerOf(head: Uint8Array): string | undefined {
  return SIGNATURES.find(([, ...signature]) => signature.every((byte, i) => head[i] === byte))?.[0];
}

/** Takes chunks until there are bytes enough to tell a packer. */
async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < LONGEST_SIGNATURE) {
    const { done, value } = await source.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return head;
}

async function* resumed(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

async function* unpacked(name: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const piped = pipeline(Readable.from(copied(packed), { objectMode: false }), gunzip);
  piped.catch(() => {}); // The same error ends the loop below.
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    throw gzipError(name, error as NodeJS.ErrnoException);
  }
}

/** Streams read ahead, and a chunk is good only until the next. */
async function* copied(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function gzipError(name: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'Z_BUF_ERROR') return new ScenarioError('the gzip data is cut short', { file: name });
  if (!error.code?.startsWith('Z_')) return error;
  return new ScenarioError(`the gzip data is damaged: ${error.message}`, { file: name });
}
