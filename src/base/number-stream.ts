import type { Hasher } from './hasher.ts';

/** Numbers that are gathered before they are handed on. */
const FLUSH = 8_192;

/** Gathers whole numbers as little-endian doubles and hands them to a hasher in blocks. */
export class NumberStream {
  readonly #hasher: Hasher;
  readonly #bytes = new Uint8Array((FLUSH + 8) * 8);
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

  text(text: string): void {
    this.flush();
    this.#hasher.update(new TextEncoder().encode(`${text}\n`));
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
