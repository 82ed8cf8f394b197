import type { Hasher } from './hasher.ts';

/** Numbers that are gathered before they are handed on. */
const FLUSH = 8_192;

const LINE_FEED = 10;

/** Characters of a text that is gathered too; longer ones are handed on at once. */
const SHORT = 255;

/** Gathers whole numbers as little-endian doubles, and texts in UTF-8, and hands them to a hasher in blocks. */
export class NumberStream {
  readonly #hasher: Hasher;
  /** Room for a full block, and behind it for the longest of what is added at once. */
  readonly #bytes = new Uint8Array(FLUSH * 8 + SHORT + 1);
  readonly #view = new DataView(this.#bytes.buffer);
  /** Bytes in use. */
  #end = 0;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  add(number: number): void {
    this.#view.setFloat64(this.#end, number, true);
    this.#end += 8;
    if (this.#end >= FLUSH * 8) this.flush();
  }

  /** The same for five numbers, which is what most facts have. */
  addFive(a: number, b: number, c: number, d: number, e: number): void {
    const view = this.#view;
    const at = this.#end;
    view.setFloat64(at, a, true);
    view.setFloat64(at + 8, b, true);
    view.setFloat64(at + 16, c, true);
    view.setFloat64(at + 24, d, true);
    view.setFloat64(at + 32, e, true);
    this.#end = at + 40;
    if (this.#end >= FLUSH * 8) this.flush();
  }

  /** Adds a text and a line feed. */
  text(text: string): void {
    if (text.length <= SHORT && this.#addAscii(text)) return;
    this.flush();
    this.#hasher.update(new TextEncoder().encode(`${text}\n`));
  }

  /** Adds a short text of ASCII characters; false, and nothing is added, where there are others. */
  #addAscii(text: string): boolean {
    const bytes = this.#bytes;
    let at = this.#end;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    bytes[at++] = LINE_FEED;
    this.#end = at;
    if (at >= FLUSH * 8) this.flush();
    return true;
  }

  flush(): void {
    this.#hasher.update(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
  }

  hex(): string {
    this.flush();
    return this.#hasher.hex();
  }
}
