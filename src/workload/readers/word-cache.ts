import type { Interner } from '../../base/interner.ts';
import { decode } from './token-cursor.ts';

/** Places for words, a power of two; a word that falls on another's place takes it over. */
const PLACES = 4_096;
/** Bytes of the longest word that is kept. */
const LONGEST = 24;

/** Gives the number of names that come again and again, such as users, without making a string each time. */
export class WordCache {
  readonly #names: Interner;
  readonly #ids = new Int32Array(PLACES);
  /** One more than the length of the word; 0 where none is. */
  readonly #lengths = new Uint8Array(PLACES);
  /** The words as they are written; comparing bytes costs a third of comparing with a string. */
  readonly #written = new Uint8Array(PLACES * LONGEST);

  constructor(names: Interner) {
    this.#names = names;
  }

  id(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > LONGEST) return this.#names.id(decode(bytes, start, end));
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const place = (hash ^ (hash >>> 12)) & (PLACES - 1);
    if (!this.#holds(place, bytes, start, length)) this.#keep(place, bytes, start, end);
    return this.#ids[place]!;
  }

  #holds(place: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.#lengths[place] !== length + 1) return false;
    const written = this.#written;
    const from = place * LONGEST;
    for (let i = 0; i < length; i++) if (written[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #keep(place: number, bytes: Uint8Array, start: number, end: number): void {
    this.#ids[place] = this.#names.id(decode(bytes, start, end));
    this.#lengths[place] = end - start + 1;
    this.#written.set(bytes.subarray(start, end), place * LONGEST);
  }
}
