import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import { grown } from '../../base/grow.ts';

/** The longest line that is read, in bytes. */
export const LINE_LIMIT = 1024 * 1024;

const LF = 10;
const CR = 13;

/**
 * Walks the lines of a source without making strings: `bytes[start … end)` is the line, `line` its number from 1.
 *
 * Use: `while (await lines.more()) while (lines.next()) { … }`. The inner loop is synchronous, over a block that holds
 * whole lines only; so a parser keeps no state between chunks. One that reads lines by itself does so from `cursor` to
 * `stop`, and moves `cursor` and `line` behind what it has read. A carriage return before the line feed is left in the
 * line, a byte order mark is not. Throws a ScenarioError for a line above {@link LINE_LIMIT}, a NUL byte, and lines
 * that end in a carriage return alone.
 */
export class LineReader {
  bytes = new Uint8Array(0);
  start = 0;
  end = 0;
  line = 0;
  /** Where the next line begins. */
  cursor = 0;
  /** Where the block of whole lines stops; what follows up to `#filled` waits for its line feed. */
  stop = 0;
  readonly #file: string;
  readonly #format: string;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #filled = 0;
  /** The chunk that came last, and where it begins in `bytes`. */
  #chunk: Uint8Array = this.bytes;
  #chunkStart = 0;

  constructor(source: ByteSource, format: string) {
    this.#file = source.name;
    this.#format = format;
    this.#chunks = source.chunks()[Symbol.asyncIterator]();
  }

  /** Moves to the next line of the block; false when the block is used up. */
  next(): boolean {
    if (this.cursor >= this.stop) return false;
    this.pass(this.bytes.indexOf(LF, this.cursor));
    if (this.line === 1) this.#checkLineEnds();
    return true;
  }

  /** Moves to the line that begins at the cursor, as {@link next} does, where the caller knows its end. */
  pass(end: number): void {
    this.start = this.cursor;
    this.end = end;
    this.cursor = end + 1;
    this.line++;
    if (end - this.start > LINE_LIMIT) throw this.#tooLong(this.line);
  }

  /** Reads the next block; false at the end of the source. To be called when the last block is used up. */
  async more(): Promise<boolean> {
    const first = this.#filled === 0;
    this.bytes.copyWithin(0, this.stop, this.#filled);
    this.#filled -= this.stop;
    this.cursor = 0;
    this.stop = 0;
    while (this.stop === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) {
        if (this.#filled === 0) return false;
        this.#append(Uint8Array.of(LF));
        this.stop = this.#filled;
      } else {
        if (value.includes(0)) throw this.#nul(value);
        this.#append(value);
        const last = value.lastIndexOf(LF);
        if (last >= 0) this.stop = this.#filled - value.length + last + 1;
        else if (this.#filled > LINE_LIMIT) throw this.#tooLong(this.line + 1);
      }
    }
    if (first) this.#skipByteOrderMark();
    return true;
  }

  /**
   * Says whether a byte is in the block.
   *
   * Asks the chunk as it came, not the copy: that of a file is a Buffer, which finds a byte 40 times as fast.
   */
  includes(byte: number): boolean {
    const chunk = this.#chunk.subarray(0, this.stop - this.#chunkStart);
    return chunk.includes(byte) || this.bytes.subarray(0, this.#chunkStart).includes(byte);
  }

  /** Gives what is left of the block, line feeds included, without moving; good until more is read. */
  block(): Uint8Array {
    return this.bytes.subarray(this.cursor, this.stop);
  }

  /** Lets go of the source; to be called when reading ends early. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #append(chunk: Uint8Array): void {
    this.bytes = grown(this.bytes, this.#filled + chunk.length);
    this.bytes.set(chunk, this.#filled);
    this.#chunk = chunk;
    this.#chunkStart = this.#filled;
    this.#filled += chunk.length;
  }

  #skipByteOrderMark(): void {
    const { bytes } = this;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.cursor = 3;
  }

  #checkLineEnds(): void {
    const at = this.bytes.indexOf(CR, this.start);
    if (at >= 0 && at < this.end - 1 && this.bytes[at + 1] !== CR) {
      throw this.#error(1, 'lines end in a carriage return alone', 'convert them to line feeds');
    }
  }

  #tooLong(line: number): ScenarioError {
    return this.#error(line, `a line longer than ${LINE_LIMIT} bytes: this does not look like ${this.#format}`);
  }

  #nul(chunk: Uint8Array): ScenarioError {
    const before = chunk.subarray(0, chunk.indexOf(0));
    let line = this.line + 1;
    for (let at = before.indexOf(LF); at >= 0; at = before.indexOf(LF, at + 1)) line++;
    return this.#error(line, `a NUL byte: this does not look like ${this.#format}`, 'expected UTF-8 text');
  }

  #error(line: number, message: string, suggestion?: string): ScenarioError {
    return new ScenarioError([
      { path: '', message, place: { file: this.#file, line }, ...(suggestion !== undefined && { suggestion }) },
    ]);
  }
}
