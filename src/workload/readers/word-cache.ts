import { decode } from './token-cursor.ts';

const LIMIT = 4_096;

/** Gives the text of bytes that come again and again, such as user names, without making a string each time. */
export class WordCache {
  readonly #words = new Map<number, string>();

  word(bytes: Uint8Array, start: number, end: number): string {
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const known = this.#words.get(hash);
    if (known !== undefined && isWritten(known, bytes, start, end)) return known;
    const word = decode(bytes, start, end);
    if (this.#words.size === LIMIT) this.#words.clear();
    this.#words.set(hash, word);
    return word;
  }
}

/** Compares byte by byte; a word beyond ASCII is never found, and decoded anew. */
function isWritten(word: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
