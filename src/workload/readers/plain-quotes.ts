const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Says whether lines keep to the common form of quotes: each opens right behind a delimiter or at the beginning of a
 * line, and closes right before the next delimiter or the end of the same line, without a quote inside.
 *
 * Lines are `bytes[start … end)` and end with a line feed.
 */
export function hasPlainQuotes(bytes: Uint8Array, start: number, end: number, delimiter: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    const before = at === start ? LF : bytes[at - 1];
    if (before !== delimiter && before !== LF) return false;
    at = closingQuote(bytes, at);
    const after = bytes[at + 1];
    const isClosed = after === delimiter || after === LF || (after === CR && bytes[at + 2] === LF);
    if (bytes[at] !== QUOTE || !isClosed) return false;
  }
  return true;
}

/** Gives where the quote that opens at `open` is closed, or where the line ends before that. */
export function closingQuote(bytes: Uint8Array, open: number): number {
  let at = open + 1;
  while (bytes[at] !== QUOTE && bytes[at] !== LF) at++;
  return at;
}
